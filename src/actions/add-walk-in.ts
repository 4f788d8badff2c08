import { randomBytes } from 'node:crypto';
import { addWorkingDays } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import type { Category } from '../domain/category.ts';
import { makeCode } from '../domain/code.ts';
import { dayOf } from '../domain/wita.ts';
import type { Day, TimeOfDay } from '../domain/wita.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { addNote } from './add-note.ts';
import { bookSlot, bookingColumns } from './book-slot.ts';
import type { BookingFacts } from './book-slot.ts';
import { markBooking } from './mark-booking.ts';
import { writeAudit } from './write-audit.ts';

export type AddWalkInResult =
  | { kind: 'added'; booking: BookingFacts; concernCode: string | null }
  | { kind: 'full' }
  | { kind: 'not_open' };

/**
 * A visitor without a phone, into the same slots, concerns and figures as everybody else. Who stands in the
 * room now has arrived; who comes by to book for later has not. The same `onceKey` again is the same visit.
 */
export async function addWalkIn(
  tx: Tx,
  input: {
    officerId: string;
    calendar: RoomCalendar;
    day: Day;
    time: TimeOfDay;
    /** Empty for somebody who would rather not say. */
    name: string;
    isHere: boolean;
    concern: { category: Category; kelurahanCode: string | null; note: string } | null;
    /** Made by the page for each guest, so that a request sent twice takes one seat. */
    onceKey: string;
  },
): Promise<AddWalkInResult> {
  const onceHash = tx.vault.fingerprint(`walk-in:${input.officerId}:${input.onceKey}`);
  const earlier = await findEarlier(tx, onceHash);
  if (earlier) return earlier;
  const name = input.name.trim();
  const made = await tx.query<{ id: string }>(
    `INSERT INTO resident (name_sealed, is_walk_in, wants_reminders, created_at) VALUES ($1, true, false, $2) RETURNING id`,
    [name === '' ? null : tx.vault.seal(name, sealed.residentName), tx.now],
  );
  const residentId = made.rows[0]?.id ?? '';
  const booked = await bookSlot(tx, {
    residentId,
    conversationId: null,
    calendar: input.calendar,
    day: input.day,
    time: input.time,
    isWalkIn: true,
  });
  if (booked.kind !== 'booked') {
    await tx.query(`DELETE FROM resident WHERE id = $1`, [residentId]);
    return { kind: booked.kind === 'full' ? 'full' : 'not_open' };
  }
  let { booking } = booked;
  await tx.query(`UPDATE booking SET once_hash = $2 WHERE id = $1`, [booking.id, onceHash]);
  if (input.isHere) {
    await markBooking(tx, {
      bookingId: booking.id,
      officerId: input.officerId,
      from: 'booked',
      to: 'arrived',
    });
    booking = { ...booking, status: 'arrived' };
  }
  const concernCode = input.concern
    ? await addConcern(tx, { ...input, residentId, bookingId: booking.id })
    : null;
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'add_walk_in',
    subjectKind: 'booking',
    subjectId: booking.id,
    detail: { code: booking.code },
  });
  return { kind: 'added', booking, concernCode };
}

/** Whoever sends the same at the same time waits here for the first, and then finds what it made. */
async function findEarlier(tx: Tx, onceHash: Uint8Array): Promise<AddWalkInResult | null> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('walk_in'), hashtext($1))`, [
    Buffer.from(onceHash).toString('hex'),
  ]);
  const { rows } = await tx.query<BookingFacts>(
    `SELECT ${bookingColumns} FROM booking WHERE once_hash = $1`,
    [onceHash],
  );
  const booking = rows[0];
  if (!booking) return null;
  const concerns = await tx.query<{ code: string }>(
    `SELECT code FROM concern WHERE booking_id = $1 ORDER BY created_at, id LIMIT 1`,
    [booking.id],
  );
  return { kind: 'added', booking, concernCode: concerns.rows[0]?.code ?? null };
}

async function addConcern(
  tx: Tx,
  input: {
    officerId: string;
    calendar: RoomCalendar;
    residentId: string;
    bookingId: string;
    concern: { category: Category; kelurahanCode: string | null; note: string } | null;
  },
): Promise<string | null> {
  if (!input.concern) return null;
  const { category, kelurahanCode, note } = input.concern;
  const { room, closures } = input.calendar;
  const { rows } = await tx.query<{ id: string; code: string }>(
    `INSERT INTO concern (code, resident_id, booking_id, status, category, kelurahan_code, officer_id, next_word_by,
                          created_at, received_at)
     VALUES ($1, $2, $3, 'with_officer', $4, $5, $6, $7, $8, $8) RETURNING id, code`,
    [
      makeCode('CRH', randomBytes(6)),
      input.residentId,
      input.bookingId,
      category,
      kelurahanCode,
      input.officerId,
      addWorkingDays(closures, dayOf(tx.now), room.firstWordWorkingDays),
      tx.now,
    ],
  );
  const concern = rows[0];
  if (!concern) return null;
  if (note.trim() !== '') {
    await addNote(tx, { concernId: concern.id, officerId: input.officerId, body: note.trim() });
  }
  tx.changed({ kind: 'concern', id: concern.id });
  return concern.code;
}
