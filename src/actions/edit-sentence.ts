import { checkSentence, lockOf } from '../domain/sentence.ts';
import type { SentenceLock } from '../domain/sentence.ts';
import type { Language } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { writeAudit } from './write-audit.ts';

export type EditSentenceResult =
  | { kind: 'saved'; version: number }
  | { kind: 'bad'; line: number | null; sentence: string }
  | { kind: 'locked'; lock: SentenceLock }
  | { kind: 'stale' };

/** Puts an admin's sentence in place of a shipped one. `version` is the one that the page showed, 0 for none. */
export async function editSentence(
  tx: Tx,
  input: {
    language: Language;
    key: string;
    value: string;
    version: number;
    /** The sentence as shipped, which names the variables. */
    shipped: string;
    officerId: string;
  },
): Promise<EditSentenceResult> {
  const { language, key } = input;
  const lock = lockOf(key);
  if (lock) return { kind: 'locked', lock };
  const checked = checkSentence(input, input.shipped);
  if (checked.kind === 'bad') return checked;
  const values = [language, key, checked.value, tx.now, input.officerId];
  const { rows } =
    input.version === 0
      ? await tx.query<{ version: number }>(
          `INSERT INTO word_override (language, key, value, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT DO NOTHING RETURNING version`,
          values,
        )
      : await tx.query<{ version: number }>(
          `UPDATE word_override SET value = $3, updated_at = $4, updated_by = $5, version = version + 1
            WHERE language = $1 AND key = $2 AND version = $6 RETURNING version`,
          [...values, input.version],
        );
  const saved = rows[0];
  if (!saved) return { kind: 'stale' };
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'edit_sentence',
    subjectKind: 'room',
    subjectId: `${language}.${key}`,
    // The room's words, not a resident's.
    detail: { value: checked.value },
  });
  tx.changed({ kind: 'room', id: 'sentences' });
  return { kind: 'saved', version: saved.version };
}

/** Says the shipped sentence again. */
export async function resetSentence(
  tx: Tx,
  input: { language: Language; key: string; version: number; officerId: string },
): Promise<{ kind: 'reset' } | { kind: 'stale' }> {
  const removed = await tx.query(
    `DELETE FROM word_override WHERE language = $1 AND key = $2 AND version = $3`,
    [input.language, input.key, input.version],
  );
  if (removed.count === 0) return { kind: 'stale' };
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'reset_sentence',
    subjectKind: 'room',
    subjectId: `${input.language}.${input.key}`,
  });
  tx.changed({ kind: 'room', id: 'sentences' });
  return { kind: 'reset' };
}
