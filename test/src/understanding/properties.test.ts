import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchChoice } from '../../../src/understanding/choice.ts';
import { dayOf, isoOf } from '../../../src/understanding/calendar-day.ts';
import { understandIntents } from '../../../src/understanding/intent.ts';
import { findKelurahan } from '../../../src/understanding/kelurahan.ts';
import { normalise } from '../../../src/understanding/normalise.ts';
import { understandLine, type Understood } from '../../../src/understanding/understand.ts';
import { understandWhen } from '../../../src/understanding/when.ts';
import { labelled } from './labelled.ts';

const now = '2026-11-24T10:00:00+08:00';
const texts = [
  'danger-heldout.jsonl',
  'danger-fresh.jsonl',
  'when-heldout.jsonl',
  'when-tuned.jsonl',
  'topic-heldout.jsonl',
].flatMap((name) => labelled<{ text: string }>(name).map((line) => line.text));
const words = fc.constantFrom(
  ...texts.flatMap((text) => text.split(' ')),
  'senin',
  'tgl',
  '31',
  '2/12',
  'jam',
  '9',
  'depan',
  'eh',
  'atau',
  'lalu',
  'besok',
  'bulan',
  'februari',
);
const sentence = fc.array(words, { maxLength: 12 }).map((list) => list.join(' '));
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  sentence,
  fc.constantFrom(...texts),
);
const moment = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2029-12-31T00:00:00Z'),
  noInvalidDate: true,
});

const read = (text: string): Omit<Understood, 'id'> => {
  const { id: _, ...understood } = understandLine({ id: '1', text, now });
  return understood;
};

describe('whatever is written', () => {
  it('nothing throws', () => {
    fc.assert(
      fc.property(anything, moment, (text, at) => {
        understandLine({ id: '1', text, now: at.toISOString() });
        understandIntents(text);
        findKelurahan(text);
        matchChoice(text, [
          { id: 'a', label: '09.00 (sisa 2)' },
          { id: 'b', label: text },
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('a date is never in the past, a question leaves no date, an hour is an hour', () => {
    fc.assert(
      fc.property(sentence, moment, (text, at) => {
        const when = understandWhen(text, at);
        if (!when) return;
        if (when.ask !== null) expect([when.date, when.time]).toEqual([null, null]);
        if (when.date !== null) expect(when.date >= isoOf(dayOf(at))).toBe(true);
        if (when.time !== null) expect(when.time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('case, spacing and Unicode form change nothing', () => {
    const full = (text: string): string =>
      [...text]
        .map((char) =>
          char > ' ' && char <= '~' ? String.fromCodePoint(char.codePointAt(0)! + 0xfee0) : char,
        )
        .join('');
    const forms: ((text: string) => string)[] = [
      (text) => text.toUpperCase(),
      (text) => `  ${text.replaceAll(' ', ' \u00a0\n ')} \t`,
      (text) => text.normalize('NFD'),
      (text) => text.normalize('NFC'),
      (text) => text.replaceAll("'", '’').replaceAll('"', '”'),
      full,
      (text) => [...text].join('\u200b'),
    ];
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...texts), sentence), fc.constantFrom(...forms), (text, form) => {
        expect(read(form(text))).toEqual(read(text));
      }),
      { numRuns: 400 },
    );
  });

  it('normalising keeps the original and points into it', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const normal = normalise(text);
        expect(normal.original).toBe(text);
        for (const token of normal.tokens)
          expect(token.start >= 0 && token.start < token.end && token.end <= text.length).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
