import { scrub } from '../domain/scrub.ts';
import type { Tx } from '../store/transact.ts';
import { openWords, readConcernText } from './read-concern-text.ts';
import { readKnownNames } from './read-known-names.ts';
import { writeAudit } from './write-audit.ts';

/**
 * A line to learn from: a concern that was corrected, or words that raised a false alarm. A field that the officer left open is left out: `danger: null` means that a person read the
 * words and saw no danger.
 */
export type TrainingLine = {
  text: string;
  category?: string;
  agency?: string;
  danger?: { kind: string } | null;
};

type Row = {
  concern_id: string;
  resident_id: string;
  category: string;
  agency_id: string | null;
  danger_kind: string | null;
  is_danger: boolean | null;
};

/**
 * The newest correction of each concern and the words of each alarm that was taken down as false, as training lines
 * without identities. Only of residents who agreed that
 * their words are kept and have not been erased since. `officerId` is null for the shell.
 */
export async function exportCorrections(
  tx: Tx,
  input: { officerId: string | null },
): Promise<TrainingLine[]> {
  const { rows } = await tx.query<Row>(
    `SELECT DISTINCT ON (x.concern_id) x.concern_id, k.resident_id, x.category, x.agency_id, x.danger_kind, x.is_danger
       FROM correction x JOIN concern k ON k.id = x.concern_id JOIN resident r ON r.id = k.resident_id
      WHERE r.erased_at IS NULL
        AND EXISTS (SELECT 1 FROM consent c WHERE c.resident_id = r.id AND c.withdrawn_at IS NULL)
      ORDER BY x.concern_id, x.id DESC`,
  );
  const lines: TrainingLine[] = [];
  for (const row of rows) {
    const words = await readConcernText(tx, { concernId: row.concern_id });
    const text = scrub(words, await readKnownNames(tx, row.resident_id));
    if (text === '') continue;
    lines.push({
      text,
      category: row.category,
      ...(row.agency_id === null ? {} : { agency: row.agency_id }),
      ...(row.is_danger === null
        ? {}
        : { danger: row.danger_kind === null ? null : { kind: row.danger_kind } }),
    });
  }
  for (const { content_sealed: content, resident_id: residentId } of await readFalseAlarms(tx)) {
    const text = scrub(openWords(tx, content) ?? '', await readKnownNames(tx, residentId));
    if (text !== '') lines.push({ text, danger: null });
  }
  // By their words, not by when they came: the order tells nothing of who wrote which.
  lines.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'export_corrections',
    subjectKind: 'room',
    subjectId: 'corrections',
    detail: { count: lines.length },
  });
  return lines;
}

/** The words for which the alarm was raised; those of the signs after them may answer anything. */
async function readFalseAlarms(tx: Tx): Promise<{ content_sealed: Uint8Array; resident_id: string }[]> {
  const { rows } = await tx.query<{ content_sealed: Uint8Array; resident_id: string }>(
    `SELECT m.content_sealed, r.id AS resident_id
       FROM danger_alert d JOIN message m ON m.id = d.message_id JOIN conversation v ON v.id = d.conversation_id
       JOIN address a ON a.id = v.address_id JOIN resident r ON r.id = a.resident_id
      WHERE d.is_false AND m.content_sealed IS NOT NULL AND m.deleted_at IS NULL AND r.erased_at IS NULL
        AND EXISTS (SELECT 1 FROM consent c WHERE c.resident_id = r.id AND c.withdrawn_at IS NULL)`,
  );
  return rows;
}

export function asJsonLines(lines: readonly TrainingLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
