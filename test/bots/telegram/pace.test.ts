import { describe, expect, it } from 'vitest';
import { createPace, type PaceOptions } from '../../../bots/telegram/pace.ts';
import { createHeldClock } from '../held-clock.ts';

const options: PaceOptions = { perSecond: 20, bulkPerSecond: 10, perChatPerSecond: 1, perChatBurst: 3 };

/** Takes for each chat in turn while every sleep ends at once, and says when each could leave. */
const leaveTimes = async (
  chats: string[],
  { heard = [] as string[], pace = options } = {},
): Promise<number[]> => {
  const clock = createHeldClock(new Date(0));
  clock.runFreely();
  const subject = createPace(clock, pace);
  for (const chat of heard) subject.heard(chat);
  const times: number[] = [];
  for (const chat of chats) {
    await subject.take(chat);
    times.push(clock.now().getTime());
  }
  return times;
};

describe('createPace', () => {
  it('lets a short burst to one chat leave at once, then one a second', async () => {
    expect(await leaveTimes(Array(6).fill('a'), { heard: ['a'] })).toEqual([0, 0, 0, 1000, 2000, 3000]);
  });

  it('lets a second of messages to different chats leave at once, then keeps the rate', async () => {
    const chats = Array.from({ length: 40 }, (_, index) => `c${index}`);
    const times = await leaveTimes(chats, { heard: chats });
    expect(times.slice(0, 20)).toEqual(Array(20).fill(0));
    expect(times.at(-1)).toBe(1000);
  });

  it('sends what nobody waits for more slowly, and never before an answer', async () => {
    const clock = createHeldClock(new Date(0));
    const pace = createPace(clock, options);
    const left: string[] = [];
    const bulk = Array.from({ length: 30 }, (_, index) =>
      pace.take(`reminder${index}`).then(() => left.push('reminder')),
    );
    await Promise.all(bulk.slice(0, 10));
    pace.heard('resident');
    await pace.take('resident');
    left.push('answer');
    expect(left).toEqual([...Array<string>(10).fill('reminder'), 'answer']);
    clock.runFreely();
    await Promise.all(bulk);
    expect(clock.now().getTime()).toBe(2000);
  });

  it('counts an answer as one for a minute', async () => {
    const clock = createHeldClock(new Date(0));
    const pace = createPace(clock, { ...options, bulkPerSecond: 1 });
    pace.heard('a');
    await pace.take('b');
    clock.advance(59_999);
    await pace.take('a');
    expect(clock.now().getTime()).toBe(59_999);
  });

  it('can be switched off', async () => {
    const off = { perSecond: Infinity, bulkPerSecond: Infinity, perChatPerSecond: Infinity, perChatBurst: 1 };
    expect(await leaveTimes(Array(1000).fill('a'), { pace: off })).toEqual(Array(1000).fill(0));
  });

  it('holds one chat when one is refused, and everybody when two are', () => {
    const clock = createHeldClock(new Date(0));
    const pace = createPace(clock, options);
    pace.hold('a', 5000);
    expect([pace.heldForMs('a'), pace.heldForMs('b'), pace.heldForMs('c')]).toEqual([5000, 0, 0]);
    pace.hold('b', 3000);
    expect([pace.heldForMs('a'), pace.heldForMs('b'), pace.heldForMs('c')]).toEqual([5000, 3000, 3000]);
    clock.advance(5000);
    expect([pace.heldForMs('a'), pace.heldForMs('b'), pace.heldForMs('c')]).toEqual([0, 0, 0]);
  });
});
