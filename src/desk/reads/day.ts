import { dayAnswer, presenceAt, sessionsAhead } from '../../domain/calendar.ts';
import { dayOf } from '../../domain/wita.ts';
import type { Day } from '../../domain/wita.ts';
import type { Clock } from '../../ops/clock.ts';
import type { Queryable } from '../../store/database.ts';
import type { DeskDeps } from '../ports.ts';
import { readRoomCalendar } from './room-calendar.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';

type BookingRow = NamedRow & {
  id: string;
  code: string;
  slot_time: string;
  seat: number;
  revision: number;
  status: 'held' | 'booked' | 'arrived' | 'finished' | 'missed';
  is_walk_in: boolean;
  confirmed_at: Date | null;
  conversation_id: string | null;
  channel: string | null;
};

type ConcernRow = {
  id: string;
  code: string;
  booking_id: string;
  status: string;
  category: string | null;
  kelurahan_code: string | null;
  parts: number;
  is_read_by_me: boolean;
};

/** Today and the coming session: the days whose attached concerns the room may read. */
export async function comingSessionDays(deps: {
  readonly db: Queryable;
  readonly clock: Clock;
}): Promise<Day[]> {
  const now = deps.clock.now();
  const calendar = await readRoomCalendar(deps.db);
  const today = dayOf(now);
  const next = sessionsAhead(calendar, now).find((session) => session.day > today);
  return next ? [today, next.day] : [today];
}

/** One day of the room, by time, with what is still free in each slot. */
export async function readDay(deps: DeskDeps, input: { day: Day | null; officerId: string }) {
  const now = deps.clock.now();
  const calendar = await readRoomCalendar(deps.db);
  const today = dayOf(now);
  const sessions = sessionsAhead(calendar, now);
  const day = input.day ?? sessions[0]?.day ?? today;
  const answer = dayAnswer(calendar, day);
  const bookings = await readBookings(deps, day);
  const concerns = await readConcerns(deps, day, input.officerId);
  const seats = calendar.room.seatsPerSlot;
  const times = new Set(answer.kind === 'open' ? answer.session.slots : []);
  // A slot that the hours no longer have still shows who is booked in it.
  for (const booking of bookings) times.add(booking.slot_time);
  return {
    today,
    day,
    presence: presenceView(presenceAt(calendar, now)),
    days: sessions.map((session) => session.day),
    closed: answer.kind === 'closure' ? answer.closure.name : null,
    isRoomDay: answer.kind === 'open',
    place: calendar.room.place,
    slots: [...times].sort().map((time) => {
      const here = bookings.filter((booking) => booking.slot_time === time);
      return {
        time,
        left:
          answer.kind === 'open' && answer.session.slots.includes(time)
            ? Math.max(0, seats - here.length)
            : 0,
        bookings: here.map((booking) => ({
          id: booking.id,
          code: booking.code,
          seat: booking.seat,
          revision: booking.revision,
          status: booking.status,
          isWalkIn: booking.is_walk_in,
          isConfirmed: booking.confirmed_at !== null,
          name: residentName(deps.vault, booking),
          channel: booking.channel,
          conversationId: booking.conversation_id,
          concerns: concerns
            .filter((concern) => concern.booking_id === booking.id)
            .map((concern) => ({
              id: concern.id,
              code: concern.code,
              status: concern.status,
              category: concern.category,
              kelurahanCode: concern.kelurahan_code,
              parts: concern.parts,
              isReadByMe: concern.is_read_by_me,
            })),
        })),
      };
    }),
  };
}

function presenceView(presence: ReturnType<typeof presenceAt>) {
  return presence.kind === 'open'
    ? { kind: 'open' as const, until: presence.until.toISOString() }
    : { kind: 'closed' as const, next: presence.next?.toISOString() ?? null };
}

async function readBookings(deps: DeskDeps, day: Day): Promise<BookingRow[]> {
  const { rows } = await deps.db.query<BookingRow>(
    `SELECT b.id, b.code, b.slot_time, b.seat, b.revision, b.status, b.is_walk_in, b.confirmed_at, b.conversation_id,
            r.id AS resident_id, r.name_sealed, a.profile_name_sealed, a.channel
       FROM booking b
       JOIN resident r ON r.id = b.resident_id
       LEFT JOIN conversation c ON c.id = b.conversation_id
       LEFT JOIN address a ON a.id = c.address_id
      WHERE b.session_date = $1 AND b.status <> 'cancelled'
      ORDER BY b.slot_time, b.seat`,
    [day],
  );
  return rows;
}

async function readConcerns(deps: DeskDeps, day: Day, officerId: string): Promise<ConcernRow[]> {
  const { rows } = await deps.db.query<ConcernRow>(
    `SELECT k.id, k.code, k.booking_id, k.status, k.category, k.kelurahan_code,
            (SELECT count(*) FROM message m WHERE m.concern_id = k.id AND m.direction = 'in' AND m.deleted_at IS NULL) AS parts,
            EXISTS (SELECT 1 FROM audit x WHERE x.subject_kind = 'concern' AND x.subject_id = k.id::text
                       AND x.action = 'read_concern' AND x.officer_id = $2) AS is_read_by_me
       FROM concern k JOIN booking b ON b.id = k.booking_id
      WHERE b.session_date = $1 AND b.status <> 'cancelled' AND k.status <> 'draft'
      ORDER BY k.created_at`,
    [day, officerId],
  );
  return rows;
}
