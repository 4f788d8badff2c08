import type { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { createRefresher } from '../../../src/desk/web/refresh.ts';

it('shows the reading under way and follows it with one more, however many changes came meanwhile', async () => {
  const readings: { key: string; end: () => void }[] = [];
  const client = {
    invalidateQueries: ({ queryKey }: { queryKey: string[] }) =>
      new Promise<void>((end) => readings.push({ key: queryKey.join(), end })),
  } as unknown as QueryClient;
  const refresh = createRefresher(client);
  for (let n = 0; n < 5; n += 1) void refresh(['thread', 'a']);
  void refresh(['queue']);
  expect(readings.map(({ key }) => key)).toEqual(['thread,a', 'queue']);
  readings[0]?.end();
  await expect.poll(() => readings.length).toBe(3);
  readings[2]?.end();
  readings[1]?.end();
  await new Promise((done) => void setImmediate(done));
  expect(readings.map(({ key }) => key)).toEqual(['thread,a', 'queue', 'thread,a']);
  void refresh(['queue']);
  expect(readings).toHaveLength(4);
});
