import { expect, it } from 'vitest';
import { sendOfficerMessage } from '../../../src/actions/send-officer-message.ts';
import { deskIn } from '../../support/desk-in.ts';
import { officerIn } from '../../support/officer.ts';
import { openRoom } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const cry = 'suami saya pukul saya sampai berdarah, tolong';
const address = 'rumah saya di jalan Timor Raya nomor 12 dekat gereja';

describeOnEachStore('a stranger in danger whom an officer holds', (store) => {
  /** Asked for consent after the cry, and then claimed at the desk, with its greeting. */
  const open = async () => {
    const room = await openRoom(store, { roles: ['web'], now: '2026-11-30T09:00:00+08:00' });
    const stranger = room.resident();
    await stranger.says(cry);
    await stranger.says(address).sees(/Setuju\?/, /petugas boleh membacanya demi keselamatan Anda/);
    stranger.seesNoneOf(/kami hapus/);
    const desk = await deskIn(room, 'officer');
    const chat = `/conversations/${await room.conversationOf(stranger)}`;
    room.clock.advance(60_000);
    await desk.post(`${chat}/claim`);
    await room.settles();
    const consents = async () => (await room.rows(`SELECT 1 FROM consent`)).length;
    return { room, stranger, desk, chat, consents };
  };

  it.each(['presses', 'says'] as const)(
    '%s "Setuju": it is kept, one line is said and nothing begins',
    async (how) => {
      const { room, stranger, consents } = await open();
      await stranger[how]('Setuju');
      expect(stranger.news()).toEqual(['Terima kasih sudah percaya kepada kami.']);
      expect(await consents()).toBe(1);
      expect(await room.rows(`SELECT 1 FROM concern`)).toEqual([]);
      // Once more, and from here on it is the officer's chat.
      await stranger.says('Setuju').seesNothing();
      expect(await consents()).toBe(1);
    },
  );

  it('by its number, where there are no buttons', async () => {
    const { stranger, consents } = await open();
    await stranger.says('1').sees(/Terima kasih/);
    expect(await consents()).toBe(1);
  });

  it('a word that may be for the officer is no consent; the button still is', async () => {
    const { room, stranger, desk, consents } = await open();
    await stranger.says('ya').seesNothing();
    room.clock.advance(60_000);
    const conversationId = await room.conversationOf(stranger);
    await room.app.transact((tx) =>
      sendOfficerMessage(tx, {
        conversationId,
        officerId: desk.id,
        content: { kind: 'text', text: 'Kami panggil polisi, setuju?' },
        onceKey: 'a',
      }),
    );
    await room.settles();
    await stranger.says('setuju').seesNothing();
    await stranger.says('1').seesNothing();
    expect(await consents()).toBe(0);
    await stranger.presses('Setuju').sees(/Terima kasih/);
    expect(await consents()).toBe(1);
  });

  it('refuses: hears what stays and why, and the officer reads on', async () => {
    const { room, stranger, consents } = await open();
    await stranger.presses('Tidak setuju').sees(/hanya pesan tentang bahaya/);
    expect(stranger.news()).toHaveLength(1);
    expect(await consents()).toBe(0);
    const kept = await room.rows(
      `SELECT 1 FROM message WHERE direction = 'in' AND kind = 'text' AND content_sealed IS NOT NULL`,
    );
    expect(kept).toHaveLength(2);
  });

  it('sends voice notes and photos: the officer has them at once, consent or not', async () => {
    const { room, stranger, desk, chat } = await open();
    await stranger.sendsFile('voice');
    await stranger.sendsFile('photo');
    expect(await room.rows(`SELECT DISTINCT status FROM attachment`)).toEqual([{ status: 'stored' }]);
    type Page = { messages: { files: { path: string | null }[] }[] };
    const { messages } = await desk.get<Page>(`${chat}/messages`);
    const paths = messages.flatMap(({ files }) => files.map(({ path }) => path));
    expect(paths).toEqual([expect.any(String), expect.any(String)]);
  });
});

describeOnEachStore('a file of a stranger', (store) => {
  it('that came before the cry is fetched with it; without a cry it stays with the platform', async () => {
    const room = await openRoom(store);
    const [ana, budi] = [room.resident(), room.resident()];
    await ana.sendsFile('photo');
    await budi.sendsFile('photo');
    await ana.says(cry);
    await room.passes('2026-11-24T10:00:30+08:00');
    expect(await room.rows(`SELECT status, count(*)::int FROM attachment GROUP BY 1 ORDER BY 1`)).toEqual([
      { status: 'pending', count: 1 },
      { status: 'stored', count: 1 },
    ]);
    // Held by an officer, but not in danger: the question for consent is the way.
    await (await officerIn(room)).takes(budi);
    await room.passes('2026-11-24T10:05:00+08:00');
    expect(await room.rows(`SELECT 1 FROM attachment WHERE status = 'stored'`)).toHaveLength(1);
    await budi.presses('Setuju').sees(/Terima kasih/);
    expect(await room.rows(`SELECT 1 FROM attachment WHERE status = 'stored'`)).toHaveLength(2);
  });
});
