import { expect, it } from 'vitest';
import { eraseResident } from '../../../src/actions/erase-resident.ts';
import { loadRoomFacts } from '../../../src/store/room-facts.ts';
import type { Resident } from '../../support/resident.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { openGroupRoom } from './group-room.ts';
import type { GroupRoom } from './group-room.ts';

const chatId = -100500;

describeOnEachStore('when the group is in trouble', (store) => {
  const open = async () => {
    const at = await openGroupRoom(store);
    const ana = await at.officer('Ana');
    const warga = await at.room.resident().agrees();
    await warga.says('/petugas');
    await at.settles();
    await ana.presses('Ambil');
    await at.settles();
    return { at, ana, warga };
  };
  /** Words of the resident in the order in which they stand in the group. */
  const shownOf = (at: GroupRoom, pattern: RegExp): string[] =>
    at.group.received.flatMap(({ text }) => text.match(pattern) ?? []);
  /** Without waiting for what follows: the platform may hang. */
  const writes = (at: GroupRoom, warga: Resident, text: string) =>
    at.room.telegram.receive(warga.inbound({ kind: 'text', text }));

  it('obeys a 429 for as long as it says, and loses nothing', async () => {
    const { at, warga } = await open();
    at.tg.fail('sendMessage', { kind: 'too_many', retryAfter: 30 }, { chatId });
    await warga.says('kata pertama');
    await warga.says('kata kedua');
    await at.settles();
    const calls = () =>
      at.tg.callsOf('sendMessage').filter((call) => Number(call.payload['chat_id']) === chatId).length;
    const tried = calls();
    await at.passes(10);
    await at.passes(10);
    expect(calls()).toBe(tried);
    await at.passes(15);
    expect(shownOf(at, /kata \w+/g)).toEqual(['kata pertama', 'kata kedua']);
  });

  it('danger gets its card while a burst has used up the pace', async () => {
    const { at, warga } = await open();
    for (let n = 1; n <= 14; n += 1) {
      await writes(at, warga, `pesan nomor ${n}.`);
      await at.settles();
    }
    expect(at.group.asText()).not.toMatch(/nomor 14/);
    const other = await at.room.resident().agrees();
    await other.says('suami saya pukul saya, tolong');
    await at.settles();
    expect(at.group.topics.some((topic) => topic.name.startsWith('🔴'))).toBe(true);
  });

  it('a burst arrives whole and in order, within 20 a minute, several messages a post', async () => {
    const { at, warga } = await open();
    const before = at.group.received.length;
    for (let n = 1; n <= 60; n += 1) {
      await writes(at, warga, `pesan nomor ${n}.`);
      if (n % 10 === 0) await at.settles();
    }
    await at.catchesUp();
    expect(shownOf(at, /nomor \d+\./g)).toEqual(Array.from({ length: 60 }, (_, n) => `nomor ${n + 1}.`));
    expect(at.group.received.length - before).toBeLessThan(20);
    // Telegram had no reason to say 429.
    expect(at.group.refusals()).toBe(0);
  });

  it('without topics each chat is a card in the group itself, said once, and topics are used when there are some', async () => {
    const at = await openGroupRoom(store);
    at.group.allow({ isForum: false });
    const ana = await at.officer('Ana');
    const [satu, dua] = [await at.room.resident().agrees(), await at.room.resident().agrees()];
    await satu.says('/petugas');
    await dua.says('/petugas');
    await at.settles();
    await at.passes(6);
    const notices = () => at.group.general().filter(({ text }) => /belum bisa membuat topik/.test(text));
    expect(notices()).toHaveLength(1);
    expect(at.room.app.channels.get('telegram')?.health().detail).toMatch(/turn on "Topics"/);
    const cards = at.group.general().filter(({ text }) => /Di meja/.test(text));
    expect(cards).toHaveLength(2);
    const tries = at.tg.callsOf('createForumTopic').length;

    // The card is claimed by a reply, and what the resident says hangs on it, with who it is.
    const [first] = cards;
    await ana.says('/ambil', { replyTo: first! });
    await at.settles();
    const label = /Warga [0-9A-F]{4}/.exec(first?.text ?? '')?.[0] ?? '';
    await satu.says('halo dari satu');
    await dua.says('halo dari dua');
    await at.settles();
    const shown = at.group.general().at(-1);
    expect(shown?.text).toBe(`${label}: halo dari satu`);
    expect(shown?.payload['reply_parameters']).toMatchObject({ message_id: first?.messageId });
    satu.looksAway();
    await ana.says('Halo juga', { replyTo: shown! });
    await ana.says('Ini untuk rekan saja');
    await at.settles();
    satu.sees(/^Halo juga$/);
    satu.seesNoneOf(/rekan/);
    dua.seesNoneOf(/Halo juga/);
    await at.room.restarts();
    expect(at.tg.callsOf('createForumTopic')).toHaveLength(tries);
    expect(notices()).toHaveLength(1);

    at.group.allow({ isForum: true });
    await at.passes(6 * 3600 + 1);
    await at.catchesUp();
    expect(at.group.topics).toHaveLength(2);
    expect(at.group.topics.map(({ threadId }) => at.group.textsIn(threadId)[0])).toEqual(
      expect.arrayContaining([expect.stringMatching(/Dipegang Ana/), expect.stringMatching(/Menunggu/)]),
    );
    await at.passes(5);
    expect(at.room.app.channels.get('telegram')?.health().detail).not.toMatch(/Topics/);
  });

  it('falls back when the right to make topics is missing, and goes on when it is taken away later', async () => {
    const { at, ana, warga } = await open();
    at.group.allow({ canManageTopics: false });
    await warga.says('masih di topik lama');
    await at.settles();
    expect(at.group.textsIn(/Ana/).at(-1)).toBe('Warga: masih di topik lama');
    const other = await at.room.resident().agrees();
    await other.says('/petugas');
    await at.settles();
    expect(at.group.general().some(({ text }) => /Di meja/.test(text))).toBe(true);
    await ana.says('/selesai', { topic: /Ana/ });
    await at.settles();
    expect(await at.room.rows(`SELECT 1 FROM handoff_topic WHERE closed_at IS NULL`)).toHaveLength(1);
  });

  it('a topic that a person removed or closed comes back', async () => {
    const { at, ana, warga } = await open();
    at.group.removesTopic(at.group.topic(/Ana/).threadId);
    await warga.says('masih ada orang?');
    await at.settles();
    expect(at.group.textsIn(/Ana/)).toEqual([
      expect.stringMatching(/Dipegang Ana/),
      'Warga: masih ada orang?',
    ]);
    at.group.closesTopic(at.group.topic(/Ana/).threadId);
    warga.looksAway();
    await ana.says('Ada', { topic: /Ana/ });
    await at.settles();
    warga.sees(/^Ada$/);
  });

  it('a card that a person removed comes back with the next change', async () => {
    const { at, ana } = await open();
    const card = at.group.postsIn(/Ana/)[0];
    (at.group.received as unknown[]).splice(at.group.received.indexOf(card!), 1);
    await ana.says('/selesai', { topic: /Ana/ });
    await at.settles();
    expect(at.group.received.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^✅ Selesai oleh Ana/),
    );
  });

  it('an answer that got lost is at most a repeat', async () => {
    const { at, warga } = await open();
    at.tg.fail('sendMessage', { kind: 'drop_after' }, { chatId });
    await warga.says('kata pertama');
    await warga.says('kata kedua');
    await at.settles();
    await at.passes(5);
    await at.catchesUp();
    expect(shownOf(at, /kata \w+/g)).toEqual(['kata pertama', 'kata pertama', 'kata kedua']);
  });

  it('a process that dies between the post and the commit leaves at most a repeat', async () => {
    const { at, warga } = await open();
    let release = (): void => undefined;
    at.tg.fail(
      'sendMessage',
      { kind: 'slow', release: new Promise<void>((done) => (release = done)) },
      { chatId },
    );
    const posted = new Promise<void>((done) =>
      at.tg.onSent((_chat, message) => message.text.includes('kata pertama') && done()),
    );
    await writes(at, warga, 'kata pertama');
    await posted;
    await writes(at, warga, 'kata kedua');
    await at.room.restarts({ killed: true });
    await at.passes(61);
    await at.catchesUp();
    const shown = shownOf(at, /kata \w+/g);
    expect(shown.filter((text) => text === 'kata kedua')).toHaveLength(1);
    expect(shown.filter((text) => text === 'kata pertama').length).toBeLessThanOrEqual(2);
    release();
  });

  it('what officers and residents wrote while nobody ran is there after a start, once', async () => {
    const { at, ana, warga } = await open();
    await at.room.app.stop();
    await ana.says('Balasan sewaktu mati', { topic: /Ana/ });
    warga.looksAway();
    await at.room.restarts({ killed: true });
    await at.settles();
    expect(warga.news().filter((text) => text === 'Balasan sewaktu mati')).toHaveLength(1);
  });

  it('the same update twice is one word, one note and one claim; looking again changes nothing', async () => {
    const { at, ana, warga } = await open();
    warga.looksAway();
    const updates = [
      await ana.says('Satu kali saja', { topic: /Ana/ }),
      await ana.says('// catatan sekali', { topic: /Ana/ }),
      await ana.sendsFile('photo', new Uint8Array([5]), {}, { topic: /Ana/ }),
    ];
    await at.settles();
    const files = () => at.room.rows(`SELECT 1 FROM message WHERE kind = 'file'`);
    for (const update of updates) at.tg.pushAgain(update);
    await at.settles();
    expect(warga.news()).toEqual(['Satu kali saja', '(file)']);
    expect(await at.room.rows(`SELECT 1 FROM note`)).toHaveLength(1);
    expect(await files()).toHaveLength(1);
    await at.catchesUp();
    const before = [at.tg.calls.length, at.group.asText()];
    await Promise.all([at.room.app.officerGroup.look(), at.room.app.officerGroup.look()]);
    await at.passes(5);
    expect([at.tg.calls.length, at.group.asText()]).toEqual(before);
  });

  it('two processes with the group post everything once', async () => {
    const { at, warga } = await open();
    const first = at.room.app;
    await at.room.restarts({ killed: true });
    await warga.says('satu kali');
    await Promise.all([first.officerGroup.look(), at.room.app.officerGroup.look()]);
    await at.settles();
    expect(shownOf(at, /satu kali/g)).toHaveLength(1);
  });

  it('what Telegram will never take keeps its place by a word, and the rest goes on', async () => {
    const { at, warga } = await open();
    at.tg.fail('sendMessage', { kind: 'error', status: 400, description: 'Bad Request: odd' }, { chatId });
    await warga.says('pesan yang ditolak');
    await warga.says('pesan berikutnya');
    await at.settles();
    expect(at.group.textsIn(/Ana/).slice(-2)).toEqual([
      expect.stringMatching(/^Satu pesan tidak bisa ditampilkan di sini/),
      'Warga: pesan berikutnya',
    ]);
  });

  it('whoever has all erased is gone from the group as well', async () => {
    const { at, warga } = await open();
    await warga.says('rahasia saya di grup');
    await at.settles();
    at.room.clock.advance(1000);
    const { calendar } = await loadRoomFacts(at.room.db);
    const [row] = await at.room.rows<{ id: string }>(
      `SELECT a.resident_id AS id FROM conversation c JOIN address a ON a.id = c.address_id JOIN handoff h ON h.conversation_id = c.id`,
    );
    await at.room.app.transact((tx) => eraseResident(tx, { residentId: row?.id ?? '', calendar }));
    await at.passes(5);
    expect(at.group.topics).toEqual([]);
    expect(at.group.asText()).not.toMatch(/rahasia|Warga/);
    expect(await at.room.rows(`SELECT 1 FROM officer_group_message`)).toEqual([]);
  });

  it('keeps no word in plain: not in the tables, not in the log', async () => {
    const { at, ana, warga } = await open();
    at.tg.fail('getFile', { kind: 'error', status: 502 });
    await ana.sendsFile('photo', new Uint8Array([1]), { caption: 'PENANDA keterangan' }, { topic: /Ana/ });
    await ana.says('PENANDA kalimat petugas', { topic: /Ana/ });
    await warga.says('PENANDA kalimat warga');
    await at.settles();
    const tables = ['officer_group_event', 'officer_group_message', 'handoff_topic', 'message', 'audit'];
    for (const table of tables) {
      const rows = await at.room.rows<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
      for (const { row } of rows) {
        expect(row).not.toMatch(/PENANDA/);
        expect(row).not.toContain(Buffer.from('PENANDA').toString('hex'));
      }
    }
    expect(at.room.logged.join('')).not.toMatch(/PENANDA/);
    await at.passes(5);
    expect(await at.room.rows(`SELECT 1 FROM officer_group_event WHERE event_sealed IS NOT NULL`)).toEqual(
      [],
    );
  });
});
