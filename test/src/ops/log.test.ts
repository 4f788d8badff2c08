import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLog } from '../../../src/ops/log.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const logged = (act: (log: ReturnType<typeof createLog>) => void, isTerminal = false): string => {
  let written = '';
  act(createLog({ level: 'debug', isTerminal, write: (line) => (written += line) }));
  return written;
};

describe('log', () => {
  it('writes JSON lines with level and time', () => {
    const line = logged((log) =>
      log.child({ channel: 'web' }).info({ conversationId: 'c1', count: 2 }, 'stored'),
    );
    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-/),
      channel: 'web',
      conversationId: 'c1',
      count: 2,
      msg: 'stored',
    });
  });

  it('writes one readable line on a terminal', () => {
    const text = logged((log) => log.warn({ lease: 'telegram', n: 3 }, 'lost a lease'), true);
    expect(text).toMatch(/^\d\d:\d\d:\d\d WARN {2}lost a lease {2}lease=telegram n=3\n$/);
  });

  it('keeps out what residents write and what they are known by, even where it is passed', () => {
    const line = logged((log) =>
      log.info(
        {
          text: 'RAHASIA',
          inbound: { content: { kind: 'text', text: 'RAHASIA' }, address: { value: 'RAHASIA' } },
          list: [{ caption: 'RAHASIA' }],
          deep: { er: { and: { deeper: { and: { deepest: { text: 'RAHASIA' } } } } } },
          profileName: 'RAHASIA',
          bytes: Buffer.from('RAHASIA'),
          token: 'RAHASIA',
        },
        'seen',
      ),
    );
    expect(line).not.toContain('RAHASIA');
    expect(line).toContain('[kept out]');
  });

  it('keeps a zod error to its paths', () => {
    const error = z.object({ text: z.string().max(3) }).safeParse({ text: 'RAHASIA' }).error;
    const line = logged((log) => log.error({ err: error }, 'refused'));
    expect(line).not.toContain('RAHASIA');
    expect(JSON.parse(line)).toMatchObject({ err: { type: 'ZodError', paths: ['text: too_big'] } });
  });

  it('writes the stack, the code and the cause of an error', () => {
    const cause = Object.assign(new Error('no route'), { code: 'ENETUNREACH' });
    const line = logged((log) => log.error({ err: new Error('cannot send', { cause }) }, 'failed'));
    expect(JSON.parse(line)).toMatchObject({
      err: {
        type: 'Error',
        message: 'cannot send',
        stack: expect.stringContaining('at '),
        cause: { code: 'ENETUNREACH' },
      },
    });
  });
});

describeOnEachStore('log', (store) => {
  it.each([
    [`SELECT $1::int`, ['RAHASIA']],
    [`INSERT INTO secret VALUES ($1)`, ['RAHASIA']],
    [`INSERT INTO secret SELECT NULL, $1`, ['RAHASIA']],
    [`SELECT nowhere FROM secret WHERE a = $1`, ['RAHASIA']],
  ])('keeps out what the database says of values: %s', async (sql, params) => {
    const db = store.db();
    await db.query('DROP TABLE IF EXISTS secret; CREATE TABLE secret (a text PRIMARY KEY, b text)');
    await db.query('INSERT INTO secret VALUES ($1)', ['RAHASIA']);
    const error: unknown = await db.query(sql, params).catch((reason: unknown) => reason);
    const line = logged((log) => log.error({ err: error }, 'failed'));
    expect(line).not.toContain('RAHASIA');
    expect(JSON.parse(line)).toMatchObject({ err: { code: expect.stringMatching(/^\w{5}$/) } });
    await db.query('DROP TABLE secret');
  });
});
