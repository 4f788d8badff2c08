import { describe, expect, it } from 'vitest';
import {
  addServiceMinutes,
  addWorkingDays,
  afterQuietHours,
  dayAnswer,
  isServiceTime,
  isSlotBookable,
  isWorkingDay,
  presenceAt,
  serviceMinutesBetween,
  sessionsAhead,
} from '../../../src/domain/calendar.ts';
import type { Closure, RoomCalendar } from '../../../src/domain/calendar.ts';
import { defaultRoom } from '../../../src/domain/room.ts';

const closures = new Map<string, Closure>(
  [
    ['2026-12-24', 'Cuti bersama Natal', 'cuti_bersama'],
    ['2026-12-25', 'Natal', 'libur_nasional'],
    ['2026-12-02', 'Perbaikan listrik', 'admin'],
    ['2027-03-10', 'Idul Fitri', 'libur_nasional'],
  ].map(([day, name, kind]) => [day ?? '', { day, name, kind } as Closure]),
);
const calendar: RoomCalendar = { room: defaultRoom, closures };
const at = (text: string) => new Date(`${text}:00+08:00`);

describe('the calendar of the room', () => {
  it('opens on Mondays and Wednesdays, with the break left out', () => {
    const monday = dayAnswer(calendar, '2026-11-30');
    expect(monday.kind === 'open' && monday.session.slots).toEqual(
      '08:00 08:30 09:00 09:30 10:00 10:30 11:00 11:30 13:00 13:30 14:00 14:30 15:00 15:30'.split(' '),
    );
    expect(dayAnswer(calendar, '2026-12-01')).toEqual({ kind: 'weekday' });
    expect(dayAnswer(calendar, '2026-12-02')).toMatchObject({
      kind: 'closure',
      closure: { name: 'Perbaikan listrik' },
    });
    expect(dayAnswer(calendar, '2026-12-24')).toEqual({ kind: 'weekday' });
  });

  it('keeps the hours of Ramadan, the first and the last day included', () => {
    for (const day of ['2027-02-08', '2027-02-10', '2027-03-08']) {
      const answer = dayAnswer(calendar, day);
      expect(answer.kind === 'open' && answer.session).toMatchObject({ opens: '08:00', closes: '15:00' });
      expect(answer.kind === 'open' && answer.session.slots.slice(-6)).toEqual(
        '11:30 12:30 13:00 13:30 14:00 14:30'.split(' '),
      );
    }
    expect(dayAnswer(calendar, '2027-02-03')).toMatchObject({ session: { closes: '16:00' } });
    expect(dayAnswer(calendar, '2027-03-10')).toMatchObject({ kind: 'closure' });
    expect(dayAnswer(calendar, '2027-03-15')).toMatchObject({ session: { closes: '16:00' } });
  });

  it('books from one hour to 28 days ahead, to the minute', () => {
    const now = at('2026-11-25T09:00');
    expect(isSlotBookable(calendar, now, '2026-11-25', '10:00')).toBe(true);
    expect(isSlotBookable(calendar, at('2026-11-25T09:01'), '2026-11-25', '10:00')).toBe(false);
    expect(isSlotBookable(calendar, now, '2026-11-25', '10:15')).toBe(false);
    expect(isSlotBookable(calendar, now, '2026-11-25', '12:00')).toBe(false);
    expect(isSlotBookable(calendar, now, '2026-12-23', '08:00')).toBe(true);
    expect(isSlotBookable(calendar, now, '2026-12-28', '08:00')).toBe(false);
    expect(isSlotBookable(calendar, now, '2026-11-23', '08:00')).toBe(false);
    expect(sessionsAhead(calendar, now).map(({ day }) => day)).toEqual(
      '2026-11-25 2026-11-30 2026-12-07 2026-12-09 2026-12-14 2026-12-16 2026-12-21 2026-12-23'.split(' '),
    );
  });

  it('says whether somebody is there, and when somebody will be', () => {
    expect(presenceAt(calendar, at('2026-11-25T07:59'))).toEqual({
      kind: 'closed',
      next: at('2026-11-25T08:00'),
    });
    expect(presenceAt(calendar, at('2026-11-25T12:30'))).toEqual({
      kind: 'open',
      until: at('2026-11-25T16:00'),
    });
    expect(presenceAt(calendar, at('2026-11-25T16:00'))).toEqual({
      kind: 'closed',
      next: at('2026-11-30T08:00'),
    });
    expect(presenceAt(calendar, at('2026-12-01T10:00'))).toEqual({
      kind: 'closed',
      next: at('2026-12-07T08:00'),
    });
    // Wednesday in WITA, still Tuesday in UTC.
    expect(presenceAt(calendar, new Date('2026-11-24T23:30:00Z'))).toEqual({
      kind: 'closed',
      next: at('2026-11-25T08:00'),
    });
    const nobody = { closures, room: { ...defaultRoom, openWeekdays: [] as number[] } };
    expect(presenceAt(nobody, at('2026-11-25T10:00'))).toEqual({ kind: 'closed', next: null });
  });

  it('counts working days by the holidays, but not by days on which only the room is closed', () => {
    expect(isWorkingDay(closures, '2026-12-02')).toBe(true);
    expect(isWorkingDay(closures, '2026-12-24')).toBe(false);
    expect(isWorkingDay(closures, '2026-12-26')).toBe(false);
    expect(addWorkingDays(closures, '2026-12-22', 3)).toBe('2026-12-29');
    expect(addWorkingDays(closures, '2026-11-27', 1)).toBe('2026-11-30');
    expect(addWorkingDays(closures, '2026-11-28', 5)).toBe('2026-12-04');
    expect(addWorkingDays(closures, '2026-11-24', 0)).toBe('2026-11-24');
  });

  it('holds quiet hours over midnight and within a day', () => {
    const { room } = calendar;
    expect(afterQuietHours(room, at('2026-11-24T20:59'))).toEqual(at('2026-11-24T20:59'));
    expect(afterQuietHours(room, at('2026-11-24T21:00'))).toEqual(at('2026-11-25T07:00'));
    expect(afterQuietHours(room, at('2026-11-25T00:00'))).toEqual(at('2026-11-25T07:00'));
    expect(afterQuietHours(room, at('2026-11-25T07:00'))).toEqual(at('2026-11-25T07:00'));
    const siesta = { ...room, quietFrom: '12:00', quietTo: '13:00' };
    expect(afterQuietHours(siesta, at('2026-11-25T12:10'))).toEqual(at('2026-11-25T13:00'));
    expect(afterQuietHours(siesta, at('2026-11-25T22:10'))).toEqual(at('2026-11-25T22:10'));
  });
});

describe('service time', () => {
  const after = (from: string, minutes: number, given: RoomCalendar = calendar) =>
    addServiceMinutes(given, at(from), minutes)?.toISOString();
  const instant = (text: string) => at(text).toISOString();

  it('passes only while officers serve: not in the break, at night, at the weekend or on a closed day', () => {
    expect(after('2026-11-30T09:00', 15)).toBe(instant('2026-11-30T09:15'));
    expect(after('2026-11-30T11:50', 15)).toBe(instant('2026-11-30T13:05'));
    expect(after('2026-11-30T12:20', 1)).toBe(instant('2026-11-30T13:01'));
    expect(after('2026-11-30T06:00', 15)).toBe(instant('2026-11-30T08:15'));
    // Wednesday the 2nd is closed by an admin: on to Monday the 7th.
    expect(after('2026-11-30T15:50', 15)).toBe(instant('2026-12-07T08:05'));
    expect(after('2026-11-27T22:00', 30)).toBe(instant('2026-11-30T08:30'));
    expect(after('2026-11-30T09:00', 0)).toBe(instant('2026-11-30T09:00'));
    expect(isServiceTime(calendar, at('2026-11-30T12:30'))).toBe(false);
    expect(isServiceTime(calendar, at('2026-11-30T13:00'))).toBe(true);
    expect(isServiceTime(calendar, at('2026-11-30T16:00'))).toBe(false);
    expect(isServiceTime(calendar, at('2026-12-02T09:00'))).toBe(false);
  });

  it('counts back what it has added, and says so when the room opens no more', () => {
    for (const from of ['2026-11-30T09:10', '2026-11-28T12:00', '2026-11-30T11:59', '2027-02-08T12:10'])
      for (const minutes of [1, 30, 300, 900]) {
        const to = addServiceMinutes(calendar, at(from), minutes);
        expect(to && serviceMinutesBetween(calendar, at(from), to)).toBe(minutes);
      }
    expect(serviceMinutesBetween(calendar, at('2026-12-01T00:00'), at('2026-11-30T00:00'))).toBe(0);
    const never = { room: { ...defaultRoom, openWeekdays: [] }, closures: new Map() } as RoomCalendar;
    expect(after('2026-11-30T09:00', 1, never)).toBeUndefined();
  });
});
