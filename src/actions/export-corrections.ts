import { scrub } from '../domain/scrub.ts';
import type { Tx } from '../store/transact.ts';
import { readConcernText } from './read-concern-text.ts';
import { readKnownNames } from './read-known-names.ts';
import { writeAudit } from './write-audit.ts';

/**
 * A line to learn from. A field that the officer left open is left out: `danger: null` means that a person read the
 * words and saw no danger.
 */
export type TrainingLine = {
  text: string;
  category: string;
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
 * The newest correction of each concern as a training line, without identities. Only of residents who agreed that
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

export function asJsonLines(lines: readonly TrainingLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
