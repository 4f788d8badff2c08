import { describe, expect, it } from 'vitest';
import { benign } from '../../../src/understanding/danger-benign.ts';
import { dangerRules } from '../../../src/understanding/danger-rules.ts';
import { dangerWords } from '../../../src/understanding/danger-words.ts';
import { featuresOf, Lexicon } from '../../../src/understanding/features.ts';
import { intentRules, intentWords } from '../../../src/understanding/intent-rules.ts';
import { normalise } from '../../../src/understanding/normalise.ts';
import { compile } from '../../../src/understanding/pattern.ts';
import { topicRules, topicWords } from '../../../src/understanding/topic-rules.ts';
import { understandLine } from '../../../src/understanding/understand.ts';
import { scan } from '../../../src/understanding/when-scan.ts';

const pieces = [
  'a',
  '1',
  '-',
  '"',
  'mau mati ',
  'saya saya mau ',
  'tidak mau tidak ',
  'b u n u h ',
  'jam 9 ',
  '2/',
  'besok eh ',
  'é',
  '😭',
  'suami pukul saya ',
  'ktp ',
  'lebih baik ',
  'm4t1',
];
/** Whole pieces: half a word at the end would be another word, for which the matcher may have to look everywhere. */
const repeat = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length));
const grow = (piece: string, length: number): string => repeat(piece, length).slice(0, length);
const rule = (pattern: string): { pattern: string; value: true } => ({ pattern, value: true });
const matchers = [
  compile(
    Object.values(dangerRules).flatMap((by) => Object.values(by).flatMap((patterns) => patterns.map(rule))),
    dangerWords,
  ),
  compile(benign.map(rule), dangerWords),
  compile(
    topicRules.flatMap((one) => one.patterns.map(rule)),
    topicWords,
  ),
  compile(
    intentRules.flatMap((one) => one.patterns.map(rule)),
    intentWords,
  ),
];

// Work is counted, not timed: a clock in a test measures the machine.
describe('a hostile text', () => {
  it.each(pieces)('of "%s" costs comparisons in proportion to its length', (piece) => {
    for (const matcher of matchers) {
      const work = [5_000, 10_000, 20_000].map((length) => {
        matcher.find(normalise(repeat(piece, length)).tokens);
        return matcher.work();
      });
      expect(work[1]).toBeLessThanOrEqual((work[0] ?? 0) * 2.2 + 1000);
      expect(work[2]).toBeLessThanOrEqual((work[1] ?? 0) * 2.2 + 1000);
    }
  });

  it.each(pieces)('of "%s" makes no more tokens than characters, and bounded facts and features', (piece) => {
    const normal = normalise(grow(piece, 100_000));
    expect(normal.tokens.length).toBeLessThanOrEqual(100_000);
    const facts = scan(normal);
    expect(facts.days.length + facts.times.length + facts.corrections.length).toBeLessThanOrEqual(1_200);
    const lexicon = new Lexicon();
    const { ids } = featuresOf(
      normal.tokens.map(({ word }) => word),
      lexicon,
      ({ text }) => lexicon.know(text),
    );
    expect(ids.length).toBeLessThanOrEqual(normal.tokens.length * 30);
  });

  it('of a hundred thousand characters is understood to its end', () => {
    const long = `${grow('beta mo cerita soal jalan rusak di depan rumah. ', 99_900)} saya mau bunuh diri`;
    expect(understandLine({ id: '1', text: long, now: '2026-11-24T10:00:00+08:00' }).danger?.kind).toBe(
      'self_harm',
    );
  });

  it('keeps every regular expression of the module free of repetition inside repetition', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    const folder = new URL('../../../src/understanding/', import.meta.url);
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.ts'))) {
      const source = readFileSync(new URL(name, folder), 'utf8');
      expect([name, /\/[^/\n]*\([^)\n]*[+*][^)\n]*\)[+*{][^/\n]*\/[a-z]*[.,)]/.test(source)]).toEqual([
        name,
        false,
      ]);
    }
  });
});
