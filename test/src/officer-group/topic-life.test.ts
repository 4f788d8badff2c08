import { expect, it } from 'vitest';
import { sealed } from '../../../src/store/sealed.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { openGroupRoom } from './group-room.ts';

describeOnEachStore('a handed-off chat in the group', (store) => {
  it('of a resident in the web chat: from the card to the end', async () => {
    const { room, group, officer, settles } = await openGroupRoom(store);
    const ana = await officer('Ana Benu');
    const warga = await room.resident('Yohanes Taopan').agrees();
    await warga.says('/curhat');
    await warga.says('cerita saya yang sangat pribadi');
    await warga.says('/petugas');
    await settles();

    // Before the claim: who waits, not what was said.
    expect(group.topics).toHaveLength(1);
    expect(group.topic(/^⏳ Warga [0-9A-F]{4} · Chat web$/).isClosed).toBe(false);
    const [card] = group.textsIn(/Warga/);
    expect(card).toMatch(/Menunggu petugas sejak Selasa, 24 November 2026, 10\.00 WITA/);
    expect(card).toMatch(/Minta petugas/);
    expect(card).toMatch(/127\.0\.0\.1:3000\/desk\/antrean\/[0-9a-f-]{36}/);
    expect(group.asText()).not.toMatch(/Yohanes|pribadi/);

    warga.looksAway();
    await ana.presses('Ambil');
    await settles();
    expect(group.toasts).toEqual([{ text: 'Chat ini sekarang Anda pegang.', isLoud: false }]);
    warga.sees(/saya Ana dari Ruang Curhat/);
    expect(group.textsIn(/^Ana Benu · /)).toEqual([
      expect.stringMatching(/Dipegang Ana Benu/),
      expect.stringMatching(/^Ana Benu: Halo, saya Ana/),
    ]);
    expect(group.postsIn(/Ana/)[0]?.buttons).toEqual([]);

    await warga.says('Ibu, berkas saya belum keluar');
    await settles();
    expect(group.textsIn(/Ana/).at(-1)).toBe('Warga: Ibu, berkas saya belum keluar');
    warga.looksAway();
    const answer = await ana.says('Baik, saya periksa.', { topic: /Ana/ });
    await settles();
    warga.sees(/^Baik, saya periksa\.$/);
    // It arrived, and it is not shown to its author again.
    expect(group.reactionTo(answer.message?.message_id ?? 0)).toBe('👍');
    expect(group.textsIn(/Ana/)).toHaveLength(3);

    await ana.desk.tells(warga, 'Ini dari meja.');
    await settles();
    expect(group.textsIn(/Ana/).at(-1)).toBe('Ana Benu: Ini dari meja.');

    warga.looksAway();
    await ana.says('/selesai Terima kasih, semoga lekas beres.', { topic: /Ana/ });
    await settles();
    warga.sees(/semoga lekas beres/);
    const topic = group.topic(/^✅ /);
    expect(topic.isClosed).toBe(true);
    const texts = group.textsIn(/^✅ /);
    expect(texts[0]).toMatch(/Selesai oleh Ana Benu, Selasa, 24 November 2026/);
    expect(texts).toContain('Selesai. Bot melanjutkan bila warga menulis lagi.');
    expect(texts).toContain('Ana Benu: Terima kasih, semoga lekas beres.');
    expect(group.asText()).not.toMatch(/pribadi/);
    expect(await room.rows(`SELECT status, outcome FROM handoff`)).toEqual([
      { status: 'closed', outcome: 'closed' },
    ]);
    const audit = await room.rows<{ action: string; officer_id: string; detail: unknown }>(
      `SELECT action, officer_id, detail FROM audit WHERE action = 'show_in_group'`,
    );
    expect(audit).toEqual([{ action: 'show_in_group', officer_id: ana.officerId, detail: { messages: 1 } }]);
  });

  it('of a resident on Telegram, whose next wish for a person opens the same topic again', async () => {
    const { room, group, officer, onTelegram, settles, passes } = await openGroupRoom(store);
    const ana = await officer('Ana Benu');
    const maria = await onTelegram();
    await maria.says('/petugas');
    await settles();
    await ana.presses('Ambil');
    await settles();
    await maria.sees(/saya Ana/);
    await maria.says('Selamat pagi');
    await settles();
    const post = group.postsIn(/Ana/).at(-1);
    await ana.says('Pagi, Mama.', { topic: /Ana/, replyTo: post! });
    await settles();
    const heard = await maria.sees(/Pagi, Mama/);
    // The reply quotes the very message in the resident's own chat.
    expect(heard.payload.reply_parameters).toMatchObject({ message_id: expect.any(Number) as number });
    await maria.sends({
      text: 'Soal KTP',
      reply_to_message: { message_id: heard.messageId, chat: { id: maria.id, type: 'private' }, date: 1 },
    });
    await settles();
    expect(group.postsIn(/Ana/).at(-1)?.payload.reply_parameters).toMatchObject({
      message_id: expect.any(Number) as number,
    });
    await ana.says('/lepas', { topic: /Ana/ });
    await settles();
    await maria.sees(/mengembalikan chat ini ke Bestie/);
    expect(group.topic(/^✅/).isClosed).toBe(true);

    await passes(3600);
    await maria.says('/petugas');
    await settles();
    expect(group.topics).toHaveLength(1);
    expect(group.topic(/^⏳/).isClosed).toBe(false);
    expect(group.textsIn(/^⏳/).filter((text) => /Menunggu petugas sejak/.test(text))).toHaveLength(1);
    const budi = await officer('Budi Lay');
    await budi.presses('Ambil');
    await settles();
    // What was said between the two is not shown: it was said to the bot.
    expect(group.textsIn(/^Budi Lay/).at(-1)).toMatch(/^Budi Lay: Halo, saya Budi/);
    expect(await room.rows(`SELECT officer_id FROM handoff WHERE status = 'held'`)).toEqual([
      { officer_id: budi.officerId },
    ]);
  });

  it('begun on the room’s phone can be claimed, and shows nothing of before that', async () => {
    const { room, group, officer, settles } = await openGroupRoom(store);
    const ana = await officer('Ana');
    const warga = await room.resident().agrees();
    await warga.sends({ kind: 'text', text: 'ini dari telepon ruang' }, { author: 'phone' });
    await settles();
    await warga.says('jawaban untuk telepon');
    await settles();
    expect(group.textsIn(/Warga/)).toEqual([expect.stringMatching(/Dipegang telepon ruang/)]);
    await ana.presses('Ambil');
    await settles();
    await warga.says('halo Ana');
    await settles();
    expect(group.textsIn(/Warga/).at(-1)).toBe('Warga: halo Ana');
    expect(group.asText()).not.toMatch(/telepon ruang|untuk telepon/);
  });

  it('marks danger, puts its card first, and says the name only with leave', async () => {
    const { room, group, settles } = await openGroupRoom(store);
    const [one, two] = [await room.resident('Welmince Foeh').agrees(), await room.resident().agrees()];
    group.allow({ perMinute: 0 });
    await one.says('/petugas');
    await two.says('suami saya pukul saya, tolong');
    await settles();
    expect(group.topics).toEqual([]);
    group.allow({ perMinute: 20 });
    room.clock.advance(61_000);
    await room.app.sweep();
    await settles();
    const cards = group.received.map(({ text }) => text).filter((text) => /Di meja/.test(text));
    expect(cards[0]).toMatch(/^🔴 BAHAYA: kekerasan di rumah \(/);
    expect(cards[1]).toMatch(/^⏳ Menunggu/);
    expect(group.topic(/^🔴 ⏳ Warga/).iconColor).toBe(0xfb6f5f);
    expect(group.asText()).not.toMatch(/suami|Welmince/);

    await room.db.query(
      `INSERT INTO concern (code, resident_id, status, category, is_name_shared, created_at)
       SELECT 'CRH-000001', a.resident_id, 'new', 'bansos', true, $2 FROM address a
         JOIN conversation c ON c.address_id = a.id WHERE c.id = $1`,
      [await room.conversationOf(one), room.clock.now()],
    );
    await room.db.query(`UPDATE resident SET name_sealed = $1 WHERE id = (SELECT resident_id FROM concern)`, [
      room.vault.seal('Welmince Foeh', sealed.residentName),
    ]);
    await room.app.sweep();
    await settles();
    expect(group.topic(/^⏳ Welmince Foeh · Chat web/).name).toBeTruthy();
    expect(group.textsIn(/Welmince/)[0]).toMatch(/Soal: Bantuan sosial/);
    expect(room.said).toContain('Welmince Foeh');
  });
});
