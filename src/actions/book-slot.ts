import { randomBytes } from 'node:crypto';
import { isSlotBookable } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { makeCode } from '../domain/code.ts';
import type { Day, TimeOfDay } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { carryConcerns } from './carry-concerns.ts';
import { planBookingNotices } from './plan-booking-notices.ts';

export type BookingFacts = {
  id: string;
  code: string;
  day: Day;
  time: TimeOfDay;
  seat: number;
  revision: number;
  status: 'held' | 'booked' | 'arrived' | 'finished' | 'missed' | 'cancelled';
};

export type BookSlotResult =
  /** `carried`: codes of concerns that were attached to an earlier visit, and are to this one now. */
  | { kind: 'booked'; booking: BookingFacts; carried: readonly string[] }
  | { kind: 'full' }
  | { kind: 'not_open' }
  /** The resident has an active booking already. */
  | { kind: 'has_booking'; booking: BookingFacts };

export const bookingColumns = 'id, code, session_date AS day, slot_time AS time, seat, revision, status';

/**
 * Takes the lowest free seat of a slot. The unique index on (day, time, seat) decides races: the loser's insert
 * does nothing and it looks again, until it has a seat or the slot is full. Who has booked waits for no other day.
 *
 * `isWalkIn` skips the notice period (the person stands in the room) but not the opening hours.
 */
export async function bookSlot(
  tx: Tx,
  input: {
    residentId: string;
    conversationId: string | null;
    calendar: RoomCalendar;
    day: Day;
    time: TimeOfDay;
    isWalkIn?: boolean;
    hold?: { until: Date };
  },
): Promise<BookSlotResult> {
  const { calendar, day, time } = input;
  const at = input.isWalkIn ? { ...calendar, room: { ...calendar.room, noticeMinutes: -24 * 60 } } : calendar;
  if (!isSlotBookable(at, tx.now, day, time)) return { kind: 'not_open' };

  for (let tries = 0; tries < calendar.room.seatsPerSlot + 8; tries += 1) {
    const { rows } = await tx.query<BookingFacts>(
      `WITH booked AS (
         INSERT INTO booking (code, resident_id, conversation_id, session_date, slot_time, seat, status,
                              hold_expires_at, is_walk_in, created_at, updated_at)
         SELECT $1, $2, $3, $4::date, $5, seat, $6, $7, $8, $9, $9
           FROM generate_series(1, $10::int) AS seat
          WHERE NOT EXISTS (SELECT 1 FROM booking b WHERE b.session_date = $4::date AND b.slot_time = $5
                               AND b.seat = seat.seat AND b.status <> 'cancelled')
            -- Where an admin has taken seats away, those who stay may sit on higher numbers.
            AND $10::int > (SELECT count(*) FROM booking b
                             WHERE b.session_date = $4::date AND b.slot_time = $5 AND b.status <> 'cancelled')
          ORDER BY seat LIMIT 1
         ON CONFLICT DO NOTHING
         RETURNING ${bookingColumns}
       ), waits_no_more AS (
         UPDATE waiting SET status = 'left'
          WHERE resident_id = $2 AND status = 'waiting' AND $6 = 'booked' AND EXISTS (SELECT 1 FROM booked)
       )
       SELECT * FROM booked`,
      [
        makeCode('BST', randomBytes(6)),
        input.residentId,
        input.conversationId,
        day,
        time,
        input.hold ? 'held' : 'booked',
        input.hold?.until ?? null,
        input.isWalkIn ?? false,
        tx.now,
        calendar.room.seatsPerSlot,
      ],
    );
    const booking = rows[0];
    if (booking) {
      if (!input.hold && input.conversationId) await planBookingNotices(tx, { booking, room: calendar.room });
      tx.changed({ kind: 'booking', id: booking.id });
      // A seat that is only held for them is no visit yet.
      const carried = input.hold
        ? []
        : await carryConcerns(tx, { residentId: input.residentId, bookingId: booking.id });
      return { kind: 'booked', booking, carried };
    }
    const active = await findActiveBooking(tx, { residentId: input.residentId });
    if (active) return { kind: 'has_booking', booking: active };
    if ((await countSeatsLeft(tx, { calendar, day, time })) <= 0) return { kind: 'full' };
  }
  return { kind: 'full' };
}

/** The one active booking of a resident (held, booked or arrived), or null. */
export async function findActiveBooking(tx: Tx, input: { residentId: string }): Promise<BookingFacts | null> {
  const { rows } = await tx.query<BookingFacts>(
    `SELECT ${bookingColumns} FROM booking
      WHERE resident_id = $1 AND status IN ('held', 'booked', 'arrived')`,
    [input.residentId],
  );
  return rows[0] ?? null;
}

export async function countSeatsLeft(
  tx: Tx,
  input: { calendar: RoomCalendar; day: Day; time: TimeOfDay },
): Promise<number> {
  const { rows } = await tx.query<{ taken: number }>(
    `SELECT count(*) AS taken FROM booking
      WHERE session_date = $1 AND slot_time = $2 AND status <> 'cancelled'`,
    [input.day, input.time],
  );
  return input.calendar.room.seatsPerSlot - (rows[0]?.taken ?? 0);
}
