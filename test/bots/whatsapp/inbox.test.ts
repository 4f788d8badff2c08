import { afterEach, describe, expect, it } from 'vitest';
import { createInbox, type Inbox } from '../../../bots/whatsapp/inbox.ts';
import { parseRawMessage } from '../../../bots/whatsapp/raw-message.ts';
import type { Inbound } from '../../../src/domain/message.ts';
import { createHeldClock, type HeldClock } from '../held-clock.ts';
import { createRecordingLog, createRecordingSink, type RecordingSink } from '../recording.ts';

const ana = '6281234567890';
const budi = '6281111111111';

let inbox: Inbox;
let sink: RecordingSink;
let clock: HeldClock;
let count = 0;

function open(): void {
  clock = createHeldClock();
  sink = createRecordingSink();
  inbox = createInbox({
    sink,
    clock,
    log: createRecordingLog(),
    me: () => [],
    aliasesOf: () => Promise.resolve([]),
    isOurSend: () => Promise.resolve(false),
    isOurOldSend: () => Promise.resolve(false),
    markSeen: () => undefined,
    onResident: () => undefined,
  });
}
afterEach(async () => {
  inbox.stop();
  await inbox.drain();
});

function writes(number: string, body: string): void {
  count += 1;
  const remote = `${number}@c.us`;
  const id = { fromMe: false, remote, id: `M${count}`, _serialized: `false_${remote}_M${count}` };
  const raw = parseRawMessage({
    id,
    type: 'chat',
    body,
    t: Math.floor(clock.now().getTime() / 1000),
    from: remote,
  });
  if (!raw) throw new Error('not a message');
  inbox.message(raw);
}
const textOf = ({ content }: Inbound) => (content.kind === 'text' ? content.text : content.kind);
const storedOf = (number: string) =>
  sink.stored.filter(({ address }) => address.value === number).map(textOf);
const isPoison = (inbound: Inbound) => textOf(inbound) === 'racun';
/** How often the bad one was tried so far. */
const tries = () => sink.calls.filter(isPoison).length;

describe('a message that cannot be stored', () => {
  it('does not block its sender: what comes behind it is taken in, and it is asked for again at last', async () => {
    open();
    sink.refuse(Infinity, isPoison);
    writes(ana, 'racun');
    await sink.nthCall(1);
    writes(ana, 'tolong saya');
    for (const soFar of [2, 3]) {
      await expect.poll(tries).toBe(soFar);
      expect(storedOf(ana)).toEqual([]);
      await clock.passSleep();
    }
    await expect.poll(() => storedOf(ana)).toEqual(['tolong saya']);
    // Her further words come through at once, and each shows that the store is well.
    for (let n = 1; n <= 4; n += 1) {
      writes(ana, `kata ${n}`);
      await expect.poll(() => storedOf(ana)).toContain(`kata ${n}`);
    }
    writes(ana, 'terakhir');
    await expect.poll(() => storedOf(ana).slice(-2).toSorted()).toEqual(['terakhir', 'unsupported']);
    await inbox.drain();
  });

  it('keeps its turn while nothing at all is stored', async () => {
    open();
    sink.refuse(12);
    for (const text of ['satu', 'dua', 'tiga']) writes(ana, text);
    writes(budi, 'lain');
    clock.runFreely();
    await inbox.drain();
    expect(storedOf(ana)).toEqual(['satu', 'dua', 'tiga']);
    expect(storedOf(budi)).toEqual(['lain']);
  });

  it('is left to catching up when the channel stops', async () => {
    open();
    sink.refuse(Infinity);
    writes(ana, 'nanti');
    await sink.nthCall(1);
    inbox.stop();
    await inbox.drain();
    expect(sink.stored).toEqual([]);
  });
});
