import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Transact } from '../store/transact.ts';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * What happens once a night: words of people who never answered the consent question are not kept, and neither are
 * expired log-ins and one-time links.
 */
export async function runDaily(deps: {
  db: Database;
  clock: Clock;
  transact: Transact;
  files: FileStore;
}): Promise<void> {
  const { db, clock, files } = deps;
  const now = clock.now();
  const old = new Date(now.getTime() - dayMs);
  const unconsented = `m.direction = 'in' AND m.created_at < $1 AND m.content_sealed IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM danger_alert d WHERE d.message_id = m.id)
      AND NOT EXISTS (SELECT 1 FROM consent k JOIN address a ON a.resident_id = k.resident_id
                       JOIN conversation c ON c.address_id = a.id
                      WHERE c.id = m.conversation_id AND k.withdrawn_at IS NULL)`;
  const { rows } = await db.query<{ file_key: string }>(
    `SELECT t.file_key FROM attachment t JOIN message m ON m.id = t.message_id WHERE t.file_key IS NOT NULL AND ${unconsented}`,
    [old],
  );
  await db.query(`DELETE FROM attachment t USING message m WHERE m.id = t.message_id AND ${unconsented}`, [
    old,
  ]);
  await db.query(`UPDATE message m SET content_sealed = NULL, ref_sealed = NULL WHERE ${unconsented}`, [old]);
  for (const { file_key: fileKey } of rows) await files.remove(fileKey);
  await db.query(`DELETE FROM officer_session WHERE expires_at < $1`, [now]);
  await db.query(`DELETE FROM setup_link WHERE expires_at < $1`, [now]);
}
