import { beforeEach, expect, it } from 'vitest';
import { seed } from '../../../prisma/seed.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, mondayMorning, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

type View = {
  category: string;
  guess: {
    categories: { id: string; words: string[] }[];
    danger: { kind: string; words: string[] } | null;
  } | null;
  correction: { id: number; officer: string; agencyId: string | null; danger: string } | null;
  may: { correct: boolean };
};

describeOnEachStore('what the machine understood, at the desk', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  let concern: { id: string; code: string };
  beforeEach(async () => {
    desk = await openDesk(store);
    await seed(desk.db, new Date(mondayMorning));
    ana = await desk.officer('Ana Benu');
    const maria = await desk.resident('Maria');
    const booking = await maria.books('2026-12-02', '09:00');
    concern = await maria.poursOut(
      'suami pukul beta terus, anak SD sonde bisa sekolah. di Liliba',
      booking.id,
    );
  });

  const correction = { seen: null, category: 'pendidikan', agencyId: 'disdikbud', danger: 'kekerasan_kdrt' };
  const view = async (): Promise<View> => (await (await ana.get(`/concerns/${concern.id}`)).json()) as View;

  it('shows the guess with the words that decided, and keeps none of them', async () => {
    const shown = await view();
    expect(shown.guess).toMatchObject({ danger: { kind: 'kekerasan_kdrt' }, kelurahanCode: '53.71.04.1010' });
    expect(shown.guess?.categories).toHaveLength(3);
    expect(shown.guess?.danger?.words.join(' ')).toMatch(/pukul/);
    expect(shown).toMatchObject({ category: 'bansos', correction: null, may: { correct: true } });
    expect((await ana.post(`/concerns/${concern.id}/correction`, correction)).status).toBe(200);
    const { understood } = await desk.one<{ understood: unknown }>(`SELECT understood FROM correction`);
    expect(understood).toMatchObject({ danger: { kind: 'kekerasan_kdrt' } });
    expect(JSON.stringify(understood)).not.toMatch(/pukul|sekolah|words/);
  });

  it('lets two officers correct one after the other, not over each other', async () => {
    const budi = await desk.officer('Budi Lay');
    const path = `/concerns/${concern.id}/correction`;
    const both = await Promise.all([ana, budi].map((officer) => officer.post(path, correction)));
    expect(both.map((response) => response.status).sort()).toEqual([200, 409]);
    const lost = both.find((response) => response.status === 409);
    expect(lost && (await errorOf(lost)).sentence).toMatch(/(Ana Benu|Budi Lay) baru saja mengoreksi/);
    const shown = await view();
    expect(shown).toMatchObject({
      category: 'pendidikan',
      correction: { agencyId: 'disdikbud', danger: 'kekerasan_kdrt' },
    });
    const next = { ...correction, seen: shown.correction?.id, agencyId: null, danger: 'no_danger' };
    expect((await budi.post(path, next)).status).toBe(200);
    expect((await view()).correction).toMatchObject({
      officer: 'Budi Lay',
      agencyId: null,
      danger: 'no_danger',
    });
  });

  it('takes a correction only of who may read the words, and only what it knows', async () => {
    const shut = await (await desk.resident()).poursOut('hanya untuk yang menangani');
    const refused = await ana.post(`/concerns/${shut.id}/correction`, correction);
    expect([refused.status, (await errorOf(refused)).code]).toEqual([403, 'NOT_YOURS']);
    const path = `/concerns/${concern.id}/correction`;
    expect((await ana.post(path, { ...correction, category: 'cuaca' })).status).toBe(400);
    expect((await ana.post(path, { ...correction, danger: 'hujan' })).status).toBe(400);
    const unknown = await ana.post(path, { ...correction, agencyId: 'dinas_awan' });
    expect([unknown.status, (await errorOf(unknown)).code]).toEqual([400, 'UNKNOWN_AGENCY']);
  });

  it('has no guess where nothing was written', async () => {
    await desk.db.query(`UPDATE message SET deleted_at = $1`, [desk.clock.now()]);
    expect((await view()).guess).toBeNull();
    expect((await ana.post(`/concerns/${concern.id}/correction`, correction)).status).toBe(200);
  });

  it('gives the training lines to an admin alone, and records it', async () => {
    await ana.post(`/concerns/${concern.id}/correction`, correction);
    await desk.db.query(
      `INSERT INTO consent (resident_id, text_version, text_hash, channel, given_at)
       SELECT id, '1', 'x', 'telegram', $1 FROM resident`,
      [desk.clock.now()],
    );
    for (const role of ['officer', 'supervisor', 'analyst'] as const) {
      const other = await desk.officer(`Orang ${role}`, role);
      expect((await other.post('/corrections/export')).status).toBe(403);
    }
    const tia = await desk.officer('Tia', 'admin');
    const body = (await (await tia.post('/corrections/export')).json()) as { count: number; lines: string };
    expect(body.count).toBe(1);
    expect(JSON.parse(body.lines)).toEqual({
      text: 'suami pukul beta terus, anak SD sonde bisa sekolah. di Liliba',
      category: 'pendidikan',
      agency: 'disdikbud',
      danger: { kind: 'kekerasan_kdrt' },
    });
    expect(
      await desk.one(`SELECT officer_id, detail FROM audit WHERE action = 'export_corrections'`),
    ).toEqual({ officer_id: tia.id, detail: { count: 1 } });
  });

  it('learns from words that raised a false alarm, without identities, and only with consent', async () => {
    const rini = await desk.resident('Rini Tuan');
    await rini.waits(0);
    const words = 'nona Rini Tuan, share lokasi do, nomor beta 081234567890';
    const message = await rini.says(words);
    const { id } = await desk.one<{ id: string }>(
      `INSERT INTO danger_alert (conversation_id, message_id, kind, severity, created_at, last_sign_at, called_from)
       VALUES ($1, $2, 'tppo', 'tinggi', $3, $3, $3) RETURNING id`,
      [rini.conversationId, message, desk.clock.now()],
    );
    const tia = await desk.officer('Tia', 'admin');
    const exported = async () =>
      (await (await tia.post('/corrections/export')).json()) as { count: number; lines: string };
    expect((await exported()).count).toBe(0);
    expect((await ana.post(`/alerts/${id}/dismiss`)).status).toBe(200);
    expect((await exported()).count).toBe(0);
    await desk.db.query(
      `INSERT INTO consent (resident_id, text_version, text_hash, channel, given_at) VALUES ($1, '1', 'x', 'telegram', $2)`,
      [rini.residentId, desk.clock.now()],
    );
    const { count, lines } = await exported();
    expect(count).toBe(1);
    expect(JSON.parse(lines)).toEqual({ text: expect.stringMatching(/share lokasi do/), danger: null });
    expect(lines).not.toMatch(/Rini|Tuan|0812/);
  });
});
