import { expect, it } from 'vitest';
import { holdLease, readLease } from '../../../src/store/lease.ts';
import type { Database } from '../../../src/store/database.ts';
import { systemClock } from '../../../src/ops/clock.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

describeOnEachStore('holdLease', (store) => {
  const events: string[] = [];
  const waiting: Array<{ event: string; wake: () => void }> = [];
  const happen = (event: string): void => {
    events.push(event);
    for (const each of waiting) if (each.event === event) each.wake();
  };
  const until = (event: string): Promise<void> =>
    events.includes(event)
      ? Promise.resolve()
      : new Promise((resolve) => waiting.push({ event, wake: resolve }));

  const start = (holder: string, db: Database = store.db(), ttlMs = 300) => {
    const stop = new AbortController();
    const ended = holdLease(db, {
      name: 'telegram',
      holder,
      ttlMs,
      clock: systemClock,
      log,
      signal: stop.signal,
      onGained: async () => happen(`${holder} gained`),
      onLost: async () => happen(`${holder} lost`),
    });
    return async (): Promise<void> => {
      stop.abort();
      await ended;
    };
  };
  const begin = (): void => {
    events.length = 0;
    waiting.length = 0;
  };

  it('is held by one, and handed on at once when that one stops', async () => {
    begin();
    const stopA = start('a');
    await until('a gained');
    const stopB = start('b');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(events).toEqual(['a gained']);
    expect((await readLease(store.db(), 'telegram'))?.holder).toBe('a');
    await stopA();
    await until('b gained');
    await stopB();
    expect(events).toEqual(['a gained', 'a lost', 'b gained', 'b lost']);
    expect(await readLease(store.db(), 'telegram')).toBeNull();
  });

  it('is taken over from one that died, after its time', async () => {
    begin();
    await store
      .db()
      .query(
        `INSERT INTO lease (name, holder, expires_at) VALUES ('telegram', 'dead', clock_timestamp() + interval '200 ms')`,
      );
    const started = performance.now();
    const stop = start('b');
    await until('b gained');
    expect(performance.now() - started).toBeGreaterThan(150);
    await stop();
  });

  it('goes to one of many that ask at once', async () => {
    begin();
    const stops = ['a', 'b', 'c', 'd', 'e'].map((holder) => start(holder));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(events).toHaveLength(1);
    await Promise.all(stops.map((stop) => stop()));
  });

  it('outlives a database that is away for a moment, and is lost when the time runs out', async () => {
    begin();
    let isAway = false;
    const real = store.db();
    const flaky: Database = {
      ...real,
      query: (sql, params) => (isAway ? Promise.reject(new Error('away')) : real.query(sql, params)),
    };
    const stop = start('a', flaky);
    await until('a gained');
    isAway = true;
    await new Promise((resolve) => setTimeout(resolve, 120));
    isAway = false;
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(events).toEqual(['a gained']);
    isAway = true;
    await until('a lost');
    isAway = false;
    events.length = 0;
    await until('a gained');
    await stop();
  });

  it('is lost by one whose row another has taken', async () => {
    begin();
    const stop = start('a');
    await until('a gained');
    await store
      .db()
      .query(`UPDATE lease SET holder = 'b', expires_at = clock_timestamp() + interval '1 hour'`);
    await until('a lost');
    await stop();
    expect((await readLease(store.db(), 'telegram'))?.holder).toBe('b');
  });
});
