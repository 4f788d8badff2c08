import { dayOf } from './wita.ts';
import type { Day } from './wita.ts';

/** Gravest first. */
const severities = ['darurat', 'tinggi', 'sedang'] as const;
export type Severity = (typeof severities)[number];

export function isGraver(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) < severities.indexOf(other);
}

/** What decides how soon a waiting chat is somebody's turn. */
export type HandoffFacts = {
  /** The gravest danger that was told since the wait began, or that nobody has acknowledged; null for none. */
  danger: Severity | null;
  /** Kinds of danger told within the last weeks, settled ones too. */
  toldKinds: readonly string[];
  /** Of the resident's open concern. */
  category: string | null;
  /** The day of the resident's active booking. */
  bookingDay: Day | null;
};

/**
 * The `priority` of a handoff; lower comes first, and among equals who has waited longest. `alarm` may be a false one
 * (severity `sedang`): it is looked at before all that is calm, but never ahead of acute danger.
 */
export const handoffRanks = { danger: 0, alarm: 1, violence: 3, bookedToday: 5, ordinary: 10 } as const;

const violentKinds: ReadonlySet<string> = new Set(['kekerasan_anak', 'kekerasan_kdrt', 'tppo']);
const violentCategory = 'perlindungan_perempuan_anak';

/** Danger, then children and violence, then who comes today; the rest by waiting time alone. */
export function rankHandoff(facts: HandoffFacts, now: Date): number {
  if (facts.danger !== null) return facts.danger === 'sedang' ? handoffRanks.alarm : handoffRanks.danger;
  const isViolence =
    facts.category === violentCategory || facts.toldKinds.some((kind) => violentKinds.has(kind));
  if (isViolence) return handoffRanks.violence;
  if (facts.bookingDay === dayOf(now)) return handoffRanks.bookedToday;
  return handoffRanks.ordinary;
}

/** Waits from which an estimate is honest, and those beyond the newest so many no longer tell of today. */
export const estimateFrom = { atLeast: 5, newest: 30 } as const;

/**
 * Minutes within which three of four of the latest residents had their officer, in service time, rounded up to five;
 * null when too few have waited to say anything.
 */
export function estimateWait(waits: readonly number[]): number | null {
  if (waits.length < estimateFrom.atLeast) return null;
  const sorted = [...waits].sort((a, b) => a - b);
  const usual = sorted[Math.ceil(sorted.length * 0.75) - 1] ?? 0;
  return Math.max(5, Math.ceil(usual / 5) * 5);
}

/** Whether anybody of the team may take it: it waits, or somebody without a name here answers on the room's phone. */
export function isUpForTaking(handoff: { status: string | null; officerId: string | null }): boolean {
  return handoff.status === 'waiting' || (handoff.status === 'held' && handoff.officerId === null);
}
