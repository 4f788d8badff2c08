import { setImmediate as immediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundReady, SendResult } from '../../bots/channel.ts';
import type { ChannelHarness, SendFault } from './channel-harness.ts';
import { createRecordingSink, type RecordingSink } from './recording.ts';

/** Names of the tests below, so that a skip of one that is not there does not compile. */
export type ContractTest =
  | 'text in'
  | 'awkward text in'
  | 'press in'
  | 'edit in'
  | 'voice in'
  | 'media too large'
  | 'media gone'
  | 'yes only after the commit'
  | 'refused comes again'
  | 'duplicates'
  | 'order of an address'
  | 'text out'
  | 'choices out'
  | 'long label out'
  | 'quote of an unknown message'
  | 'venue out'
  | 'file out'
  | 'blocked'
  | 'busy'
  | 'broken'
  | 'refused'
  | 'answer lost'
  | 'dark while sending'
  | 'dark at the start'
  | 'stop'
  | 'silent log';

export type ContractSkip = { readonly reason: string; readonly tests: readonly ContractTest[] };

/**
 * What every channel owes the room, whatever its platform. A channel's own test calls this once:
 *
 * ```ts
 * describeChannel('telegram by polling', () => makeTelegramHarness('polling'));
 * describeChannel('whatsapp', makeWhatsappHarness, {
 *   skip: [{ reason: 'WhatsApp has no buttons here, choices are numbers in the text', tests: ['press in'] }],
 * });
 * ```
 *
 * A skip must say why the platform cannot, not why the code does not. `makeHarness` is called for every test.
 */
export const describeChannel = (
  name: string,
  makeHarness: () => Promise<ChannelHarness>,
  options: { skip?: readonly ContractSkip[] } = {},
): void => {
  const skipped = new Set<ContractTest>((options.skip ?? []).flatMap(({ tests }) => tests));

  describe(`channel contract: ${name}`, () => {
    let harness: ChannelHarness;
    let sink: RecordingSink;

    beforeEach(async () => {
      harness = await makeHarness();
      sink = createRecordingSink();
    });
    afterEach(async () => {
      harness.letTimePass();
      await harness.close();
    });

    let cases: { promise: string; run: () => Promise<void> }[] = [];

    // What a platform cannot do is no test here: a skipped test means that this machine could not run it.
    const check = (test: ContractTest, promise: string, run: () => Promise<void>): void => {
      if (!skipped.has(test)) cases.push({ promise, run });
    };

    const group = (name: string, define: () => void): void => {
      cases = [];
      define();
      const own = cases;
      if (own.length === 0) return;
      describe(name, () => {
        // oxlint-disable-next-line vitest/valid-title, vitest/expect-expect -- named and filled by the calls below
        for (const { promise, run } of own) it(promise, run);
      });
    };

    const start = (): Promise<void> => harness.channel.start(sink);
    const send = (message: OutboundReady, to: 0 | 1 = 0): Promise<SendResult> =>
      harness.channel.send(harness.people[to], message);
    const newest = (person: 0 | 1 = 0) => harness.platform.screen(person).at(-1)!;

    group('what comes in', () => {
      check('text in', 'hands in a text with its sender and its ids', async () => {
        await start();
        await harness.platform.say('Selamat pagi');
        const inbound = await sink.nthStored(1);
        expect(inbound.content).toEqual({ kind: 'text', text: 'Selamat pagi' });
        expect(inbound.address).toEqual(harness.people[0]);
        expect(inbound.author).toBe('resident');
        expect(inbound.messageRef).not.toBeNull();
        expect(harness.channel.health().state).toBe('connected');
      });

      check('awkward text in', 'makes any text storable and changes no more of it', async () => {
        await start();
        await harness.platform.say('a\u0000b \ud800 c');
        await harness.platform.say(`\u202Eterbalik\u202C ${'\u{1F62D}'.repeat(200)}`);
        await harness.platform.say('x'.repeat(4096));
        await sink.nthStored(3);
        const [first, second, third] = sink.stored.map(({ content }) =>
          content.kind === 'text' ? content.text : '',
        );
        expect(first).toMatch(/^ab .{1,3} c$/u);
        expect(first).not.toMatch(/\p{Surrogate}/u);
        expect(second).toBe(`\u202Eterbalik\u202C ${'\u{1F62D}'.repeat(200)}`);
        expect(third).toBe('x'.repeat(4096));
      });

      check('press in', 'hands in a pressed choice by its token', async () => {
        await start();
        await send(text('Kapan?', [choice('t-senin', 'Senin'), choice('t-rabu', 'Rabu')]));
        await harness.platform.press('Rabu');
        const { content } = await sink.nthStored(1);
        expect(content).toMatchObject({ kind: 'choice', token: 't-rabu' });
      });

      check('edit in', 'hands in an edit as an event of its own', async () => {
        await start();
        await harness.platform.say('jalan rusak');
        const original = await sink.nthStored(1);
        await harness.platform.edit(original.messageRef!, 'jalan rusak parah');
        const edit = await sink.nthStored(2);
        expect(edit.content).toEqual({
          kind: 'edit',
          messageRef: original.messageRef,
          text: 'jalan rusak parah',
        });
        expect(edit.externalId).not.toBe(original.externalId);
      });

      check('voice in', 'hands in a voice note as the first message ever, and fetches it', async () => {
        await start();
        const bytes = Uint8Array.from({ length: 3000 }, (_, index) => index % 251);
        await harness.platform.sendVoice(bytes);
        const { content } = await sink.nthStored(1);
        if (content.kind !== 'media') throw new Error(`a voice note came in as ${content.kind}`);
        expect(content.media.kind).toBe('voice');
        const fetched = await harness.channel.fetchMedia(content.media.ref!, 1_000_000);
        if (!fetched.ok) throw new Error(fetched.reason);
        expect(Buffer.from(fetched.bytes).equals(Buffer.from(bytes))).toBe(true);
      });

      check('media too large', 'does not fetch more than the room allows', async () => {
        await start();
        await harness.platform.sendVoice(new Uint8Array(3000));
        const { content } = await sink.nthStored(1);
        if (content.kind !== 'media') throw new Error(`a voice note came in as ${content.kind}`);
        expect(await harness.channel.fetchMedia(content.media.ref!, 2999)).toMatchObject({
          ok: false,
          outcome: 'too_large',
        });
      });

      check('media gone', 'says so when a file is no longer there', async () => {
        await start();
        await harness.platform.sendVoice(new Uint8Array(10));
        const { content } = await sink.nthStored(1);
        if (content.kind !== 'media') throw new Error(`a voice note came in as ${content.kind}`);
        await harness.platform.expireMedia();
        expect(await harness.channel.fetchMedia(content.media.ref!, 1000)).toMatchObject({
          ok: false,
          outcome: 'gone',
        });
      });
    });

    group('nothing is lost', () => {
      check('yes only after the commit', 'tells the platform yes only after the commit', async () => {
        const release = sink.hold();
        await start();
        await harness.platform.say('satu');
        await sink.nthCall(1);
        await chanceToHurry();
        expect(harness.platform.unacknowledged()).toBe(1);
        release();
        await harness.platform.acknowledged();
        expect(sink.stored).toHaveLength(1);
      });

      check('refused comes again', 'gets again what the room could not store', async () => {
        harness.letTimePass();
        sink.refuse(2);
        await start();
        await harness.platform.say('satu');
        const inbound = await sink.nthStored(1);
        await harness.platform.acknowledged();
        expect(inbound.content).toEqual({ kind: 'text', text: 'satu' });
        expect(new Set(sink.calls.map(({ externalId }) => externalId)).size).toBe(1);
      });

      check('duplicates', 'gives an event that is delivered twice one external id', async () => {
        await start();
        const delivered = await harness.platform.say('satu');
        await harness.platform.acknowledged();
        await harness.platform.again(delivered);
        await harness.platform.say('dua');
        await sink.nthStored(2);
        await harness.platform.acknowledged();
        expect(sink.stored.map(({ content }) => content)).toEqual([
          { kind: 'text', text: 'satu' },
          { kind: 'text', text: 'dua' },
        ]);
      });

      check(
        'order of an address',
        'hands in what one person writes in its order, one at a time',
        async () => {
          const release = sink.hold();
          await start();
          const words = ['satu', 'dua', 'tiga', 'empat', 'lima'];
          for (const word of words) await harness.platform.say(word);
          await sink.nthCall(1);
          await chanceToHurry();
          expect(sink.calls).toHaveLength(1);
          release();
          await sink.nthStored(words.length);
          expect(sink.stored.map(({ content }) => content.kind === 'text' && content.text)).toEqual(words);
        },
      );
    });

    group('what goes out', () => {
      check('text out', 'sends a text as it is and gives its ref', async () => {
        await start();
        const words =
          'Baris satu\n*bukan tebal* _bukan miring_ <b>bukan html</b> https://kupangkota.go.id \u{1F64F}';
        expect(await send(text(words))).toEqual({ ok: true, messageRef: newest().messageRef });
        expect(newest().text).toBe(words);
      });

      check('choices out', 'shows every choice in its order', async () => {
        await start();
        const labels = [
          '09.00 (sisa 2)',
          '09.30 (sisa 1)',
          '10.00 (sisa 2)',
          'Hari lain',
          'Kembali ke menu utama',
        ];
        const choices = labels.map((label, index) => choice(`t-${index}`, label));
        expect(await send(text('Pilih jam:', choices))).toMatchObject({ ok: true });
        expectLabels(labels);
      });

      check('long label out', 'cuts no label of sixty characters and no token of sixty bytes', async () => {
        await start();
        const label = 'Dinas Pemberdayaan Perempuan dan Perlindungan Anak Kupang 12';
        expect(await send(text('Kepada siapa?', [choice('t'.repeat(60), label)]))).toMatchObject({
          ok: true,
        });
        expectLabels([label]);
      });

      check('quote of an unknown message', 'sends a reply although what it quotes is gone', async () => {
        await start();
        expect(await send({ ...text('Baik.'), replyToRef: '987654' })).toMatchObject({ ok: true });
        expect(newest().text).toBe('Baik.');
      });

      check('venue out', 'sends a place with its name, address and position', async () => {
        await start();
        const place = { latitude: -10.1583, longitude: 123.6091 };
        const venue = {
          kind: 'venue',
          ...place,
          title: 'MPP Kota Kupang',
          address: 'Jl. Timor Raya 124',
        } as const;
        expect(await send(venue)).toMatchObject({ ok: true });
        expect(newest().text).toContain('MPP Kota Kupang');
        expect(newest().text).toContain('Jl. Timor Raya 124');
        expect(newest().place).toEqual(place);
      });

      check('file out', 'sends a file under its name, byte for byte', async () => {
        await start();
        const bytes = new TextEncoder().encode('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');
        const file = {
          kind: 'file',
          name: 'janji.ics',
          mime: 'text/calendar',
          bytes,
          caption: 'Janji Anda',
        } as const;
        expect(await send(file)).toMatchObject({ ok: true });
        expect(newest().file?.name).toBe('janji.ics');
        expect(Buffer.from(newest().file!.bytes).equals(Buffer.from(bytes))).toBe(true);
        expect(newest().text).toContain('Janji Anda');
      });

      const expectLabels = (labels: readonly string[]): void => {
        const shown = newest();
        if (harness.channel.capabilities.choices === 'buttons') expect(shown.buttons).toEqual(labels);
        else
          for (const [index, label] of labels.entries())
            expect(shown.text).toMatch(numbered(index + 1, label));
      };
    });

    group('what does not go out', () => {
      check('blocked', 'says that a person who blocked the room is unreachable', async () => {
        await start();
        await harness.platform.block(0);
        expect(await send(text('Halo'))).toMatchObject({ ok: false, outcome: 'unreachable' });
        expect(await send(text('Halo'), 1)).toMatchObject({ ok: true });
      });

      const fails = (test: ContractTest, promise: string, fault: SendFault, expected: object): void =>
        check(test, promise, async () => {
          await start();
          harness.platform.failNextSend(fault);
          expect(await send(text('Halo'))).toMatchObject({ ok: false, ...expected });
        });
      fails('busy', 'says when to try again', 'busy', { outcome: 'retry', retryAfterMs: 3000 });
      fails('broken', 'has it tried again after an error of the platform', 'broken', { outcome: 'retry' });
      fails('refused', 'has it never tried again when the platform refuses it', 'refused', {
        outcome: 'refused',
      });
      fails('answer lost', 'does not claim to know what became of it', 'answer_lost', { outcome: 'unknown' });

      check('dark while sending', 'has it tried again when nobody answers', async () => {
        await start();
        await harness.platform.goDark();
        expect(await send(text('Halo'))).toMatchObject({ ok: false, outcome: 'retry' });
        await harness.platform.comeBack();
        expect(await send(text('Halo lagi'))).toMatchObject({ ok: true });
      });
    });

    group('its life', () => {
      check(
        'dark at the start',
        'starts although nobody answers, and receives when the platform is back',
        async () => {
          await harness.platform.goDark();
          await start();
          expect(harness.channel.health().state).not.toBe('connected');
          await harness.platform.comeBack();
          harness.letTimePass();
          await harness.platform.say('akhirnya');
          expect((await sink.nthStored(1)).content).toEqual({ kind: 'text', text: 'akhirnya' });
        },
      );

      check('stop', 'stops once, after what is being stored', async () => {
        const release = sink.hold();
        await start();
        await harness.platform.say('satu');
        await sink.nthCall(1);
        let isStopped = false;
        const stopped = Promise.all([harness.channel.stop(), harness.channel.stop()]).finally(
          () => (isStopped = true),
        );
        await chanceToHurry();
        expect(isStopped).toBe(false);
        release();
        await stopped;
        await harness.channel.stop();
        expect(sink.stored).toHaveLength(1);
        expect(harness.channel.health().state).toBe('stopped');
      });

      check('silent log', 'logs nothing that anybody wrote, and no secret', async () => {
        harness.letTimePass();
        sink.refuse(1);
        await start();
        await harness.platform.say('RAHASIA saya dipukul');
        await sink.nthStored(1);
        for (const fault of ['busy', 'broken', 'refused', 'answer_lost'] as const) {
          harness.platform.failNextSend(fault);
          await send(text('RAHASIA jawaban', [choice('RAHASIA', 'RAHASIA')]));
        }
        await harness.platform.goDark();
        const result = await send(text('RAHASIA jawaban'));
        await harness.channel.stop();
        const everything = `${harness.log.text()} ${JSON.stringify(result)} ${JSON.stringify(harness.channel.health())}`;
        for (const word of ['RAHASIA', 'dipukul', ...harness.secrets]) expect(everything).not.toContain(word);
      });
    });
  });
};

/**
 * Turns of the loop in which a channel that does not wait would have gone ahead. A correct one passes however
 * few they are; a wrong one is caught because everything here runs in this process.
 */
const chanceToHurry = async (): Promise<void> => {
  for (let turn = 0; turn < 100; turn += 1) await immediate();
};

const choice = (token: string, label: string) => ({ token, label });

const text = (words: string, choices: { token: string; label: string }[] = []) =>
  ({ kind: 'text', text: words, choices, replyToRef: null }) as const;

const numbered = (number: number, label: string): RegExp =>
  new RegExp(`${number}\\W{1,3}${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
