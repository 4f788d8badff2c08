import { planAlertPages } from '../actions/plan-pages.ts';
import type { Transact } from '../store/transact.ts';
import { sendPages } from './send-pages.ts';
import type { SendPagesDeps } from './send-pages.ts';

const batch = 200;

/**
 * Plans the pages of every danger whose time has come and sends what is due. Rung for, and found by the sweep; `isFirst`
 * as {@link sendPages} means it.
 */
export async function callOfficers(
  deps: SendPagesDeps & { transact: Transact },
  isFirst = true,
): Promise<void> {
  const { rows } = await deps.db.query<{ id: string }>(
    `SELECT id FROM danger_alert WHERE next_page_at <= $1 ORDER BY created_at LIMIT ${batch}`,
    [deps.clock.now()],
  );
  for (const { id } of rows) {
    const { hasGroup } = deps.pager;
    await deps.transact((tx) => planAlertPages(tx, { alertId: id, hasGroup }));
  }
  await sendPages(deps, isFirst);
}
