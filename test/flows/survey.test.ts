import { expect, it } from 'vitest';
import { markBooking } from '../../src/actions/mark-booking.ts';
import type { BookingMark } from '../../src/actions/mark-booking.ts';
import type { SurveyElement } from '../../src/domain/survey.ts';
import { sealed } from '../../src/store/sealed.ts';
import { officerIn } from '../support/officer.ts';
import type { Resident } from '../support/resident.ts';
import { openRoom } from '../support/room.ts';
import type { RoomUnderTest } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

type SurveyRow = Record<SurveyElement, number | null> & {
  month: string;
  channel: string;
  comment_sealed: Uint8Array | null;
};

const story = 'bantuan beras saya tidak pernah sampai';

describeOnEachStore('the survey', (store) => {
  /** A resident whose concern was answered; the next yes settles it. */
  const answered = async (options: { now?: string } = {}) => {
    const room = await openRoom(store, options);
    const ana = await room.resident('Ana Bano').agrees();
    const maria = await officerIn(room);
    const code = await ana.poursOut(story);
    await maria.takesConcern(code);
    await maria.answers(code, 'Berasnya sudah kami antar.');
    return { room, ana, maria, code };
  };
  const surveys = (room: RoomUnderTest) => room.rows<SurveyRow>('SELECT * FROM survey');
  const marks = async (room: RoomUnderTest, officerId: string, ...steps: BookingMark[]) => {
    const [booking] = await room.rows<{ id: string; status: BookingMark }>(`SELECT id, status FROM booking`);
    let from: BookingMark = booking?.status ?? 'booked';
    for (const to of steps) {
      const was = from;
      await room.app.transact((tx) =>
        markBooking(tx, { bookingId: booking?.id ?? '', officerId, from: was, to }),
      );
      from = to;
    }
    await room.settles();
  };
  const answers = async (resident: Resident, ...words: string[]) => {
    for (const word of words) await resident.says(word);
  };

  it('asks after a settled concern, by button, number and words, and keeps it without a name', async () => {
    const { room, ana, code } = await answered();
    await ana.says('sudah beres');
    ana.sees(/Syukurlah/, new RegExp(`mempercayakan ${code}`), /\[Mulai\]\n\[Tidak dulu\]/);
    await ana
      .presses('Mulai')
      .sees(/1\/9 Persyaratan/, /\[Tidak baik\]\n\[Kurang baik\]\n\[Baik\]\n\[Sangat baik\]\n\[Lewati\]/);
    await ana.presses('Sangat baik').sees(/2\/9 Cara/);
    await ana.says('3').sees(/3\/9 Waktu/);
    await ana
      .says('kurang baik')
      .sees(/4\/9 Biaya/, /\[Sangat mahal\]\n\[Cukup mahal\]\n\[Murah\]\n\[Gratis\]/);
    await ana.says('gratis').sees(/5\/9 Hasil/);
    await ana.says('tidak tahu').sees(/6\/9 Kemampuan/);
    await ana.says('bagus sekali').sees(/7\/9 Sikap/);
    await ana.says('entah bagaimana menjawabnya').sees(/satu sampai empat, atau lewati/, /7\/9 Sikap/);
    await answers(ana, '4', '1', '2');
    ana.sees(/adakah satu kalimat/);
    await ana.says('petugas Maria baik, jadwalnya tepat, kata bano 081234567890').sees(/simpan tanpa nama/);
    const [row, ...more] = await surveys(room);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      month: '2026-11-01',
      channel: 'telegram',
      persyaratan: 4,
      prosedur: 3,
      waktu: 2,
      biaya: 4,
      produk: null,
      kompetensi: 4,
      perilaku: 4,
      sarana: 1,
      pengaduan: 2,
    });
    expect(room.vault.openText(row?.comment_sealed ?? new Uint8Array(), sealed.surveyComment)).toBe(
      // What the writer is called is known now and never again.
      'petugas Maria baik, jadwalnya tepat, kata [-]',
    );
    await ana.pressesToken(`n.survey.${code}`).sees(new RegExp(`${code} sudah kami terima`));
    expect(await surveys(room)).toHaveLength(1);
  });

  it('leaves nothing in the conversation that says who answered what', async () => {
    const { room, ana } = await answered();
    await ana.says('sudah beres');
    await ana.presses('Mulai');
    await ana.presses('Kurang baik');
    await ana.says('entah bagaimana menjawabnya');
    await answers(ana, '1', 'lewati', 'lewati', 'lewati', 'lewati', 'lewati', 'lewati', 'lewati');
    await ana.says('lantainya licin sekali');
    await ana.deliver({ kind: 'edit', messageRef: ana.lastRef(), text: 'lantainya licin betul' });
    const kept = await room.rows<{ content_sealed: Uint8Array | null }>(
      `SELECT content_sealed FROM message WHERE direction = 'in' ORDER BY seq`,
    );
    const words = kept.map((row) =>
      row.content_sealed === null
        ? null
        : JSON.stringify(room.vault.openJson(row.content_sealed, sealed.messageContent)),
    );
    expect(words.filter((one) => one !== null && /licin|Kurang baik|"1"|lewati/.test(one))).toEqual([]);
    // What was no answer stays, like everything a resident says.
    expect(words.filter((one) => one?.includes('entah bagaimana'))).toHaveLength(1);
    expect(words.filter((one) => one === null)).toHaveLength(11);
    const [conversation] = await room.rows<{ dialog_sealed: Uint8Array }>(
      `SELECT dialog_sealed FROM conversation`,
    );
    const dialog = JSON.stringify(
      room.vault.openJson(conversation?.dialog_sealed ?? new Uint8Array(), sealed.dialog),
    );
    expect(dialog).not.toMatch(/persyaratan|licin/);
  });

  it('may be stopped at any point: what was answered counts, nothing is kept of nothing', async () => {
    const { room, ana, code } = await answered();
    await ana.says('sudah beres');
    await ana.presses('Mulai');
    await ana.says('/batal').sees(/tidak ada yang kami simpan/);
    expect(await surveys(room)).toEqual([]);
    await ana.pressesToken(`n.survey.${code}`).sees(/1\/9/);
    await ana.presses('Baik');
    // Something else between, and back.
    await ana.says('/status').sees(/Sudah beres/, /2\/9/);
    await ana.presses('Cukup sampai di sini').sees(/simpan tanpa nama/);
    expect(await surveys(room)).toMatchObject([{ persyaratan: 3, prosedur: null, comment_sealed: null }]);
  });

  it('counts what was answered before a day of silence, and says nothing of it', async () => {
    const { room, ana } = await answered();
    await ana.says('sudah beres');
    await ana.presses('Mulai');
    await ana.presses('Sangat baik');
    ana.looksAway();
    await room.passes('2026-11-25T10:30:00+08:00');
    ana.seesNothing();
    expect(await surveys(room)).toMatchObject([{ persyaratan: 4, prosedur: null }]);
  });

  it('never follows danger: not within thirty days of it, not for what was of it, and it ends at once', async () => {
    const { room, ana, code } = await answered();
    await ana.says('sudah beres');
    await ana.presses('Mulai');
    await ana.presses('Baik');
    await ana.says('saya mau bunuh diri').sees(/Anda tidak harus menanggungnya sendiri/);
    ana.seesNoneOf(/\/9/, /tanpa nama/);
    expect(await surveys(room)).toMatchObject([{ persyaratan: 3 }]);
    expect(await room.rows(`SELECT 1 FROM danger_alert`)).toHaveLength(1);
    await ana.pressesToken(`n.survey.${code}`).sees(/sudah kami terima/);
  });

  it('is not sent where danger was told of in another chat of the same person', async () => {
    const { room, ana, code } = await answered();
    const other = await room.resident().agrees();
    await other.says('saya mau bunuh diri');
    await room.rows(
      `UPDATE address SET resident_id = (SELECT resident_id FROM concern) WHERE resident_id <> (SELECT resident_id FROM concern)`,
    );
    await ana.says('sudah beres');
    ana.seesNoneOf(/mempercayakan/);
    expect(await room.rows(`SELECT status, outcome FROM notice WHERE kind = 'survey-invited'`)).toEqual([
      { status: 'dropped', outcome: 'danger' },
    ]);
    await ana.pressesToken(`n.survey.${code}`).sees(/tidak berlaku/);
  });

  it('is not sent for a concern of violence, however long ago', async () => {
    const { room, ana } = await answered();
    await room.rows(`UPDATE concern SET category = 'perlindungan_perempuan_anak'`);
    await ana.says('sudah beres');
    ana.seesNoneOf(/mempercayakan/);
  });

  it('follows a finished visit by an hour, unless the mark was a slip, and asks once in thirty days', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const code = await ana.books(/Rabu, 25 November/, '09.00');
    room.clock.set('2026-11-25T09:30:00+08:00');
    await marks(room, maria.id, 'arrived', 'finished', 'arrived');
    ana.looksAway();
    await room.passes('2026-11-25T10:35:00+08:00');
    ana.seesNothing();
    // Over after all: marked again, and by the end of the day without anybody.
    await room.passes('2026-11-25T16:01:00+08:00');
    ana.seesNothing();
    await room.passes('2026-11-25T17:05:00+08:00');
    ana.sees(new RegExp(`mempercayakan ${code}`));
  });

  it('asks after the visit, and then not after its concern', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    const visit = await ana.books(/Rabu, 25 November/, '09.00');
    const concern = await ana.poursOut(story);
    room.clock.set('2026-11-25T09:30:00+08:00');
    await marks(room, maria.id, 'arrived', 'finished');
    ana.looksAway();
    await room.passes('2026-11-25T10:29:00+08:00');
    ana.seesNothing();
    await room.passes('2026-11-25T10:30:00+08:00');
    ana.sees(new RegExp(`mempercayakan ${visit}`));
    await maria.takesConcern(concern);
    await maria.answers(concern, 'Sudah.');
    await ana.presses('Sudah beres').sees(/Syukurlah/);
    ana.seesNoneOf(/mempercayakan/);
    expect(
      await room.rows(`SELECT outcome FROM notice WHERE kind = 'survey-invited' ORDER BY created_at`),
    ).toEqual([{ outcome: 'sent' }, { outcome: 'invited already' }]);
    await ana.presses('Tidak dulu').sees(/kami ada di sini/);
    expect(await surveys(room)).toEqual([]);
  });

  it('keeps the quiet hours and does not speak into a talk with an officer', async () => {
    const late = await answered({ now: '2026-11-25T20:30:00+08:00' });
    late.room.clock.set('2026-11-25T21:30:00+08:00');
    await late.maria.takes(late.ana);
    await late.ana.presses('Sudah beres').sees(/Syukurlah/);
    late.ana.seesNoneOf(/mempercayakan/);
    late.ana.looksAway();
    await late.room.passes('2026-11-26T07:00:00+08:00');
    late.ana.seesNothing();
    await late.maria.returns(late.ana);
    await late.room.passes('2026-11-26T08:00:00+08:00');
    late.ana.sees(/mempercayakan/);
    await late.maria.takes(late.ana);
    await late.ana.presses('Mulai').sees(/Tekan lagi setelah selesai/);
    await late.maria.returns(late.ana);
    await late.ana.presses('Mulai').sees(/1\/9/);
  });

  it('is not for whoever wants no reminders', async () => {
    const room = await openRoom(store);
    const unwilling = await room.resident().agrees();
    const maria = await officerIn(room, 'Rambu Ata');
    const code = await unwilling.poursOut(story);
    await unwilling.says('/data');
    await unwilling.presses('Jangan kirim pengingat');
    await maria.takesConcern(code);
    await maria.answers(code, 'Sudah.');
    await unwilling.presses('Sudah beres').sees(/Syukurlah/);
    unwilling.seesNoneOf(/mempercayakan/);
  });

  it('lets a story that was being told go on after it', async () => {
    const { ana, code } = await answered();
    await ana.says('sudah beres');
    await ana.says('/curhat');
    await ana.says('lampu jalan di depan rumah mati');
    await ana.pressesToken(`n.survey.${code}`).sees(/1\/9/);
    await ana.presses('Cukup sampai di sini').sees(/tidak ada yang kami simpan/, /Lanjutkan saja/);
    await ana.says('sudah sebulan');
    await ana.presses('Selesai').sees(/2 pesan tulisan/);
  });

  it('takes no invitation of somebody else', async () => {
    const { room, ana, code } = await answered();
    await ana.says('sudah beres');
    const thief = await room.resident().agrees();
    await thief.pressesToken(`n.survey.${code}`).sees(/tidak berlaku/);
    await thief.pressesToken("n.survey.CRH-'; DROP TABLE survey").sees(/tidak berlaku/);
    expect(await surveys(room)).toEqual([]);
  });
});
