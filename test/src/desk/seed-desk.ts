import type { Desk } from './desk-harness.ts';

const minute = 60_000;

/** A believable Monday morning, for the browser test and for looking at the desk. All people are invented. */
export async function seedDesk(desk: Desk) {
  const ana = await desk.officer('Ana Benu', 'admin');
  const yusuf = await desk.officer('Yusuf Lay', 'supervisor');
  const rambu = await desk.officer('Rambu Ata', 'officer');
  await desk.db.query(`UPDATE officer SET presence = 'on_duty' WHERE id IN ($1, $2)`, [ana.id, rambu.id]);
  const start = desk.clock.now().getTime();
  const at = (minutesAgo: number): void => desk.clock.set(new Date(start - minutesAgo * minute));

  at(60 * 40);
  const maria = await desk.resident('Maria Bano');
  const mariaBooking = await maria.books('2026-11-30', '09:30');
  const mariaConcern = await maria.poursOut(
    'Selamat siang. Beta mau cerita tentang PKH. Sudah dua kali nama mama beta sonde keluar, padahal tahun lalu masih dapat.',
    mariaBooking.id,
  );
  await maria.says(
    'Katong su tanya di kelurahan, mereka bilang tunggu saja. Mama su tua, obat harus beli tiap bulan.',
    {
      concernId: mariaConcern.id,
    },
  );
  const voice = await maria.says(
    {
      kind: 'media',
      media: {
        kind: 'voice',
        mime: 'audio/ogg',
        name: null,
        size: 18_000,
        ref: null,
        bytes: null,
        durationSeconds: 24,
      },
      caption: null,
    },
    { concernId: mariaConcern.id },
  );
  const fileKey = await desk.files.put(quietWave(), { kind: 'media' });
  await desk.db.query(
    `INSERT INTO attachment (message_id, kind, mime, size_bytes, duration_seconds, status, file_key, created_at)
     VALUES ($1, 'voice', 'audio/wav', 18000, 24, 'stored', $2, $3)`,
    [voice, fileKey, desk.clock.now()],
  );
  await desk.db.query(
    `UPDATE concern SET kelurahan_code = '53.71.01.1001', next_word_by = '2026-12-02' WHERE id = $1`,
    [mariaConcern.id],
  );

  const yohanes = await desk.resident('Yohanes Taopan');
  const yohanesBooking = await yohanes.books('2026-11-30', '08:00');
  await desk.db.query(`UPDATE booking SET status = 'finished' WHERE id = $1`, [yohanesBooking.id]);
  const siti = await desk.resident('Siti Rahman', 'web');
  const sitiBooking = await siti.books('2026-11-30', '09:00');
  await siti.poursOut('Guru minta uang komite Rp 300 ribu, katanya wajib.', sitiBooking.id);
  await desk.db.query(`UPDATE booking SET status = 'arrived', confirmed_at = created_at WHERE id = $1`, [
    sitiBooking.id,
  ]);
  const daniel = await desk.resident('Daniel Kase');
  await daniel.books('2026-11-30', '10:30');
  const agus = await desk.resident('Agustinus Neno', 'whatsapp');
  const agusBooking = await agus.books('2026-11-30', '10:30', 2);
  await desk.db.query(`UPDATE booking SET confirmed_at = created_at WHERE id = $1`, [agusBooking.id]);
  const missed = await desk.resident('Petrus Liu');
  const missedBooking = await missed.books('2026-11-30', '08:30');
  await desk.db.query(`UPDATE booking SET status = 'missed' WHERE id = $1`, [missedBooking.id]);
  const rabu = await desk.resident('Welmince Foeh');
  await rabu.books('2026-12-02', '09:00');

  at(47);
  const lena = await desk.resident('Lena Adu');
  await lena.says('Halo, saya mau tanya soal surat pindah.');
  await lena.waits();
  at(22);
  await agus.says('Bapa, beta bisa datang jam 11 sa ko?');
  await agus.waits();
  at(9);
  const rini = await desk.resident(null, 'web');
  await rini.says('tolong, beta takut pulang ke rumah');
  const alertId = await rini.alarms('tinggi');
  await rini.waits(0);

  at(35);
  await maria.says('Selamat pagi, saya sudah di jalan. Apa saya bawa KK asli?');
  const edited = await maria.says('Saya sampai jam sembilan');
  await maria.says(
    { kind: 'edit', messageRef: 'x', text: 'Saya sampai jam setengah sepuluh' },
    { about: edited },
  );
  await maria.waits();
  at(30);
  await ana.post(`/conversations/${maria.conversationId}/claim`);
  await ana.post(`/conversations/${maria.conversationId}/messages`, {
    text: 'Selamat pagi, Mama Maria. Ya, tolong bawa KK asli dan kartu PKH yang lama. Kami tunggu.',
    onceKey: 'contoh-1',
  });
  await desk.db.query(
    `UPDATE message SET status = 'read' WHERE conversation_id = $1 AND author = 'officer'`,
    [maria.conversationId],
  );
  await ana.post(`/conversations/${maria.conversationId}/notes`, {
    body: 'Sudah saya cek ke Dinsos: berkasnya masih di verifikasi, minta nomor DTKS waktu datang.',
  });
  at(12);
  await maria.says('Baik, terima kasih. Ada surat dari RT juga, beta bawa ko?');
  const failed = await desk.one<{ id: string }>(
    `INSERT INTO message (conversation_id, direction, author, officer_id, kind, content_sealed, sent_at, created_at, status, attempts, failure)
     VALUES ($1, 'out', 'officer', $2, 'text', $3, $4, $4, 'failed', 6, 'Telegram tidak menjawab') RETURNING id`,
    [
      maria.conversationId,
      ana.id,
      desk.vault.sealJson(
        { kind: 'text', text: 'Surat dari RT boleh dibawa juga.', choices: [], replyToRef: null },
        'message.content',
      ),
      desk.clock.now(),
    ],
  );
  await desk.db.query(
    `INSERT INTO canned_reply (shortcut, title, body, updated_at) VALUES
     ('salam', 'Salam pembuka', '{salam}, {nama}. Saya {petugas}. Silakan ceritakan, saya membaca.', $1),
     ('berkas', 'Berkas yang dibawa', 'Mohon bawa KTP dan KK asli. Bila tidak ada, datang saja, kita cari jalannya bersama.', $1)`,
    [desk.clock.now()],
  );
  await desk.db.query(
    `INSERT INTO concern (code, resident_id, status, category, kelurahan_code, created_at, received_at, next_word_by, officer_id) VALUES
     ('CRH-7K2MQ9', $1, 'with_officer', 'adminduk', '53.71.02.1002', $2, $2, '2026-11-27', $3),
     ('CRH-D40XPA', $1, 'answered', 'lingkungan', NULL, $2, $2, '2026-12-04', $3)`,
    [yohanes.residentId, new Date(start - 5 * 24 * 60 * minute), rambu.id],
  );
  desk.clock.set(new Date(start));
  return { ana, yusuf, rambu, maria, lena, agus, rini, alertId, mariaConcern, failedId: failed.id };
}

/** A second of silence that a browser can play. */
function quietWave(): Uint8Array {
  const samples = 8000;
  const wave = Buffer.alloc(44 + samples, 0x80);
  wave.write('RIFF', 0, 'latin1');
  wave.writeUInt32LE(36 + samples, 4);
  wave.write('WAVEfmt ', 8, 'latin1');
  wave.writeUInt32LE(16, 16);
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(1, 22);
  wave.writeUInt32LE(8000, 24);
  wave.writeUInt32LE(8000, 28);
  wave.writeUInt16LE(1, 32);
  wave.writeUInt16LE(8, 34);
  wave.write('data', 36, 'latin1');
  wave.writeUInt32LE(samples, 40);
  return wave;
}
