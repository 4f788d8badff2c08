import type { api, Answer } from '../../api.ts';

export type DutyView = Answer<Awaited<ReturnType<typeof api.duty.$get>>>;
/** A weekday, or one date that stands instead of it. */
export type DutyOf = Parameters<typeof api.duty.$post>[0]['json']['of'];

/** What has been put down for a weekday or a date itself. */
export function linesOf(view: DutyView, of: DutyOf) {
  return view.rows.filter((row) =>
    'weekday' in of ? row.weekday === of.weekday : row.sessionDate === of.sessionDate,
  );
}
