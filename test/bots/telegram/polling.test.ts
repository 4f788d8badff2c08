import { afterEach, describe, expect, it } from 'vitest';
import type { TelegramOptions } from '../../../bots/telegram/telegram-channel.ts';
import { createRecordingSink, type RecordingSink } from '../recording.ts';
import { makeTelegramHarness, type TelegramHarness } from './telegram-harness.ts';
import { contents } from './update-fixtures.ts';

let harness: TelegramHarness;
let sink: RecordingSink;

const setUp = async (options: Partial<TelegramOptions> = {}): Promise<void> => {
  harness = await makeTelegramHarness('polling', options);
  sink = createRecordingSink();
};
const start = (): Promise<void> => harness.channel.start(sink);
const textsStored = (): unknown[] =>
  sink.stored.map(({ content }) => ('text' in content ? content.text : content.kind));

afterEach(async () => {
  harness.letTimePass();
  await harness.close();
});

describe('telegram polling', () => {
  it('stores the chats of a batch side by side, and what one chat wrote one by one', async () => {
    await setUp();
    const [maria, yohanes] = harness.residents;
    await maria.says('satu');
    await maria.says('dua');
    await yohanes.says('hai');
    const release = sink.hold();
    await start();
    await sink.nthCall(2);
    expect(sink.calls.map(({ content }) => 'text' in content && content.text)).toEqual(['satu', 'hai']);
    release();
    await harness.tg.allConfirmed();
    expect(textsStored()).toHaveLength(3);
  });

  it('asks only for what it reads', async () => {
    await setUp();
    await start();
    const { payload } = await harness.tg.nthCall('getUpdates');
    expect(payload.allowed_updates).toEqual([
      'message',
      'edited_message',
      'callback_query',
      'my_chat_member',
    ]);
  });

  it('takes over from a webhook without dropping what waits', async () => {
    await setUp();
    await harness.residents[0].says('sudah menunggu');
    await start();
    await sink.nthStored(1);
    expect(harness.tg.callsOf('deleteWebhook')[0]?.payload.drop_pending_updates).not.toBe(true);
  });

  it('puts updates that come out of order into the order of their ids', async () => {
    await setUp();
    const { tg, residents } = harness;
    const message = { from: { id: residents[0].id, is_bot: false, first_name: 'M' }, date: 1_795_568_400 };
    const chat = { id: residents[0].id, type: 'private' };
    tg.push({ update_id: 5002, message: { message_id: 2, chat, text: 'dua', ...message } });
    tg.push({ update_id: 5001, message: { message_id: 1, chat, text: 'satu', ...message } });
    await start();
    await tg.allConfirmed();
    expect(textsStored()).toEqual(['satu', 'dua']);
  });

  it('confirms what is no word of a resident, and tells the room nothing of it', async () => {
    await setUp();
    const { tg } = harness;
    tg.push({ message: { message_id: 1, chat: { id: -5, type: 'group' }, date: 1, text: 'ramai' } });
    tg.push({ message: 'rusak' });
    await harness.residents[0].sends({ pinned_message: {} });
    await harness.residents[0].sends(contents.sticker);
    await start();
    await tg.allConfirmed();
    expect(sink.calls.map(({ content }) => content.kind)).toEqual(['media']);
  });

  it('hands the officers’ group to its own reader', async () => {
    const seen: unknown[] = [];
    await setUp({ officerChatId: '-77' });
    const chat = { id: -77, type: 'supergroup' };
    harness.tg.push({ message: { message_id: 1, chat, date: 1, text: 'ambil' } });
    harness.tg.push({ message: { message_id: 2, chat, date: 'kapan', text: 7, photo: 'x' } });
    harness.tg.push({ message: { message_id: 3, chat: { ...chat, id: -78 }, date: 1, text: 'lain' } });
    await harness.channel.start({ ...sink, group: async (event) => void seen.push(event) });
    await harness.tg.allConfirmed();
    expect(seen).toEqual([
      {
        kind: 'message',
        key: 'm-77.1',
        from: null,
        threadRef: null,
        postRef: '1',
        replyToRef: null,
        content: { kind: 'text', text: 'ambil' },
      },
    ]);
    expect(sink.calls).toEqual([]);
  });

  it('stops the spinner on a pressed button after it is stored, and does not mind if it cannot', async () => {
    await setUp();
    await start();
    harness.tg.fail('answerCallbackQuery', {
      kind: 'error',
      status: 400,
      description: 'Bad Request: query is too old',
    });
    const release = sink.hold();
    const update = await harness.residents[0].pressesToken('t-senin');
    await sink.nthCall(1);
    expect(harness.tg.callsOf('answerCallbackQuery')).toEqual([]);
    release();
    const next = await harness.residents[0].pressesToken('t-rabu');
    const call = await harness.tg.nthCall('answerCallbackQuery', 1);
    expect([update, next].map((each) => each.callback_query?.id)).toContain(call.payload.callback_query_id);
    expect(harness.channel.health().state).toBe('connected');
  });

  it('lists its commands in both languages, and starts without if it must', async () => {
    await setUp();
    harness.tg.fail('setMyCommands', { kind: 'error', status: 500 });
    await start();
    expect(harness.channel.health().state).toBe('connected');
    await harness.close();

    await setUp();
    await start();
    await harness.tg.nthCall('setMyCommands', 2);
    const calls = harness.tg.callsOf('setMyCommands');
    expect(calls.map(({ payload }) => payload.language_code)).toEqual([undefined, 'en']);
  });

  describe('what cannot be stored', () => {
    it('waits longer and longer while the store is down, and loses nothing however long that is', async () => {
      await setUp();
      sink.refuse(40);
      await harness.residents[0].says('satu');
      await harness.residents[1].says('hai');
      await start();
      const waits = [
        await harness.clock.passSleep(),
        await harness.clock.passSleep(),
        await harness.clock.passSleep(),
      ];
      expect(waits).toEqual([250, 500, 1000]);
      expect(harness.channel.health().state).toBe('stuck');
      harness.letTimePass();
      await harness.tg.allConfirmed();
      expect(new Set(textsStored())).toEqual(new Set(['hai', 'satu']));
      expect(sink.stored).toHaveLength(2);
    });

    it('stores an update that alone is refused without its content, and what followed it in order', async () => {
      await setUp();
      harness.letTimePass();
      const [maria, yohanes] = harness.residents;
      sink.refuse(Infinity, ({ content }) => content.kind === 'text' && content.text === 'racun');
      await maria.says('racun');
      await maria.says('sesudahnya');
      await yohanes.says('hai');
      await start();
      await harness.tg.allConfirmed();
      const ofMaria = sink.stored.filter(({ address }) => address.value === String(maria.id));
      expect(ofMaria.map(({ content }) => content)).toEqual([
        { kind: 'unsupported', what: 'unreadable' },
        { kind: 'text', text: 'sesudahnya' },
      ]);
      expect(textsStored()).toContain('hai');
    });

    it('lets go of one that is refused in every form, so that the others are heard', async () => {
      await setUp();
      harness.letTimePass();
      const [maria, yohanes] = harness.residents;
      sink.refuse(Infinity, ({ address }) => address.value === String(maria.id));
      const { update_id: updateId } = await maria.says('racun');
      await yohanes.says('hai');
      await start();
      await harness.tg.allConfirmed();
      expect(textsStored()).toEqual(['hai']);
      expect(harness.log.text()).toContain(`"updateId":${updateId},"verdict":"give_up"`);
    });

    it('holds one that is refused while nothing else is stored', async () => {
      await setUp();
      sink.refuse(30);
      await harness.residents[0].says('sendiri');
      await start();
      for (let round = 0; round < 29; round += 1) await harness.clock.passSleep();
      expect(harness.tg.pendingUpdates()).toHaveLength(1);
      await harness.clock.passSleep();
      expect((await sink.nthStored(1)).content).toEqual({ kind: 'text', text: 'sendiri' });
    });
  });

  describe('trouble with Telegram', () => {
    it('says once that nobody answers, and waits longer and longer', async () => {
      await setUp();
      await harness.platform.goDark();
      await start();
      const waits: number[] = [];
      for (let round = 0; round < 7; round += 1) waits.push(await harness.clock.passSleep());
      expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
      expect(harness.log.lines.map(({ level, message }) => [level, message])).toEqual([
        [
          'warn',
          'telegram: Telegram cannot be reached, trying again: the Bot API could not be reached (ECONNREFUSED)',
        ],
      ]);
    });

    it('tells the operator when the token is wrong', async () => {
      await setUp({ token: '123:WRONG' });
      await start();
      expect(harness.channel.health()).toMatchObject({ state: 'stuck' });
      expect(harness.channel.health().detail).toContain('TELEGRAM_BOT_TOKEN');
      expect(harness.log.text()).not.toContain('WRONG');
    });

    it('waits while another program receives with the token', async () => {
      await setUp();
      harness.tg.fail('getUpdates', {
        kind: 'error',
        status: 409,
        description: 'Conflict: terminated by other getUpdates request',
      });
      await start();
      await harness.tg.nthCall('getMe', 1);
      await harness.clock.passSleep();
      await harness.residents[0].says('halo');
      await sink.nthStored(1);
      expect(harness.channel.health().state).toBe('connected');
      expect(harness.log.text()).toContain('another program is receiving with this token');
    });

    it('waits as long as Telegram says', async () => {
      await setUp();
      harness.tg.fail('getUpdates', { kind: 'too_many', retryAfter: 7 });
      await start();
      expect(await harness.clock.passSleep()).toBe(7000);
    });

    it.each([
      ['a page instead of an answer', { kind: 'page', status: 502 }],
      ['a broken connection', { kind: 'drop_before' }],
      ['an answer that got lost', { kind: 'drop_after' }],
    ] as const)('goes on after %s', async (_name, fault) => {
      await setUp();
      harness.letTimePass();
      await harness.residents[0].says('halo');
      harness.tg.fail('getUpdates', fault, { times: 3 });
      await start();
      await harness.tg.allConfirmed();
      expect(textsStored()).toEqual(['halo']);
    });
  });

  describe('stop', () => {
    it('confirms what was stored', async () => {
      await setUp();
      await start();
      const release = sink.hold();
      await harness.residents[0].says('satu');
      await sink.nthCall(1);
      const stopped = harness.channel.stop();
      release();
      await stopped;
      expect(harness.tg.pendingUpdates()).toEqual([]);
    });

    it('leaves at Telegram what it had not begun to store', async () => {
      await setUp();
      await harness.residents[0].says('satu');
      await harness.residents[0].says('dua');
      const release = sink.hold();
      await start();
      await sink.nthCall(1);
      const stopped = harness.channel.stop();
      release();
      await stopped;
      expect(textsStored()).toEqual(['satu']);
      expect(harness.tg.pendingUpdates().map(({ message }) => message?.text)).toEqual(['dua']);
    });

    it('does not wait for a poll, a back-off or Telegram', async () => {
      await setUp();
      await harness.platform.goDark();
      await start();
      await harness.channel.stop();
      expect(harness.channel.health().state).toBe('stopped');
    });
  });
});
