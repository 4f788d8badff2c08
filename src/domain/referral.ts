import { addWorkingDays } from './calendar.ts';
import type { Closure } from './calendar.ts';
import type { Day } from './wita.ts';

/**
 * The life of a referral, a concern handed to an agency. Nothing leaves the room before the resident has said yes to
 * exactly what leaves, and nobody is done before the agency has answered.
 */
export const referralStatuses = [
  /** The officer writes the packet. */
  'draft',
  /** The resident has been shown it. */
  'asked',
  'approved',
  /** Its letter is on the way to the mail server. */
  'sending',
  /** There is no mail server: its letter lies ready, and an officer has to send it. */
  'by_hand',
  'sent',
  'acknowledged',
  'answered',
  /** The agency says that another one can act. */
  'not_ours',
  'refused_by_resident',
  'withdrawn',
  /** The letter cannot be delivered. */
  'failed',
] as const;
export type ReferralStatus = (typeof referralStatuses)[number];

export type ReferralMove =
  /** By an officer. */
  | 'edit'
  | 'ask'
  | 'send'
  | 'hand_in'
  | 'withdraw'
  /** By the resident. */
  | 'approve'
  | 'amend'
  | 'refuse'
  /** By the mail; `leave` by the officer who has sent the letter by hand, too. */
  | 'leave'
  | 'fail'
  | 'set_aside'
  /** By the agency, or by an officer who heard it from them. */
  | 'acknowledge'
  | 'follow_up'
  | 'answer'
  | 'disown';

/** What is open while the resident has agreed and nothing has left. */
const fromApproved: Partial<Record<ReferralMove, ReferralStatus>> = {
  edit: 'draft',
  ask: 'asked',
  send: 'sending',
  hand_in: 'sent',
  approve: 'approved',
  amend: 'draft',
  refuse: 'refused_by_resident',
  withdraw: 'withdrawn',
};

const moves: Readonly<Record<ReferralStatus, Partial<Record<ReferralMove, ReferralStatus>>>> = {
  draft: { edit: 'draft', ask: 'asked', approve: 'approved', withdraw: 'withdrawn' },
  asked: {
    edit: 'draft',
    ask: 'asked',
    approve: 'approved',
    amend: 'draft',
    refuse: 'refused_by_resident',
    withdraw: 'withdrawn',
  },
  approved: fromApproved,
  sending: {
    leave: 'sent',
    fail: 'failed',
    set_aside: 'by_hand',
    // A letter may be tried for a day; until the mail server has it, the resident's word holds.
    approve: 'approved',
    amend: 'draft',
    refuse: 'refused_by_resident',
    withdraw: 'withdrawn',
  },
  by_hand: { ...fromApproved, leave: 'sent' },
  // It may have arrived after all: the agency opens its link.
  failed: { ...fromApproved, leave: 'sent' },
  sent: {
    send: 'sent',
    acknowledge: 'acknowledged',
    follow_up: 'acknowledged',
    answer: 'answered',
    disown: 'not_ours',
    withdraw: 'withdrawn',
  },
  acknowledged: {
    follow_up: 'acknowledged',
    answer: 'answered',
    disown: 'not_ours',
    withdraw: 'withdrawn',
  },
  answered: {},
  not_ours: {},
  refused_by_resident: {},
  withdrawn: {},
};

/** Where a move leads from a state; null when it is not allowed there. */
export function afterMove(status: ReferralStatus, move: ReferralMove): ReferralStatus | null {
  return moves[status][move] ?? null;
}

/** Ended one way or another: another referral of the concern may begin. */
export function isClosed(status: ReferralStatus): boolean {
  return Object.keys(moves[status]).length === 0;
}

/** The agency has it and owes something. */
export function isWithAgency(status: ReferralStatus): boolean {
  return status === 'sent' || status === 'acknowledged';
}

/** What the agency owes, in working days from the day on which the packet left. */
export const referralClocks = { acknowledge: 3, follow_up: 5, answer: 10 } as const;
export type ReferralClock = keyof typeof referralClocks;
export const clockNames = Object.keys(referralClocks) as ReferralClock[];

export function clockDays(closures: ReadonlyMap<Day, Closure>, sentOn: Day): Record<ReferralClock, Day> {
  return {
    acknowledge: addWorkingDays(closures, sentOn, referralClocks.acknowledge),
    follow_up: addWorkingDays(closures, sentOn, referralClocks.follow_up),
    answer: addWorkingDays(closures, sentOn, referralClocks.answer),
  };
}

/** Clocks that a step of the agency stops: whoever answers has also received it. */
export function clocksMetBy(move: ReferralMove): readonly ReferralClock[] {
  switch (move) {
    case 'acknowledge':
      return ['acknowledge'];
    case 'follow_up':
      return ['acknowledge', 'follow_up'];
    case 'answer':
    case 'disown':
      return clockNames;
    default:
      return [];
  }
}

export type RunningClock = { clock: ReferralClock; dueOn: Day; isMet: boolean };

/** Clocks that have run out by `today`, the last one first. The due day itself is still in time. */
export function overdueClocks(clocks: readonly RunningClock[], today: Day): ReferralClock[] {
  return clockNames
    .filter((name) => clocks.some(({ clock, dueOn, isMet }) => clock === name && !isMet && dueOn < today))
    .reverse();
}

/** The day after which the resident hears again, whatever the agency does: the working day after the next clock. */
export function nextWordDay(
  closures: ReadonlyMap<Day, Closure>,
  clocks: readonly RunningClock[],
  today: Day,
): Day {
  const next = clocks
    .filter(({ isMet, dueOn }) => !isMet && dueOn >= today)
    .map(({ dueOn }) => dueOn)
    .sort()[0];
  return addWorkingDays(closures, next ?? today, next === undefined ? referralClocks.acknowledge : 1);
}

/** How long an agency's link opens after the last step. */
export const linkDays = 30;

/** Minutes between the tries of a letter; after the last one it has failed. */
const retryMinutes = [1, 5, 15, 60, 180, 360, 720] as const;

/** Milliseconds until a letter is tried again after so many tries; null when it is given up. */
export function letterRetryMs(attempts: number): number | null {
  const minutes = retryMinutes[attempts - 1];
  return minutes === undefined ? null : minutes * 60_000;
}
