import { expect, it } from 'vitest';
import { memoise } from '../../../src/understanding/memoise.ts';

it('works a word out once, noise each time, and forgets all before it grows without end', () => {
  const asked: string[] = [];
  const length = memoise((word) => {
    asked.push(word);
    return word.length;
  });
  expect([length('mati'), length('mati')]).toEqual([4, 4]);
  expect(asked).toEqual(['mati']);
  const noise = 'x'.repeat(40);
  length(noise);
  length(noise);
  expect(asked).toEqual(['mati', noise, noise]);
  for (let at = 0; at < 20_000; at += 1) length(`w${at}`);
  length('mati');
  expect(asked.filter((word) => word === 'mati')).toHaveLength(2);
});
