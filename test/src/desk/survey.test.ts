import { beforeEach, expect, it } from 'vitest';
import { surveyElements } from '../../../src/domain/survey.ts';
import { sealed } from '../../../src/store/sealed.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

describeOnEachStore('the survey at the desk', (store) => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk(store);
  });

  const answered = (
    month: string,
    score: number | null,
    comment: string | null = null,
    channel = 'telegram',
  ) =>
    desk.db.query(
      `INSERT INTO survey (month, channel, comment_sealed, ${surveyElements.join(', ')})
       VALUES ($1, $2, $3, ${surveyElements.map(() => '$4').join(', ')})`,
      [
        `${month}-01`,
        channel,
        comment === null ? null : desk.vault.seal(comment, sealed.surveyComment),
        score,
      ],
    );

  it('gives the index of a period by element, with how many answered', async () => {
    const analyst = await desk.officer('Nona Analis', 'analyst');
    await answered('2026-10', 1);
    await answered('2026-11', 4);
    await answered('2026-11', 3, null, 'web');
    await answered('2026-12', 1);
    const of = async (from: string, to: string) =>
      (await analyst.get(`/survey?from=${from}&to=${to}`)).json();
    expect(await of('2026-11', '2026-11')).toMatchObject({
      skm: { kind: 'index', index: 87.5, band: 'B', respondents: 2, isSmall: true },
      channels: { telegram: 1, web: 1 },
    });
    expect(await of('2026-10', '2026-12')).toMatchObject({
      skm: { respondents: 4, index: 56.25, band: 'D' },
    });
    expect(await of('2027-01', '2027-03')).toMatchObject({
      skm: { kind: 'unavailable', respondents: 0, missing: surveyElements },
    });
    for (const bad of ['from=2026-11', 'from=2026-13&to=2026-13', 'from=2026-12&to=2026-11', 'from=x&to=y'])
      expect((await analyst.get(`/survey?${bad}`)).status).toBe(400);
  });

  it('keeps residents’ sentences to supervisor and admin, and records who read them', async () => {
    await answered('2026-11', null, '=HYPERLINK("x") petugas <b>baik</b>');
    const [analyst, officer, yusuf] = [
      await desk.officer('Nona Analis', 'analyst'),
      await desk.officer('Ana Benu'),
      await desk.officer('Yusuf', 'supervisor'),
    ];
    const path = '/survey/comments?from=2026-11&to=2026-11';
    expect([(await analyst.get(path)).status, (await officer.get(path)).status]).toEqual([403, 403]);
    expect((await officer.get('/survey?from=2026-11&to=2026-11')).status).toBe(403);
    expect(await (await yusuf.get(path)).json()).toMatchObject({
      items: [{ month: '2026-11', text: '=HYPERLINK("x") petugas <b>baik</b>' }],
    });
    expect(await desk.one(`SELECT officer_id, action FROM audit`)).toEqual({
      officer_id: yusuf.id,
      action: 'read_survey_comments',
    });
  });

  it('shows no number, address or name that a sentence gives away', async () => {
    const yusuf = await desk.officer('Yusuf', 'supervisor');
    await answered(
      '2026-11',
      null,
      'Saya Petrus Bano, NIK 5371010101800001, hp 0812-3456-789, petrus@mail.id, Jl. Timor Raya No. 12. Petugas ramah.',
    );
    const { items } = (await (await yusuf.get('/survey/comments?from=2026-11&to=2026-11')).json()) as {
      items: { text: string }[];
    };
    expect(items[0]?.text).toMatch(/Petugas ramah\.$/);
    for (const word of ['Petrus', 'Bano', '5371', '0812', '3456', 'mail', '12'])
      expect(items[0]?.text).not.toContain(word);
  });

  it('goes out as a table of sums, and the going out is recorded', async () => {
    const analyst = await desk.officer('Nona Analis', 'analyst');
    await answered('2026-11', 4, 'rahasia');
    const { csv } = (await (
      await analyst.post('/survey/export', { from: '2026-11', to: '2026-11' })
    ).json()) as { csv: string };
    expect(csv.split('\r\n')).toEqual([
      '\uFEFFdari,sampai,unsur,jawaban,nilai,mutu',
      ...surveyElements.map((element) => `2026-11,2026-11,${element},1,4,`),
      '2026-11,2026-11,IKM,1,100,A',
      '',
    ]);
    expect(await desk.one(`SELECT action, detail->>'count' AS count FROM audit`)).toEqual({
      action: 'export_survey',
      count: '1',
    });
  });

  it('is refused by the database where it would be no answer', async () => {
    await expect(answered('2026-11', null)).rejects.toThrow();
    await expect(answered('2026-11', 5)).rejects.toThrow();
    await expect(answered('2026-11', 0)).rejects.toThrow();
    await expect(
      desk.db.query(`INSERT INTO survey (month, channel, waktu) VALUES ('2026-11-02', 'web', 3)`),
    ).rejects.toThrow();
  });
});
