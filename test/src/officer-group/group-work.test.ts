import { expect, it } from 'vitest';
import { seed } from '../../../prisma/seed.ts';
import { sealed } from '../../../src/store/sealed.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { openGroupRoom } from './group-room.ts';
import type { GroupOfficer, GroupRoom } from './group-room.ts';

describeOnEachStore('working in the group', (store) => {
  const waiting = async (at: GroupRoom) => {
    const warga = await at.room.resident().agrees();
    await warga.says('/petugas');
    await at.settles();
    warga.looksAway();
    return warga;
  };
  const held = async (at: GroupRoom, by: GroupOfficer) => {
    const warga = await waiting(at);
    await by.presses('Ambil');
    await at.settles();
    warga.looksAway();
    return warga;
  };
  const lastIn = (at: GroupRoom, topic = /Warga/) => at.group.textsIn(topic).at(-1);

  it('gives a chat to one of those who claim it at once, on the desk or here', async () => {
    const at = await openGroupRoom(store);
    const [ana, budi, citra] = [await at.officer('Ana'), await at.officer('Budi'), await at.officer('Citra')];
    const warga = await waiting(at);
    const [onDesk] = await Promise.all([
      ana.desk.takes(warga),
      budi.presses('Ambil'),
      citra.presses('Ambil'),
    ]);
    await at.settles();
    const handoffs = await at.room.rows<{ officer_id: string; status: string }>(
      `SELECT officer_id, status FROM handoff`,
    );
    expect(handoffs).toHaveLength(1);
    const winner = [ana, budi, citra].find((one) => one.officerId === handoffs[0]?.officer_id);
    expect(winner).toBeDefined();
    const losers = at.group.toasts.filter(({ text }) => /^Sudah diambil (Ana|Budi|Citra)\.$/.test(text));
    expect(losers).toHaveLength(onDesk === 'claimed' ? 2 : 1);
    expect(at.group.textsIn(/Warga/)[0]).toMatch(/Dipegang (Ana|Budi|Citra)/);
  });

  it('sends nothing of who does not hold the chat, and says who does', async () => {
    const at = await openGroupRoom(store);
    const [ana, budi] = [await at.officer('Ana'), await at.officer('Budi')];
    const warga = await waiting(at);
    await budi.says('Saya jawab saja', { topic: /Warga/ });
    await at.settles();
    expect(lastIn(at)).toMatch(/^Tidak terkirim: belum ada yang memegang chat ini/);
    await ana.presses('Ambil');
    await at.settles();
    warga.looksAway();
    await budi.says('Saya jawab saja', { topic: /Warga/ });
    await budi.sendsFile('photo', new Uint8Array([1]), {}, { topic: /Warga/ });
    await at.settles();
    expect(at.group.textsIn(/Warga/).slice(-2)).toEqual(
      Array(2).fill(expect.stringMatching(/^Tidak terkirim: chat ini dipegang Ana\. Supervisor/)),
    );
    await budi.says('/selesai', { topic: /Warga/ });
    await budi.says('/lepas', { topic: /Warga/ });
    await budi.says('/alih Budi', { topic: /Warga/ });
    await budi.says('// diam-diam', { topic: /Warga/ });
    await budi.says('/ambil', { topic: /Warga/ });
    await at.settles();
    expect(at.group.textsIn(/Warga/).slice(-5)).toEqual(
      Array(5).fill(expect.stringMatching(/^Chat ini dipegang Ana\. Hanya Ana dan supervisor/)),
    );
    warga.seesNothing();
    expect(await at.room.rows(`SELECT 1 FROM note`)).toEqual([]);
    expect(at.tg.callsOf('getFile')).toEqual([]);
  });

  it('knows officers by their account alone: strangers, leavers, analysts and anonymous admins reach nobody', async () => {
    const at = await openGroupRoom(store);
    const ana = await at.officer('Ana');
    const warga = await held(at, ana);
    // Called like an officer, in Telegram.
    const impostor = at.stranger('Ana');
    await impostor.says('Kirim KTP ke saya', { topic: /Warga/ });
    await impostor.says('Halo?', { topic: /Warga/ });
    await at.settles();
    expect(lastIn(at)).toMatch(/^Akun Telegram ini belum terhubung .* \/masuk KODE/);
    // Told once, not at every word.
    expect(at.group.textsIn(/Warga/).filter((text) => /belum terhubung/.test(text))).toHaveLength(1);
    await at.group.anonymous().says('Saya admin', { topic: /Warga/ });
    await at.settles();
    expect(lastIn(at)).toMatch(/admin anonim/);
    await impostor.pressesToken(
      `ambil:${(await at.room.rows<{ id: string }>('SELECT id FROM handoff_topic'))[0]?.id}`,
    );
    await at.settles();
    expect(at.group.toasts.at(-1)).toMatchObject({
      text: expect.stringMatching(/belum terhubung/) as string,
      isLoud: true,
    });

    await at.room.db.query(`UPDATE officer SET role = 'analyst' WHERE id = $1`, [ana.officerId]);
    await ana.says('Saya analis sekarang', { topic: /Warga/ });
    await at.room.db.query(`UPDATE officer SET role = 'officer', is_active = false WHERE id = $1`, [
      ana.officerId,
    ]);
    await ana.says('Saya sudah keluar', { topic: /Warga/ });
    await at.settles();
    expect(
      await at.room.rows(
        `SELECT 1 FROM message WHERE author = 'officer' AND created_at > (SELECT claimed_at FROM handoff)`,
      ),
    ).toEqual([]);
    warga.seesNothing();
  });

  it('keeps forged, foreign and old presses from doing anything', async () => {
    const at = await openGroupRoom(store);
    const ana = await at.officer('Ana');
    const warga = await held(at, ana);
    const [topic] = await at.room.rows<{ id: string }>('SELECT id FROM handoff_topic');
    await ana.says('/selesai', { topic: /Warga/ });
    await at.settles();
    for (const token of [
      `ambil:${topic?.id}`,
      'ambil:00000000-0000-0000-0000-000000000000',
      "ambil:' OR 1=1",
      'x',
    ])
      await ana.pressesToken(token);
    await at.settles();
    expect(at.group.toasts.slice(1).map(({ text }) => text)).toEqual([
      'Warga ini tidak lagi menunggu petugas.',
      'Chat ini tidak ada lagi.',
      'Chat ini tidak ada lagi.',
      'Chat ini tidak ada lagi.',
    ]);
    expect(await at.room.rows(`SELECT status FROM handoff`)).toEqual([{ status: 'closed' }]);
    warga.looksAway();
  });

  it('keeps notes among officers, however they begin, and never a file as one', async () => {
    const at = await openGroupRoom(store);
    const ana = await at.officer('Ana');
    const warga = await held(at, ana);
    await ana.says('// hubungi Dinsos dulu', { topic: /Warga/ });
    await ana.says('/catatan@BestieKupangBot minta nomor DTKS', { topic: /Warga/ });
    await ana.says('//', { topic: /Warga/ });
    await ana.sendsFile('photo', new Uint8Array([7]), { caption: '// untuk kita saja' }, { topic: /Warga/ });
    await ana.says('/entahapa begini', { topic: /Warga/ });
    await ana.says('/', { topic: /Warga/ });
    await at.settles();
    warga.seesNothing();
    const notes = await at.room.rows<{ body_sealed: Uint8Array; officer_id: string }>(
      `SELECT body_sealed, officer_id FROM note ORDER BY created_at, id`,
    );
    expect(notes.map((note) => at.room.vault.openText(note.body_sealed, 'note.body')).sort()).toEqual([
      'hubungi Dinsos dulu',
      'minta nomor DTKS',
    ]);
    expect(at.group.textsIn(/Warga/).slice(-6)).toEqual([
      expect.stringMatching(/^Catatan disimpan/),
      expect.stringMatching(/^Catatan disimpan/),
      expect.stringMatching(/^Tulis catatannya/),
      expect.stringMatching(/catatan hanya bisa tulisan/),
      expect.stringMatching(/^Perintah itu tidak dikenal, dan tidak dikirim/),
      expect.stringMatching(/^Perintah itu tidak dikenal, dan tidak dikirim/),
    ]);
  });

  it('lets a supervisor take over, and passes a chat on, back to the queue and back to the bot', async () => {
    const at = await openGroupRoom(store);
    const [ana, budi] = [await at.officer('Ana Benu'), await at.officer('Budi Lay', 'supervisor')];
    await at.officer('Ana Adu');
    const warga = await held(at, ana);
    const holder = async () =>
      (
        await at.room.rows<{ officer_id: string | null; status: string }>(
          `SELECT officer_id, status FROM handoff`,
        )
      )[0];
    await budi.says('/ambil', { topic: /Warga/ });
    await at.settles();
    expect(await holder()).toEqual({ officer_id: budi.officerId, status: 'held' });
    expect(at.group.topic(/^Budi Lay · Warga/)).toBeTruthy();
    await budi.says('/alih Ana', { topic: /Warga/ });
    await budi.says('/alih siapa', { topic: /Warga/ });
    await budi.says('/alih', { topic: /Warga/ });
    await budi.says('/alih ana benu', { topic: /Warga/ });
    await at.settles();
    expect(at.group.textsIn(/Warga/).slice(-4)).toEqual([
      'Ada beberapa: Ana Adu, Ana Benu. Tulis lebih lengkap.',
      'Tidak ada petugas aktif bernama "siapa".',
      'Tulis namanya: /alih NAMA',
      'Dialihkan ke Ana Benu.',
    ]);
    expect(await holder()).toEqual({ officer_id: ana.officerId, status: 'held' });
    await ana.says('/lepas antrean', { topic: /Warga/ });
    await at.settles();
    expect(await holder()).toEqual({ officer_id: null, status: 'waiting' });
    // So much in one minute is more than Telegram lets a group have.
    await at.passes(61);
    expect(at.group.textsIn(/^⏳/)[0]).toMatch(/Menunggu petugas/);
    warga.looksAway();
    await warga.says('ini ditulis waktu tidak ada yang memegang');
    await at.settles();
    expect(at.group.asText()).not.toMatch(/tidak ada yang memegang$/m);
    await ana.presses('Ambil');
    await at.settles();
    expect(at.group.asText()).toMatch(/Warga: ini ditulis waktu tidak ada yang memegang/);
    await ana.says('/rujuk dinsos', { topic: /Warga/ });
    await ana.says('/lepas', { topic: /Warga/ });
    await at.settles();
    expect(at.group.asText()).toMatch(/belum menyampaikan curhat.*\/desk\/antrean\//);
    warga.sees(/mengembalikan chat ini ke Bestie/);
    expect(at.group.textsIn(/^✅/)[0]).toMatch(/Dikembalikan ke bot oleh Ana Benu/);
  });

  it('begins the draft of a referral, for who handles the concern, and sends nothing of it', async () => {
    const at = await openGroupRoom(store);
    await seed(at.room.db, at.room.clock.now());
    const ana = await at.officer('Ana');
    const warga = await held(at, ana);
    const [conversation] = await at.room.rows<{ id: string; resident_id: string }>(
      `SELECT c.id, a.resident_id FROM conversation c JOIN address a ON a.id = c.address_id`,
    );
    const [concern] = await at.room.rows<{ id: string }>(
      `INSERT INTO concern (code, resident_id, conversation_id, status, created_at)
       VALUES ('CRH-000001', $1, $2, 'new', $3) RETURNING id`,
      [conversation?.resident_id, conversation?.id, at.room.clock.now()],
    );
    const [agency] = await at.room.rows<{ id: string; short: string }>(
      `SELECT id, short FROM agency WHERE is_active ORDER BY id LIMIT 1`,
    );
    const order = `/rujuk ${agency?.short}: Nama ibunya tidak keluar.`;
    await ana.says('/rujuk', { topic: /Warga/ });
    await ana.says(order, { topic: /Warga/ });
    await at.settles();
    await at.room.db.query(`UPDATE concern SET officer_id = $1, status = 'with_officer'`, [ana.officerId]);
    for (const text of ['/rujuk entah: x', order, order]) await ana.says(text, { topic: /Warga/ });
    await at.settles();
    expect(at.group.textsIn(/Warga/).slice(-5)).toEqual([
      expect.stringMatching(new RegExp(`/rujuk INSTANSI: .*/desk/curhat/${concern?.id}$`)),
      expect.stringMatching(/^Tangani curhat ini dulu/),
      'Tidak ada instansi bernama "entah".',
      expect.stringMatching(/^Konsep rujukan ke .* disimpan, belum dikirim/),
      expect.stringMatching(/^Curhat ini sedang dirujuk/),
    ]);
    const referrals = await at.room.rows<{ status: string; agency_id: string; summary_sealed: Uint8Array }>(
      `SELECT status, agency_id, summary_sealed FROM referral`,
    );
    expect(referrals).toMatchObject([{ status: 'draft', agency_id: agency?.id }]);
    const summary = at.room.vault.openText(
      referrals[0]?.summary_sealed ?? new Uint8Array(),
      sealed.referralSummary,
    );
    expect(summary).toBe('Nama ibunya tidak keluar.');
    warga.seesNothing();
  });

  it('shows what a resident changes and takes back, and tells an officer that a change does not arrive', async () => {
    const at = await openGroupRoom(store);
    const ana = await at.officer('Ana');
    const warga = await held(at, ana);
    await warga.says('Saya sampai jam sembilan');
    const first = warga.lastRef();
    await at.settles();
    await warga.sends({ kind: 'edit', messageRef: first, text: 'Saya sampai jam sepuluh' });
    await at.settles();
    expect(lastIn(at)).toBe('Warga: Saya sampai jam sepuluh (diubah)');
    await warga.sendsFile('photo', new Uint8Array([1, 2]), 'rumah saya');
    const photo = warga.lastRef();
    await at.settles();
    expect(lastIn(at)).toBe('Warga: rumah saya');
    for (const messageRef of [first, photo]) await warga.sends({ kind: 'delete', messageRef });
    await at.settles();
    expect(at.group.textsIn(/Warga/).slice(-2)).toEqual(['Warga: (dihapus warga)', 'Warga: (dihapus warga)']);
    expect(at.group.postsIn(/Warga/).filter((post) => post.file)).toEqual([]);
    expect(at.group.asText()).not.toMatch(/jam se|rumah/);

    const said = await ana.says('Baik', { topic: /Warga/ });
    await at.settles();
    await ana.edits(said, 'Baik sekali');
    await at.settles();
    expect(lastIn(at)).toMatch(/^Perubahan ini tidak sampai ke warga/);
    expect(warga.news().join()).not.toMatch(/sekali/);
  });

  it('tells the officer when a word did not reach the resident, and when it did after all', async () => {
    const at = await openGroupRoom(store);
    const ana = await at.officer('Ana');
    const warga = await held(at, ana);
    at.room.telegram.willAnswer({ ok: false, outcome: 'refused', reason: 'too big' });
    const said = await ana.says('Balasan yang gagal', { topic: /Warga/ });
    await at.settles();
    expect(at.group.postsIn(/Warga/).at(-1)).toMatchObject({
      text: expect.stringMatching(/^Pesan ini tidak sampai ke warga/) as string,
      payload: { reply_parameters: { message_id: said.message?.message_id } },
    });
    warga.seesNothing();
    await at.room.db.query(`UPDATE message SET status = 'pending', failure = NULL WHERE status = 'failed'`);
    await at.passes(10);
    expect(at.group.reactionTo(said.message?.message_id ?? 0)).toBe('👍');
  });

  it('shows the card alone until the room decides otherwise, and officers still answer by it', async () => {
    const at = await openGroupRoom(store, { showsMessages: false });
    const ana = await at.officer('Ana');
    const warga = await held(at, ana);
    await warga.says('kalimat yang tidak boleh tampil');
    await at.settles();
    expect(at.group.textsIn(/Warga/)).toHaveLength(1);
    warga.looksAway();
    await ana.says('Jawaban dari grup', { topic: /Warga/ });
    await at.settles();
    warga.sees(/Jawaban dari grup/);
    expect(at.group.asText()).not.toMatch(/tidak boleh tampil/);
    expect(await at.room.rows(`SELECT 1 FROM audit WHERE action = 'show_in_group'`)).toEqual([]);
  });

  it("leaves the officers' own talk alone, outside of chats and in other groups", async () => {
    const at = await openGroupRoom(store);
    const ana = await at.officer('Ana');
    await held(at, ana);
    const before = at.tg.calls.length;
    await ana.says('Siapa yang jaga hari ini?');
    at.tg.push({
      message: {
        message_id: 9,
        from: { id: ana.id, is_bot: false, first_name: 'Ana' },
        chat: { id: -42, type: 'supergroup', title: 'Grup lain' },
        date: 1,
        text: '/ambil',
      },
    });
    await at.settles();
    expect(at.tg.calls.length).toBe(before);
    expect(await at.room.rows(`SELECT 1 FROM officer_group_event`)).toEqual([]);
    await ana.says('/ambil');
    await ana.says('/bantuan');
    await at.settles();
    expect(at.group.general().map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Tulis perintah ini di topik/),
      expect.stringMatching(/^Yang Anda tulis di sini sampai ke warga/),
    ]);
  });
});
