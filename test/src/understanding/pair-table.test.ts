import { expect, it } from 'vitest';
import { PairTable } from '../../../src/understanding/pair-table.ts';

it('finds what each of many pairs stands for, and nothing for any other', () => {
  const table = new PairTable();
  const pairs = Array.from({ length: 5_000 }, (_, at) => [at % 71, Math.floor(at / 71)] as const);
  pairs.forEach(([first, second], at) => table.set(first, second, at));
  expect(pairs.map(([first, second]) => table.get(first, second))).toEqual(pairs.map((_, at) => at));
  expect([table.get(71, 0), table.get(0, 71), table.get(0, -1)]).toEqual([-1, -1, -1]);
  table.set(3, 4, 0);
  expect([table.get(3, 4), table.get(4, 3)]).toEqual([0, 71 * 3 + 4]);
});
