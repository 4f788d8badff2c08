import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import type { FileStore } from '../store/file-store.ts';

const batch = 500;

/**
 * Takes off the disk what nothing names any more; the row goes after the file, so that a crash between is made good by the
 * next round. One file that cannot be removed does not keep the others; the first failure is thrown at the end.
 */
export async function removeFiles({ db, files }: { db: Database; files: FileStore }): Promise<void> {
  const { rows } = await db.query<{ file_key: string }>(
    `SELECT file_key FROM file_to_remove f
      WHERE NOT EXISTS (SELECT 1 FROM attachment t WHERE t.file_key = f.file_key) LIMIT ${batch}`,
  );
  if (rows.length === 0) return;
  const removed: string[] = [];
  const failures: unknown[] = [];
  for (const { file_key: fileKey } of rows) {
    try {
      await files.remove(fileKey);
      removed.push(fileKey);
    } catch (error) {
      failures.push(error);
    }
  }
  await db.query(`DELETE FROM file_to_remove WHERE file_key = ANY ($1::text[])`, [removed]);
  if (failures.length > 0) throw failures[0];
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Files that no row names, because whoever kept them died before its commit: a day later they are to be removed, too. To
 * be called when every file that was sent has its attachment (`attachSentFiles`).
 */
export async function findOrphanFiles(deps: { db: Database; clock: Clock; files: FileStore }): Promise<void> {
  const old = await deps.files.keptBefore(new Date(deps.clock.now().getTime() - dayMs));
  for (let from = 0; from < old.length; from += batch) {
    await deps.db.query(
      `INSERT INTO file_to_remove (file_key)
       SELECT kept.file_key FROM unnest($1::text[]) AS kept (file_key)
        WHERE NOT EXISTS (SELECT 1 FROM attachment t WHERE t.file_key = kept.file_key)
       ON CONFLICT DO NOTHING`,
      [old.slice(from, from + batch)],
    );
  }
}
