import { expect, it } from 'vitest';
import { noted, Word, wordOf } from '../../../src/understanding/word.ts';

it('is one for each spelling, and is asked about once by each part', () => {
  const asked: string[] = [];
  const lengthOf = noted((text) => {
    asked.push(text);
    return { length: text.length };
  });
  const isShort = noted((text) => ({ short: text.length < 5 }));
  expect(wordOf('mati')).toBe(wordOf('mati'));
  expect([lengthOf(wordOf('mati')), lengthOf(wordOf('mati'))]).toEqual([{ length: 4 }, { length: 4 }]);
  expect(isShort(wordOf('mati'))).toEqual({ short: true });
  expect(asked).toEqual(['mati']);
  lengthOf(new Word('mati'));
  expect(asked).toEqual(['mati', 'mati']);
});
