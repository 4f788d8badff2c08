import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarFile } from '../../../src/domain/calendar-file.ts';
import { makeCode, readCode } from '../../../src/domain/code.ts';
import { splitOutbound } from '../../../src/domain/split-outbound.ts';
import { splitText } from '../../../src/domain/split-text.ts';
import {
  addDays,
  dayOf,
  formatInstant,
  formatMoment,
  instantOf,
  timeOf,
  timeOfMinutes,
  weekdayName,
} from '../../../src/domain/wita.ts';

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(' ', '\n', '. ', 'a', 'kata', '😀', '\u202e'),
    fc.string({ maxLength: 3, unit: 'binary' }),
  ),
  maxLength: 400,
});
const squeezed = (text: string) => text.replace(/\s+/g, '');

describe('splitting a text', () => {
  it('loses no word, keeps every part within the limit, and breaks no sign in two', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 80 }), (text, limit) => {
        const parts = splitText(text, limit);
        expect(squeezed(parts.join(''))).toBe(squeezed(text));
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.length).toBeGreaterThan(0);
          if (text.isWellFormed()) expect(part.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it('breaks at a paragraph rather than in a word, and never where it need not', () => {
    expect(splitText('satu dua', 8)).toEqual(['satu dua']);
    expect(splitText('satu dua tiga', 10)).toEqual(['satu dua', 'tiga']);
    expect(splitText('Pertama.\n\nKedua baris', 14)).toEqual(['Pertama.', 'Kedua baris']);
    expect(splitText('', 10)).toEqual([]);
  });

  it('puts the quote on the first part and the buttons under the last', () => {
    const choices = [{ token: 'c.status', label: 'Lihat status' }];
    const parts = splitOutbound({ kind: 'text', text: 'kata '.repeat(10), choices, replyToRef: 'r1' }, 20);
    expect(parts.map((part) => part.kind === 'text' && [part.replyToRef, part.choices.length])).toEqual([
      ['r1', 0],
      [null, 0],
      [null, 1],
    ]);
  });
});

describe('codes', () => {
  it('are six Crockford signs, and read back however people write them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('BST', 'CRH'),
        fc.uint8Array({ minLength: 6, maxLength: 6 }),
        (prefix, bytes) => {
          const code = makeCode(prefix, bytes);
          expect(code).toMatch(/^(BST|CRH)-[0-9A-HJKMNP-TV-Z]{6}$/);
          for (const written of [
            code,
            code.toLowerCase(),
            ` ${code.replace('-', ' ')} `,
            code.replace('-', ''),
          ])
            expect(readCode(written)).toBe(code);
          expect(readCode(code.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(code);
        },
      ),
    );
  });

  it('are not read out of other words', () => {
    for (const text of ['BST-12345', 'BST-1234567', 'XYZ-123456', 'saya BST-123456', ''])
      expect(readCode(text)).toBeNull();
  });
});

describe('the time of the room', () => {
  it('is WITA whatever the clock of the machine says', () => {
    expect(dayOf(new Date('2026-11-24T16:00:00Z'))).toBe('2026-11-25');
    expect(timeOf(new Date('2026-11-24T15:59:00Z'))).toBe('23:59');
    expect(formatMoment('2026-11-30', '09:00', 'id')).toBe('Senin, 30 November 2026, 09.00 WITA');
    expect(formatInstant(new Date('2026-12-31T16:30:00Z'), 'en')).toBe('Friday, 1 January 2027, 00.30 WITA');
    expect(weekdayName('2028-02-29', 'id')).toBe('Selasa');
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(timeOfMinutes(9 * 60 + 5)).toBe('09:05');
  });

  it('turns days and times into instants and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 1439 }), (days, minutes) => {
        const day = addDays('2000-01-01', days);
        const instant = instantOf(day, timeOfMinutes(minutes));
        expect([dayOf(instant), timeOf(instant)]).toEqual([day, timeOfMinutes(minutes)]);
      }),
    );
  });
});

describe('the calendar file', () => {
  const booking = {
    code: 'BST-ABC123', day: '2026-11-30', time: '09:00', revision: 2, minutes: 30, title: 'Ruang Curhat Bestie',
    description: 'Sebutkan kode BST-ABC123 saat datang.', location: 'Mall Pelayanan Publik, Jl. Timor Raya No. 124',
    latitude: -10.1494, longitude: 123.6098, isCancelled: false, now: new Date('2026-11-24T02:00:00Z'),
  }; // prettier-ignore

  it('has the code as UID and the revision as SEQUENCE, in lines that calendars read', () => {
    const file = calendarFile(booking);
    expect(file).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
    for (const line of [
      'METHOD:PUBLISH',
      'UID:BST-ABC123@bestie.kupangkota.go.id',
      'SEQUENCE:2',
      'DTSTAMP:20261124T020000Z',
      'DTSTART:20261130T010000Z',
      'DTEND:20261130T013000Z',
      'STATUS:CONFIRMED',
      'GEO:-10.1494;123.6098',
    ])
      // prettier-ignore
      expect(file.split('\r\n')).toContain(line);
    expect(file).toMatch(/LOCATION:Mall Pelayanan Publik\\, Jl/);
    for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  it('takes a cancelled visit out of the calendar', () => {
    const file = calendarFile({ ...booking, isCancelled: true });
    expect(file).toMatch(/METHOD:CANCEL\r\n/);
    expect(file).toMatch(/STATUS:CANCELLED\r\n/);
  });
});
