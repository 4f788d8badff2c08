import { expect, it } from 'vitest';
import { deskIn } from '../../support/desk-in.ts';
import { officerIn } from '../../support/officer.ts';
import { openRoom } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const cry = 'suami saya pukul saya sampai berdarah, tolong';

describeOnEachStore('a stranger who spoke of danger', (store) => {
  const open = async () => {
    const room = await openRoom(store, { roles: ['web'] });
    const stranger = room.resident();
    await stranger.says(cry);
    const [alert] = await room.rows<{ id: string; conversation_id: string }>(
      `SELECT id, conversation_id FROM danger_alert`,
    );
    const night = async (day: string) => {
      room.clock.set(`${day}T02:30:00+08:00`);
      await room.app.daily();
      const words = await room.rows(
        `SELECT 1 FROM message WHERE direction = 'in' AND content_sealed IS NOT NULL`,
      );
      return [await room.rows(`SELECT 1 FROM resident`), words].map((rows) => rows.length);
    };
    return { room, stranger, alert, night, desk: await deskIn(room, 'officer') };
  };

  it('is kept while nobody has seen to it, however long that takes', async () => {
    const { night } = await open();
    expect(await night('2027-11-24')).toEqual([1, 1]);
  });

  it('keeps what they wrote beside the cry, where they are above all, while they wait', async () => {
    const { stranger, night, room } = await open();
    await stranger.says('rumah saya di jalan Timor Raya nomor 12 dekat gereja');
    await stranger.sends({ kind: 'location', latitude: -10.15, longitude: 123.6, title: null });
    expect(await night('2026-12-04')).toEqual([1, 3]);
    // Leaving the question, or going on to something else, is no refusal.
    await stranger.says('/petugas');
    await stranger.says('/batal');
    expect(await night('2026-12-05')).toEqual([1, 5]);
    expect(await room.rows(`SELECT 1 FROM address WHERE profile_name_sealed IS NOT NULL`)).toHaveLength(1);
  });

  it('keeps what they wrote to the officer who holds the chat, and after it was closed', async () => {
    const { stranger, night, room } = await open();
    const maria = await officerIn(room);
    await maria.takes(stranger);
    await stranger.says('di rumah kakak, jalan Soeharto nomor 5');
    expect(await night('2026-12-04')).toEqual([1, 2]);
    await maria.returns(stranger, 'Kami sudah di jalan.');
    await stranger.says('terima kasih').sees(/Sama-sama/);
    expect(await night('2026-12-06')).toEqual([1, 3]);
    expect(await night('2027-03-04')).toEqual([1, 3]);
    expect(await night('2027-03-05')).toEqual([0, 0]);
  });

  it('who refuses leaves only the words of danger', async () => {
    const { stranger, night } = await open();
    await stranger.says('rumah saya di jalan Timor Raya nomor 12 dekat gereja');
    await stranger.says('Tidak setuju').sees(/hanya pesan tentang bahaya/);
    // The cry, and the no itself.
    expect(await night('2026-12-04')).toEqual([1, 2]);
  });

  it('hears by /data what is kept and why, and can have it erased', async () => {
    const { stranger, night, room } = await open();
    await stranger.says('/data').sees(/hanya percakapan tentang bahaya[^]*paling lama 90 hari/);
    stranger.seesNoneOf(/Belum ada yang kami simpan/);
    expect(await night('2026-11-26')).toEqual([1, 2]);
    await stranger.presses('Lanjut');
    await stranger.presses('Ya, hapus semua').sees(/Semuanya sudah dihapus/);
    expect(await room.rows(`SELECT 1 FROM danger_alert`)).toEqual([]);
    expect(await night('2026-11-28')).toEqual([0, 0]);
  });

  it('is forgotten ninety days after an officer has seen to it and the chat is closed', async () => {
    const { alert, desk, night } = await open();
    await desk.post(`/alerts/${alert?.id}/acknowledge`);
    const chat = `/conversations/${alert?.conversation_id}`;
    await desk.post(`${chat}/claim`);
    await desk.post(`${chat}/close`, { word: '' });
    expect(await night('2027-02-22')).toEqual([1, 1]);
    expect(await night('2027-02-23')).toEqual([0, 0]);
  });

  it('is kept while the chat is held, and its words go even where they write again', async () => {
    const { alert, desk, night, room, stranger } = await open();
    await desk.post(`/alerts/${alert?.id}/acknowledge`);
    const chat = `/conversations/${alert?.conversation_id}`;
    await desk.post(`${chat}/claim`);
    expect(await night('2027-02-23')).toEqual([1, 1]);
    await (await deskIn(room, 'supervisor', 'Yusuf Lay')).post(`${chat}/close`, { word: '' });
    expect(await night('2027-03-20')).toEqual([1, 1]);
    room.clock.set('2027-05-24T20:00:00+08:00');
    await stranger.says('halo lagi');
    // The new word waits for the answer to the question; of the old ones nothing is left.
    expect(await night('2027-05-25')).toEqual([1, 1]);
    expect(
      await room.rows(`SELECT 1 FROM message m JOIN danger_alert d ON d.message_id = m.id
                             WHERE m.content_sealed IS NOT NULL`),
    ).toEqual([]);
  });
});
