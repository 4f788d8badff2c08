import { describe, expect, it } from 'vitest';
import { compose } from '../../../src/conversation/compose.ts';
import { retryDelayMs } from '../../../src/conversation/deliver.ts';
import { defaultRoom } from '../../../src/domain/room.ts';

const t = (key: string) => `<${key}>`;
const base = { promptId: 4, room: defaultRoom, t };

describe('what flows say, as messages', () => {
  it('makes one message of texts that follow one another, with the question and its buttons last', () => {
    const messages = compose({
      ...base,
      says: [
        { kind: 'text', text: 'satu' },
        { kind: 'text', text: 'dua', commands: ['status'] },
      ],
      prompt: { text: 'Hari apa?', choices: [{ id: 'x', label: 'Senin' }] },
    });
    expect(messages).toEqual([
      {
        kind: 'text',
        text: 'satu\n\ndua\n\nHari apa?',
        choices: [{ token: 'p4.0', label: 'Senin' }],
        replyToRef: null,
      },
    ]);
  });

  it('keeps places and files apart, in their order', () => {
    const messages = compose({
      ...base,
      says: [
        { kind: 'text', text: 'Tercatat', commands: ['curhat'] },
        { kind: 'venue' },
        { kind: 'file', name: 'a.ics', mime: 'text/calendar', text: 'BEGIN' },
        { kind: 'text', text: 'Sampai jumpa' },
      ],
      prompt: null,
    });
    expect(messages.map((message) => message.kind)).toEqual(['text', 'venue', 'file', 'text']);
    expect(messages[0]).toMatchObject({ choices: [{ token: 'c.curhat', label: '<command-curhat>' }] });
    expect(messages[1]).toMatchObject({ address: 'Jl. Timor Raya No. 124, Kota Kupang' });
  });

  it('says nothing when there is nothing to say', () => {
    expect(compose({ ...base, says: [], prompt: null })).toEqual([]);
  });
});

describe('attempts at sending', () => {
  it('come at growing intervals of at most two hours', () => {
    const delays = Array.from({ length: 16 }, (_, attempts) => retryDelayMs(attempts));
    expect(delays.slice(0, 3)).toEqual([2_000, 4_000, 8_000]);
    expect(delays.every((delay, at) => at === 0 || delay >= (delays[at - 1] ?? 0))).toBe(true);
    expect(delays.at(-1)).toBe(7_200_000);
  });
});
