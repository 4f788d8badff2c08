import { canHandleConcern } from '../policy.ts';
import type { Actor } from '../policy.ts';
import type { ReferralClock, ReferralStatus } from '../../domain/referral.ts';
import { dayOf } from '../../domain/wita.ts';
import type { Day } from '../../domain/wita.ts';
import type { Queryable } from '../../store/database.ts';
import { letterSentence } from './letters.ts';

type ListedRow = {
  id: string;
  concern_id: string;
  code: string;
  status: ReferralStatus;
  way: string | null;
  agency_id: string;
  short: string;
  officer_id: string | null;
  officer_name: string | null;
  sent_at: Date | null;
};

const listed = `r.id, r.concern_id, k.code, r.status, r.way, g.id AS agency_id, g.short, k.officer_id, o.name AS officer_name,
  r.sent_at`;
const listedFrom = `referral r JOIN concern k ON k.id = r.concern_id JOIN agency g ON g.id = r.agency_id
  LEFT JOIN officer o ON o.id = k.officer_id`;

function presentListed(row: ListedRow) {
  return {
    referralId: row.id,
    concernId: row.concern_id,
    code: row.code,
    status: row.status,
    way: row.way,
    agency: { id: row.agency_id, short: row.short },
    officer: row.officer_id === null ? null : { id: row.officer_id, name: row.officer_name ?? '' },
    sentAt: row.sent_at?.toISOString() ?? null,
  };
}

/** Agencies that owe something and are late, the longest wait first. No word of anybody. */
export async function readOverdue(db: Queryable, now: Date) {
  const today = dayOf(now);
  const { rows } = await db.query<
    ListedRow & { clock: ReferralClock; due_on: Day; chased_at: Date | null; is_reminder_waiting: boolean }
  >(
    `SELECT DISTINCT ON (r.id) ${listed}, c.clock, c.due_on, c.chased_at,
            EXISTS (SELECT 1 FROM agency_letter l WHERE l.referral_id = r.id AND l.kind = 'reminder'
                       AND l.status = 'by_hand') AS is_reminder_waiting
       FROM ${listedFrom} JOIN referral_clock c ON c.referral_id = r.id
      WHERE r.status IN ('sent', 'acknowledged') AND k.status <> 'settled' AND c.met_at IS NULL AND c.due_on < $1
      ORDER BY r.id, c.due_on DESC LIMIT 500`,
    [today],
  );
  return rows
    .map((row) => ({
      ...presentListed(row),
      clock: row.clock,
      dueOn: row.due_on,
      chasedAt: row.chased_at?.toISOString() ?? null,
      /** The reminder is written and nobody has sent it yet. */
      isReminderWaiting: row.is_reminder_waiting,
    }))
    .sort((a, b) => a.dueOn.localeCompare(b.dueOn));
}

/** Letters that did not reach an agency, as long as nothing was done about it. */
export async function readFailedLetters(db: Queryable) {
  const { rows } = await db.query<
    ListedRow & {
      letter_id: string;
      letter_kind: string;
      mailbox: string;
      letter_status: string;
      attempts: number;
      failure: string | null;
      at: Date;
    }
  >(
    `SELECT ${listed}, l.id AS letter_id, l.kind AS letter_kind, l.mailbox, l.status AS letter_status, l.attempts, l.failure,
            coalesce(l.done_at, l.created_at) AS at
       FROM ${listedFrom} JOIN LATERAL (
              SELECT * FROM agency_letter a WHERE a.referral_id = r.id AND a.status <> 'dropped'
               ORDER BY a.created_at DESC, a.id DESC LIMIT 1) l ON true
      WHERE (l.status IN ('refused', 'failed') OR (l.status = 'due' AND l.attempts > 0))
        AND (r.status IN ('sending', 'sent', 'acknowledged', 'failed') OR l.kind = 'withdrawal')
      ORDER BY l.created_at LIMIT 500`,
  );
  return rows.map((row) => ({
    ...presentListed(row),
    letter: {
      id: row.letter_id,
      kind: row.letter_kind,
      mailbox: row.mailbox,
      status: row.letter_status,
      attempts: row.attempts,
      failure: row.failure,
      sentence: letterSentence({
        kind: row.letter_kind,
        mailbox: row.mailbox,
        status: row.letter_status,
        attempts: row.attempts,
        isByHand: false,
      }),
      at: row.at.toISOString(),
    },
  }));
}

/** Letters that wait for an officer to send them by hand, the oldest first. Of one that is erased only the code is left. */
export async function readWaitingLetters(db: Queryable, officer: Actor, now: Date) {
  const { rows } = await db.query<{
    id: string;
    kind: string;
    mailbox: string | null;
    failure: string | null;
    by_hand_at: Date;
    code: string;
    concern_id: string | null;
    short: string;
    contact: string | null;
    officer_id: string | null;
    officer_name: string | null;
  }>(
    `SELECT l.id, l.kind, l.mailbox, l.failure, l.by_hand_at, coalesce(l.code, k.code) AS code, k.id AS concern_id, g.short,
            g.contact, k.officer_id, o.name AS officer_name
       FROM agency_letter l JOIN agency g ON g.id = l.agency_id
       LEFT JOIN referral r ON r.id = l.referral_id LEFT JOIN concern k ON k.id = r.concern_id
       LEFT JOIN officer o ON o.id = k.officer_id
      WHERE l.status = 'by_hand' ORDER BY l.by_hand_at, l.id LIMIT 500`,
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    mailbox: row.mailbox,
    code: row.code,
    concernId: row.concern_id,
    agency: row.short,
    contact: row.contact,
    officer: row.officer_name,
    sentence: letterSentence({ ...row, status: 'by_hand', attempts: 0, isByHand: true }),
    at: row.by_hand_at.toISOString(),
    /** It has lain here since an earlier day. */
    isLate: dayOf(row.by_hand_at) < dayOf(now),
    may: row.concern_id === null || canHandleConcern(officer, subjectOf(row.officer_id)),
  }));
}

function subjectOf(officerId: string | null) {
  return { officerId, isOfComingSession: false, conversation: null };
}
