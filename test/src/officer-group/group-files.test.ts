import { expect, it } from 'vitest';
import { describeOnEachStore } from '../../support/stores.ts';
import { openGroupRoom } from './group-room.ts';

describeOnEachStore('files and places in the group', (store) => {
  const open = async () => {
    const at = await openGroupRoom(store);
    const ana = await at.officer('Ana');
    const warga = await at.room.resident().agrees();
    await warga.says('/petugas');
    await at.settles();
    await ana.presses('Ambil');
    await at.settles();
    warga.looksAway();
    return { at, ana, warga };
  };

  it('carries every kind from the officer to the resident, in order', async () => {
    const { at, ana, warga } = await open();
    const topic = { topic: /Warga/ };
    await ana.sendsFile('photo', new Uint8Array([1, 1]), { caption: 'Contoh formulir' }, topic);
    await ana.sendsFile('voice', new Uint8Array([2, 2]), {}, topic);
    await ana.sendsFile('document', new Uint8Array([3, 3]), {}, topic);
    await ana.sendsFile('video', new Uint8Array([4, 4]), {}, topic);
    await ana.sends({ location: { latitude: -10.15, longitude: 123.6 } }, topic);
    await ana.sends(
      {
        venue: { location: { latitude: -10.1, longitude: 123.5 }, title: 'Dinas Sosial', address: 'x' },
        location: { latitude: -10.1, longitude: 123.5 },
      },
      topic,
    );
    await ana.sends({ contact: { phone_number: '0380-123', first_name: 'Dinsos' } }, topic);
    await ana.sends({ poll: { id: '1', question: 'Siapa?', options: [] } }, topic);
    await ana.says('Itu semuanya.', topic);
    await at.settles();
    expect(
      warga
        .received()
        .slice(-8)
        .map((message) => {
          if (message.kind === 'file')
            return [message.mime, message.name, [...message.bytes], message.caption];
          if (message.kind === 'venue') return [message.title, message.latitude, message.longitude];
          return message.text;
        }),
    ).toEqual([
      ['image/jpeg', 'photo.jpg', [1, 1], 'Contoh formulir'],
      ['audio/ogg', 'voice.ogg', [2, 2], null],
      ['application/pdf', 'surat.pdf', [3, 3], null],
      ['video/mp4', 'video.mp4', [4, 4], null],
      ['Lokasi', -10.15, 123.6],
      ['Dinas Sosial', -10.1, 123.5],
      'Dinsos · 0380-123',
      'Itu semuanya.',
    ]);
    expect(at.group.textsIn(/Warga/).at(-1)).toMatch(/^Tidak terkirim: jenis pesan ini/);
    expect(await at.room.rows(`SELECT DISTINCT told FROM officer_group_message WHERE kind = 'said'`)).toEqual(
      [{ told: 'sent' }],
    );
  });

  it('carries every kind from the resident into the topic, and waits for a file to keep the order', async () => {
    const { at, ana, warga } = await open();
    const before = at.group.received.length;
    await warga.sendsFile('photo', new Uint8Array([1]), 'jalan rusak');
    await warga.sendsFile('voice', new Uint8Array([2]));
    await warga.sendsFile('document', new Uint8Array([3]));
    await warga.sends({ kind: 'location', latitude: -10.2, longitude: 123.7, title: null });
    await warga.sends({ kind: 'contact', name: 'Om Yan', phone: '0812' });
    await warga.sends({ kind: 'unsupported', what: 'poll' });
    await ana.desk.tells(warga, 'Terima kasih');
    await at.settles();
    expect(
      at.group.received.slice(before).map((post) => [post.method, post.text, [...(post.file?.bytes ?? [])]]),
    ).toEqual([
      ['sendPhoto', 'Warga: jalan rusak', [1]],
      ['sendVoice', 'Warga', [2]],
      ['sendDocument', 'Warga', [3]],
      ['sendMessage', 'Warga: (lokasi)', []],
      ['sendLocation', '', []],
      ['sendMessage', 'Warga: (kontak) Om Yan · 0812', []],
      ['sendMessage', 'Warga: (jenis pesan yang tidak bisa dibaca di sini)', []],
      ['sendMessage', 'Ana: Terima kasih', []],
    ]);

    // A file that cannot be fetched keeps back what follows, but not for ever.
    const media = { kind: 'photo' as const, mime: null, name: null, size: null, ref: 'tidak-ada' };
    at.room.telegram.fetchMedia = async () => ({ ok: false, outcome: 'retry', reason: 'away' });
    await warga.sends({ kind: 'media', media });
    await warga.says('foto di atas');
    await at.settles();
    expect(at.group.received.at(-1)?.text).toBe('Ana: Terima kasih');
    await at.passes(121);
    expect(at.group.received.at(-1)?.text).toBe('Warga: (foto, tidak bisa diambil)\n\nWarga: foto di atas');
  });

  it('says so when an officer’s file is too large or gone, and tries again when Telegram is away', async () => {
    const { at, ana, warga } = await open();
    const topic = { topic: /Warga/ };
    await at.room.db.query(
      `UPDATE setting SET value = value || '{"maxFileBytes": 10}', updated_at = $1 WHERE key = 'room'`,
      [at.room.clock.now()],
    );
    await at.passes(31);
    await ana.sendsFile('document', new Uint8Array(11), {}, topic);
    const gone = await ana.sendsFile('document', new Uint8Array(3), {}, topic);
    at.tg.expire(gone.message?.document?.file_id ?? '');
    await at.settles();
    expect(at.group.textsIn(/Warga/).slice(-2)).toEqual([
      expect.stringMatching(/^Tidak terkirim: berkas ini terlalu besar/),
      expect.stringMatching(/^Tidak terkirim: berkas ini tidak bisa diambil/),
    ]);
    at.tg.fail('getFile', { kind: 'error', status: 502 });
    await ana.sendsFile('document', new Uint8Array([9]), {}, topic);
    await ana.says('Ini menyusul berkasnya', topic);
    await at.settles();
    warga.seesNothing();
    await at.passes(5);
    expect(
      warga
        .received()
        .slice(-2)
        .map((message) => message.kind),
    ).toEqual(['file', 'text']);
  });

  it('shows a message that is longer than a post in several, whole', async () => {
    const { at, warga } = await open();
    const long = Array.from({ length: 900 }, (_, at) => `kalimat ke-${at}.`).join(' ');
    await warga.says(long);
    await warga.says('sesudahnya');
    await at.settles();
    const texts = at.group.textsIn(/Warga/);
    expect(texts.at(-1)).toBe('Warga: sesudahnya');
    const parts = texts.filter((text) => /kalimat ke-/.test(text));
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.join(' ')).toBe(`Warga: ${long}`);
  });
});
