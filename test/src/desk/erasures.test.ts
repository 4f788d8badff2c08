import { expect, it } from 'vitest';
import { deskIn } from '../../support/desk-in.ts';
import { officerIn } from '../../support/officer.ts';
import { openRoom } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const nobody = '00000000-0000-4000-8000-000000000000';
const nextNight = '2026-11-27T02:30:00+08:00';

describeOnEachStore('erasing a resident at the desk', (store) => {
  const open = async () => {
    const room = await openRoom(store, { now: '2026-11-25T09:30:00+08:00', roles: ['web'] });
    return { room, lead: await deskIn(room, 'supervisor', 'Yusuf Lay') };
  };

  it('takes a visitor without a phone, with the concern and the note; by a lead who is written down', async () => {
    const { room, lead } = await open();
    const { bookingId, concernCode } = await lead.post<{ bookingId: string; concernCode: string }>(
      '/walk-ins',
      {
        day: '2026-11-25',
        time: '10:00',
        name: 'Ibu Welmince',
        onceKey: 'ibu-welmince',
        isHere: true,
        concern: { category: 'bansos', kelurahanCode: null, note: 'nama tidak keluar' },
      },
    );
    const path = `/erasures/booking/${bookingId}`;
    expect(await lead.get(path)).toMatchObject({
      name: 'Ibu Welmince',
      channels: [],
      bookings: { all: 1 },
      concerns: { all: 1, newest: [{ code: concernCode, status: 'with_officer' }] },
      messages: 0,
      files: 0,
    });
    expect((await lead.asks(path, { isSure: false })).status).toBe(400);
    expect((await (await deskIn(room, 'officer')).asks(path, { isSure: true })).status).toBe(403);
    expect(await lead.post(path, { isSure: true })).toEqual({ agencies: [] });
    for (const table of ['booking', 'concern', 'note'])
      expect(await room.rows(`SELECT 1 FROM ${table}`)).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM resident WHERE name_sealed IS NOT NULL`)).toEqual([]);
    expect(await room.rows(`SELECT officer_id FROM audit WHERE action = 'erase_resident'`)).toEqual([
      { officer_id: lead.id },
    ]);
    for (const again of [path, `/erasures/concern/${nobody}`, `/erasures/conversation/${nobody}`])
      expect((await lead.asks(again, { isSure: true })).status).toBe(404);
    expect((await lead.asks(`/erasures/officer/${lead.id}`, { isSure: true })).status).toBe(400);
    room.clock.set(nextNight);
    await room.app.daily();
    expect(await room.rows(`SELECT 1 FROM resident`)).toEqual([]);
  });

  it('leaves a visitor whom nobody erased', async () => {
    const { room, lead } = await open();
    await lead.post('/walk-ins', {
      day: '2026-11-25',
      time: '10:00',
      name: 'Petrus',
      onceKey: 'tamu-petrus',
      isHere: true,
      concern: null,
    });
    room.clock.set(nextNight);
    await room.app.daily();
    expect(await room.rows(`SELECT 1 FROM resident`)).toHaveLength(1);
  });

  it('takes whoever lost their number, files both ways, and says nothing in a chat that may be in other hands', async () => {
    const { room, lead } = await open();
    const ana = await room.resident('Ana Tanone').agrees();
    await ana.books(/Senin, 30 November/, '09.00');
    const code = await ana.poursOut('rahasia saya');
    await ana.sendsFile('photo');
    const maria = await officerIn(room);
    await maria.takes(ana);
    await maria.sendsFile(ana);
    const [concern] = await room.rows<{ id: string }>(`SELECT id FROM concern WHERE code = $1`, [code]);
    const path = `/erasures/concern/${concern?.id}`;
    expect(await lead.get(path)).toMatchObject({ name: 'Ana Tanone', bookings: { all: 1 }, files: 2 });
    ana.looksAway();
    await lead.post(path, { isSure: true });
    await room.settles();
    await room.app.sweep();
    ana.seesNothing();
    expect(await room.keptFiles()).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM message WHERE content_sealed IS NOT NULL`)).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM handoff WHERE status IN ('waiting', 'held')`)).toEqual([]);
    await ana.says('halo').sees(/Setuju\?/);
  });
});
