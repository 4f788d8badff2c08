import { z } from 'zod';
import { weekdayOf } from './wita.ts';
import type { Day } from './wita.ts';

/** How waiting chats find an officer, and who hears of it when they do not. Data that a supervisor edits. */
export const handoffSettingKey = 'handoff';

const minutes = z
  .int()
  .min(1)
  .max(24 * 60);

export const handoffSettingsSchema = z.object({
  /**
   * `round_robin` asks one officer after the other; every waiting chat can be pulled from the list all the same, so it
   * takes nothing away and nobody waits because each of two officers thought that the other would. `pull`: no offers.
   */
  assignment: z.enum(['round_robin', 'pull']).default('round_robin'),
  /** Service time. */
  offerMinutes: minutes.default(2),
  /** Service time after which a chat that nobody took climbs to the supervisors. */
  supervisorAfterMinutes: minutes.default(15),
  /** And from there, after so much more, to the admins. */
  adminAfterMinutes: minutes.default(15),
  /** Service time that a resident's words may stand unanswered in a chat that an officer holds; see `nextForHeld`. */
  holderAfterMinutes: minutes.default(15),
  /** Without a sign of the desk for so long, an officer counts as gone. */
  goneAfterMinutes: minutes.default(5),
  /** The same for their words in the officers' Telegram group, which unlike an open page gives no sign by itself. */
  groupGoneAfterMinutes: minutes.default(30),
  /** An unanswered danger, in minutes of the wall clock since it was told. */
  paging: z
    .object({
      nextRankMinutes: minutes.default(3),
      supervisorMinutes: minutes.default(6),
      adminMinutes: minutes.default(10),
      repeatMinutes: minutes.default(15),
      hours: z.int().min(1).max(72).default(24),
    })
    .prefault({}),
});
export type HandoffSettings = z.output<typeof handoffSettingsSchema>;

/** A line of the roster: of a weekday (0 Sunday ... 6 Saturday), or of one date. */
export type DutyRow = {
  officerId: string;
  weekday: number | null;
  sessionDate: Day | null;
  isInRoom: boolean;
  onCallRank: number | null;
};

export type DutyOn = {
  /** Who serves in the room that day; empty when nobody has been put down. */
  inRoom: ReadonlySet<string>;
  /** Who is paged on danger from 00.00 to 24.00 WITA, in that order. */
  onCall: readonly { officerId: string; rank: number }[];
};

/** The roster of a day. A date that has rows of its own does not look at its weekday. */
export function dutyOn(rows: readonly DutyRow[], day: Day): DutyOn {
  const dated = rows.filter((row) => row.sessionDate === day);
  const standing = dated.length > 0 ? dated : rows.filter((row) => row.weekday === weekdayOf(day));
  return {
    inRoom: new Set(standing.filter((row) => row.isInRoom).map((row) => row.officerId)),
    onCall: standing
      .flatMap(({ officerId, onCallRank }) => (onCallRank === null ? [] : [{ officerId, rank: onCallRank }]))
      .sort((a, b) => a.rank - b.rank || (a.officerId < b.officerId ? -1 : 1)),
  };
}

/** An officer as the assignment sees one. */
export type OfficerFacts = {
  id: string;
  role: string;
  /** `on_duty` only while they give a sign of life. */
  presence: 'on_duty' | 'busy' | 'away';
  capacity: number;
  /** Chats held and offers open. */
  load: number;
  /** Categories; none means all. */
  skills: readonly string[];
  lastAssignedAt: Date | null;
};

/**
 * The officer whom a chat is offered to: present, with room for one more, put down for today (anybody, when nobody is),
 * able in its category and not asked before; least recently assigned first. Supervisors and admins are asked only when
 * they are on the roster: logging in to look after something is not an offer to talk. Null when nobody is left.
 */
export function nextOfficer(
  officers: readonly OfficerFacts[],
  chat: { category: string | null; asked: ReadonlySet<string> },
  inRoom: ReadonlySet<string>,
): OfficerFacts | null {
  const able = officers.filter(
    (officer) =>
      officer.presence === 'on_duty' &&
      officer.load < officer.capacity &&
      !chat.asked.has(officer.id) &&
      (inRoom.has(officer.id) || (inRoom.size === 0 && officer.role === 'officer')) &&
      (officer.skills.length === 0 || chat.category === null || officer.skills.includes(chat.category)),
  );
  const since = (officer: OfficerFacts): number => officer.lastAssignedAt?.getTime() ?? 0;
  return able.sort((a, b) => since(a) - since(b) || a.load - b.load || (a.id < b.id ? -1 : 1))[0] ?? null;
}
