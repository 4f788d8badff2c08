import { expect, it } from 'vitest';
import { OperatorError } from '../../../src/ops/operator-error.ts';
import { assertKeysFit, keepKeyMarks } from '../../../src/store/key-marks.ts';
import { parseKeyRing } from '../../../src/store/key-ring.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const now = new Date('2026-11-24T02:00:00Z');
const bytes = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const [a, b] = [`a:${bytes(1)}`, `b:${bytes(2)}`];

describeOnEachStore('the keys that a database was written with', (store) => {
  const start = (...keys: string[]) => keepKeyMarks(store.db(), parseKeyRing(keys.join(','), 'it'), now);
  const look = (...keys: string[]) => assertKeysFit(store.db(), parseKeyRing(keys.join(','), 'it'));

  it('are known again, and may get a new one in front', async () => {
    await Promise.all([start(a), start(a)]);
    await start(b, a);
    await start(b, a);
  });

  it('are refused with another last key, and nothing of it stays', async () => {
    await start(a);
    for (const wrong of [[a, b], [b]]) {
      for (const run of [start, look]) {
        const refused = run(...wrong);
        await expect(refused).rejects.toThrow(OperatorError);
        await expect(refused).rejects.toThrow(/last key .* is not the one that this database was made with/);
      }
    }
    await start(a);
    await look(a);
  });

  it('are not settled by a command that only looks', async () => {
    await look(b);
    await start(a);
  });

  it('are refused when one that has sealed is away, or is another under its name', async () => {
    await start(a);
    await start(b, a);
    await expect(start(a)).rejects.toThrow(/encrypted with the key "b"/);
    await expect(start(`b:${bytes(3)}`, a)).rejects.toThrow(/encrypted with the key "b"/);
    await start(`c:${bytes(3)}`, b, a);
  });

  it('are kept as marks that tell no key', async () => {
    await start(b, a);
    const { rows } = await store.db().query<{ value: unknown }>(`SELECT value FROM setting`);
    const kept = JSON.stringify(rows);
    for (const fill of [1, 2]) {
      expect(kept).not.toContain(bytes(fill).slice(0, 12));
      expect(kept).not.toContain(Buffer.alloc(32, fill).toString('hex').slice(0, 12));
    }
  });
});
