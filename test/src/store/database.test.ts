import { describe, expect, it } from 'vitest';
import { isUniqueViolation } from '../../../src/store/database.ts';
import { describeOnEachStore } from '../../support/stores.ts';

describeOnEachStore('database', (store) => {
  it('gives the same shapes on both engines', async () => {
    const { rows, count } = await store.db().query<Record<string, unknown>>(
      `SELECT $1::date AS day, $2::timestamptz AS at, $3::bigint AS big, $4::bytea AS bytes, $5::jsonb AS json,
              $6::text AS text, $7::int AS none, $8::uuid AS id, $9::bool AS yes, $10::text[] AS words,
              ARRAY['2026-01-05'::date] AS days, ARRAY[7::bigint] AS bigs, count(*) AS n, 1.5::numeric AS exact,
              1.5::float8 AS real`,
      [
        '2026-01-05',
        new Date('2026-01-05T01:02:03.456Z'),
        9_007_199_254_740_991,
        new Uint8Array([0, 1, 255]),
        JSON.stringify({ a: [1, 'x'] }),
        'selamat "pagi" \\ 😀',
        undefined,
        '11111111-2222-4333-8444-555555555555',
        true,
        ['satu', 'dua, tiga', null],
      ],
    );
    expect(count).toBe(1);
    const bytes = rows[0]?.['bytes'];
    expect(bytes).toBeInstanceOf(Uint8Array);
    expect({ ...rows[0], bytes: [...(bytes as Uint8Array)] }).toEqual({
      day: '2026-01-05',
      at: new Date('2026-01-05T01:02:03.456Z'),
      big: 9_007_199_254_740_991,
      bytes: [0, 1, 255],
      json: { a: [1, 'x'] },
      text: 'selamat "pagi" \\ 😀',
      none: null,
      id: '11111111-2222-4333-8444-555555555555',
      yes: true,
      words: ['satu', 'dua, tiga', null],
      days: ['2026-01-05'],
      bigs: [7],
      n: 1,
      exact: '1.5',
      real: 1.5,
    });
  });

  it('works in UTC whatever the server is set to', async () => {
    const { rows } = await store.db().query<{ TimeZone: string }>('SHOW TimeZone');
    expect(rows[0]?.TimeZone).toMatch(/^(UTC|Etc\/UTC)$/);
  });

  it('counts what was touched, and runs several statements in one text', async () => {
    const db = store.db();
    await db.query('DROP TABLE IF EXISTS t; CREATE TABLE t (a int CONSTRAINT t_key PRIMARY KEY)');
    expect((await db.query('INSERT INTO t SELECT generate_series(1, $1::int)', [5])).count).toBe(5);
    expect((await db.query('UPDATE t SET a = a + 100 WHERE a > $1 RETURNING a', [3])).count).toBe(2);
    expect((await db.query('DELETE FROM t WHERE a = $1', [-1])).count).toBe(0);
    expect((await db.query('SELECT a FROM t WHERE a < $1', [3])).count).toBe(2);
    expect((await db.query('SELECT a FROM t WHERE a < 3')).count).toBe(2);
    const error: unknown = await db
      .query('INSERT INTO t VALUES ($1)', [1])
      .catch((reason: unknown) => reason);
    expect(isUniqueViolation(error, 't_key')).toBe(true);
    expect(isUniqueViolation(error, 'another')).toBe(false);
    await db.query('DROP TABLE t');
  });

  it('commits what resolves, undoes what rejects, and refuses a commit that was none', async () => {
    const db = store.db();
    await db.query('DROP TABLE IF EXISTS t; CREATE TABLE t (a int PRIMARY KEY)');
    expect(await db.transaction(async (tx) => (await tx.query('INSERT INTO t VALUES (1)')).count)).toBe(1);
    await expect(
      db.transaction(async (tx) => {
        await tx.query('INSERT INTO t VALUES ($1)', [2]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await expect(
      db.transaction(async (tx) => {
        await tx.query('INSERT INTO t VALUES ($1)', [3]);
        await tx.query('INSERT INTO t VALUES ($1)', [1]).catch(() => undefined);
      }),
    ).rejects.toThrow();
    expect((await db.query('SELECT a FROM t')).rows).toEqual([{ a: 1 }]);
    await db.query('DROP TABLE t');
  });

  it('keeps fifty transactions at once apart', async () => {
    const db = store.db();
    await db.query(
      'DROP TABLE IF EXISTS t; CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, 0)',
    );
    await Promise.all(
      Array.from({ length: 50 }, () =>
        db.transaction(async (tx) => {
          const { rows } = await tx.query<{ n: number }>('SELECT n FROM t WHERE id = $1 FOR UPDATE', [1]);
          await tx.query('UPDATE t SET n = $1 WHERE id = 1', [(rows[0]?.n ?? 0) + 1]);
        }),
      ),
    );
    expect((await db.query('SELECT n FROM t')).rows).toEqual([{ n: 50 }]);
    await db.query('DROP TABLE t');
  });

  it('hears what is notified, within the transaction only after its commit', async () => {
    const db = store.db();
    const heard: string[] = [];
    let wake = (): void => {};
    const stop = await db.listen('Bestie_Test', (payload) => {
      heard.push(payload);
      wake();
    });
    const next = (): Promise<void> => new Promise((resolve) => (wake = resolve));
    const first = next();
    await db.notify('Bestie_Test', 'satu');
    await first;
    const second = next();
    await db.transaction(async (tx) => {
      await tx.query(`SELECT pg_notify('Bestie_Test', 'dua')`);
      expect(heard).toEqual(['satu']);
    });
    await second;
    expect(heard).toEqual(['satu', 'dua']);
    await stop();
    await db.notify('Bestie_Test', 'tiga');
    await db.query('SELECT 1');
    expect(heard).toEqual(['satu', 'dua']);
  });

  it('lets Prisma and our own transactions use it side by side', async () => {
    const { db, prisma } = store.opened();
    await db.query(`DROP TABLE IF EXISTS side; CREATE TABLE side (who text, step int, seq serial)`);
    const ours = Array.from({ length: 20 }, (_, i) =>
      db.transaction(async (tx) => {
        for (const step of [1, 2, 3])
          await tx.query('INSERT INTO side (who, step) VALUES ($1, $2)', [`ours${i}`, step]);
        if (i % 4 === 0) throw new Error('undo');
      }),
    );
    const theirs = Array.from({ length: 20 }, (_, i) =>
      prisma().$transaction(
        async (tx) => {
          for (const step of [1, 2, 3])
            await tx.$executeRaw`INSERT INTO side (who, step) VALUES (${`theirs${i}`}, ${step})`;
          if (i % 4 === 0) throw new Error('undo');
        },
        { maxWait: 15_000, timeout: 15_000 },
      ),
    );
    const results = await Promise.allSettled([...ours, ...theirs, prisma().$queryRaw`SELECT 1`]);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(10);
    const { rows } = await db.query<{ who: string; n: number }>(
      'SELECT who, count(*) AS n FROM side GROUP BY who',
    );
    expect(rows).toHaveLength(30);
    expect(rows.every(({ n }) => n === 3)).toBe(true);
    if (db.engine === 'pglite') {
      // One session: whatever interleaved would have been undone, or kept, with somebody else's transaction.
      const { rows: order } = await db.query<{ who: string }>('SELECT who FROM side ORDER BY seq');
      for (let i = 0; i < order.length; i += 3) {
        expect(new Set(order.slice(i, i + 3).map(({ who }) => who)).size).toBe(1);
      }
    }
    await db.query('DROP TABLE side');
  });
});

describeOnEachStore('database', (store) => {
  describe('on one session', () => {
    it('tells rather than hangs when a transaction asks past itself', async () => {
      const { db, prisma } = store.opened();
      if (db.engine !== 'pglite') return;
      await expect(db.transaction(() => db.query('SELECT 1'))).rejects.toThrow(/inside an open transaction/);
      await expect(db.transaction(() => db.transaction(async () => 1))).rejects.toThrow(
        /inside an open transaction/,
      );
      await expect(db.transaction(() => prisma().$queryRaw`SELECT 1`)).rejects.toThrow(
        /inside an open transaction/,
      );
      expect((await db.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    });
  });
});
