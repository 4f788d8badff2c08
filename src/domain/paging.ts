import type { HandoffSettings } from './duty.ts';
import type { Severity } from './handoff.ts';
import { dayOf } from './wita.ts';

/** What decides who is paged about a danger that nobody has acknowledged. */
export type PagingFacts = {
  raisedAt: Date;
  severity: Severity;
  /** The officer who holds the chat in which it was told; null where none does. */
  holder: string | null;
  onCall: readonly { officerId: string; rank: number }[];
  supervisors: readonly string[];
  admins: readonly string[];
};

/** One officer is called; the same `step` never calls them twice. */
export type Call = { officerId: string; step: number; dueAt: Date };

type Step = { step: number; minutes: number; officerIds: readonly string[] };

const halfDayMs = 12 * 3_600_000;

/**
 * Whether a contact that could not be reached `since` then, and cannot be now, is struck off. A platform may say "no such
 * number" of a good one, so it takes two days, and a night that goes over midnight is one.
 */
export function isGoneForGood(since: Date | null, now: Date): boolean {
  return since !== null && dayOf(since) < dayOf(now) && now.getTime() - since.getTime() >= halfDayMs;
}

/** Of the officer who holds the chat. */
export const holderStep = 0;
/** Ranks have their own number (1 to 9); these follow. */
const steps = { supervisors: 10, admins: 11, firstRepeat: 12 } as const;

/**
 * Who is to be called by now, and when to look again (null: never). Danger climbs by the wall clock, day and night:
 * the first of the on-call list at once, the next rank, the supervisors, the admins, then everybody again and again for
 * a day. Whoever holds the chat is called first, and the others only once they have not answered for as long as one rank
 * waits for another. Without a list, supervisors and admins are the list. `sedang` may well be a false alarm: it
 * goes once through those on call and no higher; the desk and the queue go on showing it. Whoever missed several steps (the server was down) is called once, for the latest.
 */
export function callsDue(
  facts: PagingFacts,
  settings: HandoffSettings['paging'],
  now: Date,
): { calls: Call[]; isHolderAlone: boolean; nextAt: Date | null } {
  const all = stepsOf(facts, settings);
  const at = (step: Step): Date => new Date(facts.raisedAt.getTime() + step.minutes * 60_000);
  const latest = new Map<string, Call>();
  for (const step of all.filter((each) => at(each) <= now))
    for (const officerId of step.officerIds)
      latest.set(officerId, { officerId, step: step.step, dueAt: at(step) });
  const next = all.find((step) => at(step) > now);
  const isHolderAlone = now.getTime() < facts.raisedAt.getTime() + minutesAhead(facts, settings) * 60_000;
  return { calls: [...latest.values()], isHolderAlone, nextAt: next ? at(next) : null };
}

function minutesAhead({ holder }: PagingFacts, settings: HandoffSettings['paging']): number {
  return holder === null ? 0 : settings.nextRankMinutes;
}

/** In the order of their times. */
function stepsOf(facts: PagingFacts, settings: HandoffSettings['paging']): Step[] {
  const { supervisors, admins, severity, holder } = facts;
  const ahead = minutesAhead(facts, settings);
  const onCall =
    facts.onCall.length > 0
      ? facts.onCall
      : [...supervisors, ...admins].map((officerId) => ({ officerId, rank: 1 }));
  const ranks = [...new Set(onCall.map(({ rank }) => rank))].sort((a, b) => a - b);
  const holders = holder === null ? [] : [holder];
  const everybody = [
    ...new Set([...holders, ...onCall.map(({ officerId }) => officerId), ...supervisors, ...admins]),
  ];
  // Without anybody to call the group still has its turn after the holder.
  const climbing: Step[] = [
    { step: holderStep, minutes: 0, officerIds: holders },
    ...(ranks.length > 0 ? ranks : [1]).map((rank, at) => ({
      step: rank,
      minutes: ahead + at * settings.nextRankMinutes,
      officerIds: onCall.filter((each) => each.rank === rank).map(({ officerId }) => officerId),
    })),
    { step: steps.supervisors, minutes: ahead + settings.supervisorMinutes, officerIds: supervisors },
    { step: steps.admins, minutes: ahead + settings.adminMinutes, officerIds: admins },
  ];
  climbing.sort((a, b) => a.minutes - b.minutes || a.step - b.step);
  if (severity === 'sedang') return climbing.filter(({ step }) => step < steps.supervisors);
  const from = Math.max(...climbing.map(({ minutes }) => minutes));
  const repeats: Step[] = [];
  for (let at = from + settings.repeatMinutes; at <= settings.hours * 60; at += settings.repeatMinutes)
    repeats.push({ step: steps.firstRepeat + repeats.length, minutes: at, officerIds: everybody });
  return [...climbing, ...repeats];
}
