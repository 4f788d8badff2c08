import { readConcernText } from '../../actions/read-concern-text.ts';
import type { UnderstoodIds } from '../../actions/correct-concern.ts';
import type { Tx } from '../../store/transact.ts';
import { dangerIn } from '../../understanding/danger.ts';
import { normalise } from '../../understanding/normalise.ts';
import { topicOf } from '../../understanding/topic.ts';

/**
 * What the machine makes of the words of a concern, for whoever may read them. Made anew on every reading and kept
 * nowhere: it quotes the resident. Null when nothing was written (a voice note, a walk-in).
 */
export async function readConcernGuess(tx: Tx, concernId: string) {
  const text = await readConcernText(tx, { concernId });
  if (text.trim() === '') return null;
  const normal = normalise(text);
  const danger = dangerIn(normal);
  const { categories, agencies, urgency, kelurahan } = topicOf(normal, danger);
  return { categories, agencies, urgency, danger, kelurahanCode: kelurahan?.code ?? null };
}

export type ConcernGuess = NonNullable<Awaited<ReturnType<typeof readConcernGuess>>>;

/** The guess without the resident's words, to stand beside what the officer said. */
export function withoutWords(guess: ConcernGuess): UnderstoodIds {
  const ids = (list: ConcernGuess['categories']) => list.map(({ id, confidence }) => ({ id, confidence }));
  return {
    categories: ids(guess.categories),
    agencies: ids(guess.agencies),
    urgency: guess.urgency,
    danger: guess.danger && { kind: guess.danger.kind, severity: guess.danger.severity },
  };
}

/** The newest correction of a concern, and the agency that it stands with. */
export async function readCorrection(tx: Tx, concernId: string) {
  const { rows } = await tx.query<{
    agency_id: string | null;
    id: number | null;
    officer: string | null;
    created_at: Date | null;
    danger_kind: string | null;
    is_danger: boolean | null;
  }>(
    `SELECT k.agency_id, x.id, o.name AS officer, x.created_at, x.danger_kind, x.is_danger
       FROM concern k
       LEFT JOIN LATERAL (SELECT * FROM correction WHERE concern_id = k.id ORDER BY id DESC LIMIT 1) x ON true
       LEFT JOIN officer o ON o.id = x.officer_id
      WHERE k.id = $1`,
    [concernId],
  );
  const row = rows[0];
  if (!row || row.id === null) return null;
  return {
    id: row.id,
    officer: row.officer,
    at: row.created_at?.toISOString() ?? '',
    agencyId: row.agency_id,
    danger: row.is_danger === null ? 'not_judged' : (row.danger_kind ?? 'no_danger'),
  };
}
