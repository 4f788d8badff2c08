import { expect, it } from 'vitest';
import { officerIn } from '../support/officer.ts';
import { openRoom } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

describeOnEachStore('what is kept about me', (store) => {
  it('exports everything, with the words as they were written', async () => {
    const room = await openRoom(store);
    const ana = await room.resident('Ana Tanone').agrees();
    const booking = await ana.books(/Senin, 30 November/, '09.00');
    const concern = await ana.poursOut('air di rumah tidak jalan');
    await ana.sendsFile('document');
    await ana.says('/batal');
    await ana.says('/data').sees(/1 jadwal, dan 1 curhat/, /\[Jangan kirim pengingat\]/);
    await ana.presses('Unduh salinannya').sees(/salinan data Anda/, /\(file\)/);
    const data = JSON.parse(ana.file()) as Record<string, Record<string, unknown>[]>;
    expect(data['addresses']?.[0]).toMatchObject({
      channel: 'telegram',
      value: ana.chat,
      profileName: 'Ana Tanone',
    });
    expect(data['bookings']?.[0]).toMatchObject({ code: booking, day: '2026-11-30', time: '09:00' });
    expect(data['concerns']?.[0]).toMatchObject({ code: concern, category: 'lainnya' });
    expect(data['consents']).toHaveLength(1);
    const messages = data['messages'] ?? [];
    expect(messages.find((message) => message['concern'] === concern)?.['content']).toEqual({
      kind: 'text',
      text: 'air di rumah tidak jalan',
    });
    expect(messages.find((message) => message['kind'] === 'media')?.['files']).toEqual([
      expect.objectContaining({
        kind: 'document',
        name: `surat-${ana.chat}.pdf`,
        status: 'stored',
        sizeBytes: 3,
      }),
    ]);
    expect(
      messages.some((message) => JSON.stringify(message['content']).includes('Jadwal Anda tercatat')),
    ).toBe(true);
  });

  it('erases all after two confirmations, frees the seat for who waits, and forgets the address the next night', async () => {
    const room = await openRoom(store);
    const hours = { opens: '09:00', closes: '09:30', breakFrom: '12:00', breakTo: '13:00' };
    await room.db.query(`INSERT INTO setting (key, value, updated_at) VALUES ('room', $1, now())`, [
      JSON.stringify({ hours, seatsPerSlot: 1 }),
    ]);
    await room.restarts();
    const [ana, budi] = [await room.resident('Ana Tanone').agrees(), await room.resident().agrees()];
    await ana.books(/Senin, 30 November/, '09.00');
    await ana.poursOut('rahasia saya');
    const maria = await officerIn(room);
    await maria.takes(ana);
    await maria.sendsFile(ana);
    await maria.returns(ana);
    await budi.says('/pesan');
    await budi.presses(/30 November/);
    await budi.presses('Masuk daftar tunggu');
    budi.looksAway();
    // In the middle of another story.
    await ana.says('/curhat');
    await ana.presses('Curhat baru');
    await ana.sendsFile('voice');
    expect(await room.keptFiles()).toHaveLength(2);
    await ana.says('/data');
    await ana.presses('Hapus semua').sees(/tidak bisa dikembalikan/);
    await ana.presses('Tidak, simpan').sees(/tidak ada yang dihapus/, /\[Selesai\]/);
    await ana.says('/data');
    await ana.says('hapus semua').sees(/tidak bisa dikembalikan/);
    await ana.says('lanjut').sees(/Benar-benar hapus semuanya/);
    const sure = ana.button('Ya, hapus semua');
    await ana.pressesToken(sure).sees(/Semuanya sudah dihapus/);
    ana.seesNoneOf(/Selesai/);
    budi.sees(/Ada kursi kosong untuk Anda/);

    const anas = await room.conversationOf(ana);
    const left = await room.rows<{ kind: string; direction: string }>(
      `SELECT direction, kind FROM message WHERE conversation_id = $1 AND content_sealed IS NOT NULL`,
      [anas],
    );
    expect(left).toEqual([{ direction: 'out', kind: 'text' }]);
    for (const table of ['booking', 'concern', 'waiting'])
      expect(
        await room.rows(
          `SELECT 1 FROM ${table} WHERE resident_id = (SELECT a.resident_id FROM address a JOIN conversation c ON c.address_id = a.id WHERE c.id = $1)`,
          [anas],
        ),
      ).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM notice WHERE conversation_id = $1`, [anas])).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM attachment`)).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM address WHERE profile_name_sealed IS NOT NULL`)).toHaveLength(1);
    await room.app.sweep();
    expect(await room.keptFiles()).toEqual([]);

    await ana.pressesToken(sure).sees(/./);
    expect(await room.rows(`SELECT 1 FROM consent WHERE withdrawn_at IS NULL`)).toHaveLength(1);
    room.clock.set('2026-11-26T02:30:00+08:00');
    await room.app.daily();
    expect(await room.conversationOf(ana)).toBe('');
    expect(await room.rows(`SELECT 1 FROM resident`)).toHaveLength(1);
    await ana.says('halo').sees(/Setuju\?/);
  });

  it('exports what an officer sent by its name, and no earlier copy of all this', async () => {
    const room = await openRoom(store);
    const ana = await room.resident('Ana Tanone').agrees();
    const maria = await officerIn(room);
    await maria.takes(ana);
    const fileKey = await maria.sendsFile(ana);
    await maria.returns(ana);
    const copy = async () => {
      await ana.says('/data');
      await ana.presses('Unduh salinannya').sees(/\(file\)/);
      return ana.file();
    };
    const first = await copy();
    expect(first).not.toContain(fileKey);
    const { messages } = JSON.parse(first) as { messages: Record<string, unknown>[] };
    expect(
      messages.find((message) => message['author'] === 'officer' && message['kind'] === 'file'),
    ).toMatchObject({
      content: { kind: 'file', name: 'surat-dari-petugas.pdf', mime: 'application/pdf' },
      files: [{ kind: 'document', name: 'surat-dari-petugas.pdf', sizeBytes: 3, status: 'stored' }],
    });
    const [second, third] = [await copy(), await copy()];
    // Some messages more each time, and not twice as much.
    expect(third.length - second.length).toBeLessThan((second.length - first.length) * 1.5);
    expect(third).not.toContain('\\"messages\\"');
  });

  it('turns reminders off and on', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.books(/Rabu, 25 November/, '09.00');
    await ana.says('/data');
    await ana.says('jangan kirim pengingat').sees(/tidak mengirim pengingat lagi/);
    ana.looksAway();
    await room.passes('2026-11-24T18:00:00+08:00');
    ana.seesNothing();
    await ana.says('/data').sees(/\[Kirim pengingat lagi\]/);
    await ana.presses('Kirim pengingat lagi').sees(/pengingat kami kirim lagi/);
    ana.looksAway();
    await room.passes('2026-11-25T07:00:00+08:00');
    ana.sees(/hari ini Anda punya jadwal/);
  });
});
