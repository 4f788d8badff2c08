import { describe, expect, it } from 'vitest';
import { gather } from '../../../src/store/gather.ts';

/** Batches that end when told to. */
function heldBatches() {
  const batches: {
    batch: readonly number[];
    end: (outs?: number[]) => void;
    fail: (error: Error) => void;
  }[] = [];
  const ask = gather<number, number>(
    (batch) =>
      new Promise((resolve, reject) => {
        batches.push({ batch, end: (outs) => resolve(outs ?? batch.map((one) => one * 10)), fail: reject });
      }),
  );
  const settled = () => new Promise<void>((done) => void setImmediate(done));
  return { ask, batches, settled };
}

describe('gather', () => {
  it('writes at once what comes alone, and together what comes meanwhile, in order', async () => {
    const { ask, batches, settled } = heldBatches();
    const asked = [ask(1), ask(2), ask(3)];
    expect(batches.map(({ batch }) => batch)).toEqual([[1]]);
    batches[0]?.end();
    await settled();
    expect(batches.map(({ batch }) => batch)).toEqual([[1], [2, 3]]);
    batches[1]?.end();
    expect(await Promise.all(asked)).toEqual([10, 20, 30]);
  });

  it('tells what is wrong with one to its caller alone', async () => {
    const ask = gather<number, number>(async (batch) => {
      if (batch.includes(2)) throw new Error('2 is wrong');
      return batch.map((one) => one * 10);
    });
    const asked = await Promise.allSettled([ask(1), ask(2), ask(3), ask(4)]);
    expect(
      asked.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message)),
    ).toEqual([10, '2 is wrong', 30, 40]);
    expect(await ask(5)).toBe(50);
  });

  it('holds no batch larger than a hundred', async () => {
    const sizes: number[] = [];
    const ask = gather<number, number>(async (batch) => {
      sizes.push(batch.length);
      return [...batch];
    });
    const all = Array.from({ length: 251 }, (_, at) => at);
    expect(await Promise.all(all.map(ask))).toEqual(all);
    expect(sizes).toEqual([1, 100, 100, 50]);
  });

  it('fails every caller when the answers do not match the questions', async () => {
    const { ask, batches, settled } = heldBatches();
    const asked = ask(1);
    batches[0]?.end([]);
    await expect(asked).rejects.toThrow('as many answers');
    await settled();
    const again = ask(2);
    batches[1]?.end();
    expect(await again).toBe(20);
  });
});
