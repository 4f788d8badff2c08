import { beforeEach, expect, it } from 'vitest';
import { defaultRoom } from '../../../src/domain/room.ts';
import { seed } from '../../../prisma/seed.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, mondayMorning, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

describeOnEachStore('settings at the desk', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana', 'admin');
  });

  it('tells the second of two who save the room at once', async () => {
    const save = (seatsPerSlot: number, seenAt: string | null) =>
      ana.post('/room', { room: { ...defaultRoom, seatsPerSlot }, seenAt });
    const both = await Promise.all([save(3, null), save(4, null)]);
    expect(both.map((response) => response.status).sort()).toEqual([200, 409]);
    const { seenAt } = (await (await ana.get('/room')).json()) as { seenAt: string };
    desk.clock.advance(1000);
    expect((await save(5, seenAt)).status).toBe(200);
    const late = await save(6, seenAt);
    expect(late.status).toBe(409);
    expect((await errorOf(late)).sentence).toMatch(/Orang lain sudah mengubahnya/);
    expect(await (await ana.get('/room')).json()).toMatchObject({ room: { seatsPerSlot: 5 } });
  });

  it('says who would lose a visit before it is saved, and whom to call after', async () => {
    const [maria, walkIn] = [await desk.resident(), await desk.resident()];
    const { code } = await maria.books('2026-12-02', '15:30');
    const visit = await walkIn.books('2026-12-02', '15:00');
    await desk.db.query(`UPDATE booking SET conversation_id = NULL WHERE id = $1`, [visit.id]);
    const room = { ...defaultRoom, openWeekdays: [1] };
    const preview = await (await ana.post('/room/preview', { room })).json();
    expect(preview).toEqual({
      bookings: [
        { code: visit.code, day: '2026-12-02', time: '15:00', isTold: false },
        { code, day: '2026-12-02', time: '15:30', isTold: true },
      ],
    });
    expect(await desk.one(`SELECT count(*) AS count FROM booking WHERE status = 'cancelled'`)).toEqual({
      count: 0,
    });
    expect(await (await ana.post('/room', { room, seenAt: null })).json()).toEqual({
      told: 1,
      withoutPhone: [visit.code],
    });
    expect(await desk.one(`SELECT count(*) AS count FROM booking WHERE status = 'booked'`)).toEqual({
      count: 0,
    });
    expect(await (await ana.post('/room/preview', { room })).json()).toEqual({ bookings: [] });
    expect((await ana.post('/room/preview', { room: { ...room, seatsPerSlot: 0 } })).status).toBe(400);
  });

  it('refuses a room that could not open', async () => {
    const bad = { ...defaultRoom, hours: { ...defaultRoom.hours, opens: '8 pagi' } };
    const response = await ana.post('/room', { room: bad, seenAt: null });
    expect(response.status).toBe(400);
    expect((await errorOf(response)).sentence).toMatch(/jam seperti 08:00/);
  });

  it('tells the second of two who edit an agency, and never shows a hotline without a source', async () => {
    await seed(desk.db, new Date(mondayMorning));
    type Row = { id: string; version: number } & Record<string, unknown>;
    const { items: agencies } = (await (await ana.get('/agencies')).json()) as { items: Row[] };
    const agency = agencies[0];
    const edit = (name: string) =>
      ana.post(`/agencies/${agency?.id}`, { ...agency, name, email: '', contact: '' });
    const both = await Promise.all([edit('Satu'), edit('Dua')]);
    expect(both.map((response) => response.status).sort()).toEqual([200, 409]);
    const { items: hotlines } = (await (await ana.get('/hotlines')).json()) as { items: Row[] };
    const hotline = hotlines[0];
    const noSource = await ana.post(`/hotlines/${hotline?.id}`, {
      ...hotline,
      call: hotline?.['call'] ?? '',
      whatsapp: hotline?.['whatsapp'] ?? '',
      web: hotline?.['web'] ?? '',
      hours: hotline?.['hours'] ?? '',
      source: '',
      isShown: true,
    });
    expect((await errorOf(noSource)).code).toBe('NO_SOURCE');
  });

  it('keeps ready answers apart by their short word', async () => {
    const reply = { version: 0, shortcut: 'salam', title: 'Salam', body: '{salam}, {nama}' };
    const both = await Promise.all([
      ana.post('/canned', reply),
      ana.post('/canned', { ...reply, shortcut: 'SALAM' }),
    ]);
    expect(both.map((response) => response.status).sort()).toEqual([200, 409]);
    const { items } = (await (await ana.get('/canned')).json()) as {
      items: { id: string; version: number }[];
    };
    const path = `/canned/${items[0]?.id}`;
    expect((await ana.post(path, { ...reply, version: 1, body: 'baru' })).status).toBe(200);
    expect((await ana.post(path, { ...reply, version: 1, body: 'lebih baru' })).status).toBe(409);
    expect((await ana.post(`${path}/remove`)).status).toBe(200);
    expect((await ana.post(`${path}/remove`)).status).toBe(404);
  });

  it('shows the pairing code as a picture made here, and hands the buttons on', async () => {
    desk.channels.current = {
      ...desk.channels.current,
      list: async () => [
        {
          name: 'whatsapp',
          isPairable: true,
          isHeld: true,
          health: {
            state: 'needs_pairing',
            since: desk.clock.now(),
            detail: '',
            pairing: { qr: '2@abc', code: 'AB-12' },
          },
        },
      ],
    };
    const body = JSON.stringify(await (await ana.get('/channels')).json());
    expect(body).toMatch(/<svg/);
    expect(body).toMatch(/AB-12/);
    expect((await ana.post('/channels/whatsapp/restart')).status).toBe(409);
  });

  it.each([
    [
      'needs_pairing',
      'logged out: this device was unlinked on the phone; scan the code',
      /^Terlepas: /,
      null,
    ],
    ['needs_pairing', 'logged out: logged out from the desk; scan the code', /dilepas dari meja ini/, null],
    ['needs_pairing', 'scan the code with the phone', /^Perlu dipasangkan/, null],
    ['connected', 'connected', /^Terhubung/, null],
    ['stuck', 'stuck: the page does not answer', /^Macet/, 'stuck: the page does not answer'],
  ] as const)(
    'says of a channel that is %s (%s) what an admin needs',
    async (state, detail, words, technical) => {
      desk.channels.current.list = async () => [
        {
          name: 'whatsapp',
          isPairable: true,
          isHeld: true,
          health: { state, since: desk.clock.now(), detail },
        },
      ];
      expect(await (await ana.get('/channels')).json()).toMatchObject({
        items: [{ words: expect.stringMatching(words), detail: technical }],
      });
    },
  );

  it('asks for a pairing code with the number as people write it', async () => {
    const asked: unknown[] = [];
    desk.channels.current.ask = async (_name, wish) => {
      asked.push(wish);
      return asked.length > 1 ? { kind: 'refused' } : { kind: 'done', code: 'ABCD1234' };
    };
    const ask = (phone: string) => ana.post('/channels/whatsapp/pair-by-code', { phone });
    expect(await (await ask('0812-3456 7890')).json()).toEqual({ code: 'ABCD1234' });
    expect((await ask('+62 812 3456 7890')).status).toBe(409);
    expect((await ask('besok')).status).toBe(400);
    expect(asked).toEqual([
      { kind: 'pair_by_code', phone: '6281234567890' },
      { kind: 'pair_by_code', phone: '6281234567890' },
    ]);
  });

  it.each([
    ['not_held', 'NOT_HELD', /Tidak ada proses yang menjalankan kanal ini/],
    ['no_answer', 'NO_ANSWER', /tidak menjawab/],
    ['not_pairable', 'NOT_POSSIBLE', /tidak punya telepon/],
  ] as const)('says in words when a channel is %s', async (kind, code, sentence) => {
    desk.channels.current.ask = async () => ({ kind });
    for (const what of ['restart', 'log-out']) {
      const answer = await ana.post(`/channels/whatsapp/${what}`);
      expect(answer.status).toBe(409);
      expect(await errorOf(answer)).toEqual({ code, sentence: expect.stringMatching(sentence) });
    }
  });

  it('keeps how fast the paired phone may write, and refuses what makes no sense', async () => {
    const save = (whatsappPace: object) =>
      ana.post('/room', { room: { ...defaultRoom, whatsappPace }, seenAt: null });
    const pace = { minSeconds: 2, maxSeconds: 1, dailyCeiling: 500 };
    expect((await errorOf(await save(pace))).sentence).toMatch(/jeda terlama tidak boleh lebih singkat/);
    for (const bad of [{ dailyCeiling: 0 }, { dailyCeiling: 1.5 }, { minSeconds: -1 }, { maxSeconds: 1e9 }])
      expect((await save({ ...pace, maxSeconds: 3, ...bad })).status).toBe(400);
    expect((await save({ ...pace, maxSeconds: 4.5 })).status).toBe(200);
    expect(await (await ana.get('/room')).json()).toMatchObject({
      room: { whatsappPace: { minSeconds: 2, maxSeconds: 4.5, dailyCeiling: 500 } },
    });
  });

  it('keeps the templates by kind of notice, and refuses a name that WhatsApp would', async () => {
    const save = (template: { name: string; language: string }) =>
      ana.post('/room', {
        room: { ...defaultRoom, whatsappTemplates: { 'booking-evening': template } },
        seenAt: null,
      });
    expect((await save({ name: 'Pengingat Jadwal', language: 'id' })).status).toBe(400);
    expect((await save({ name: 'pengingat_jadwal', language: 'id' })).status).toBe(200);
    expect(await (await ana.get('/room')).json()).toMatchObject({
      room: { whatsappTemplates: { 'booking-evening': { name: 'pengingat_jadwal', language: 'id' } } },
    });
  });

  it('lists who did what, newest first', async () => {
    await ana.post('/officers', { login: 'budi', name: 'Budi <script>', role: 'officer' });
    const { items } = (await (await ana.get('/audit?action=create_officer')).json()) as { items: unknown[] };
    expect(items).toMatchObject([{ officer: 'Ana', action: 'create_officer' }]);
  });
});
