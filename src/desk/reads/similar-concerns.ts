import { readConcernTexts } from '../../actions/read-concern-text.ts';
import type { Tx } from '../../store/transact.ts';
import { alikeFrom, similarity } from '../../understanding/similar.ts';
import { canReadConcern } from '../policy.ts';
import type { Actor } from '../policy.ts';
import type { DeskDeps } from '../ports.ts';
import { findConcernSubjects } from './concern-subject.ts';

/** At most so many of the same kind and place are compared, the newest. */
const compared = 100;
const shown = 5;
const withinDays = 30;

/**
 * Open concerns that may be of the same thing: same category and kelurahan, within thirty days of one another, and told
 * in like words. Found anew on every reading and kept nowhere; two are never made one. Of those that this officer may
 * not read there is the code and nothing else.
 */
export async function readSimilarConcerns(
  tx: Tx,
  deps: Pick<DeskDeps, 'clock'>,
  actor: Actor,
  concernId: string,
) {
  const { rows } = await tx.query<{ id: string; code: string; status: string; receivedAt: Date }>(
    `SELECT k.id, k.code, k.status, coalesce(k.received_at, k.created_at) AS "receivedAt"
       FROM concern k JOIN concern me ON me.id = $1
      WHERE k.id <> me.id AND k.status NOT IN ('draft', 'settled')
        AND k.category = me.category AND k.kelurahan_code = me.kelurahan_code
        AND abs(extract(epoch FROM coalesce(k.received_at, k.created_at) - coalesce(me.received_at, me.created_at)))
            <= $2::int * 86400
      ORDER BY coalesce(k.received_at, k.created_at) DESC LIMIT ${compared}`,
    [concernId, withinDays],
  );
  if (rows.length === 0) return [];
  const texts = await readConcernTexts(tx, { concernIds: [concernId, ...rows.map((row) => row.id)] });
  const mine = texts.get(concernId) ?? '';
  const alike = rows
    .map((row) => ({ ...row, score: similarity(mine, texts.get(row.id) ?? '') }))
    .filter((row) => row.score >= alikeFrom)
    .sort((a, b) => b.score - a.score)
    .slice(0, shown);
  const subjects = await findConcernSubjects(
    { db: tx, clock: deps.clock },
    alike.map((row) => row.id),
  );
  return alike.map(({ id, code, status, receivedAt }) => {
    const subject = subjects.get(id);
    const isOpen = subject !== undefined && canReadConcern(actor, subject);
    return {
      code,
      open: isOpen ? { id, status, receivedAt: receivedAt.toISOString() } : null,
    };
  });
}
