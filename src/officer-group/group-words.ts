/** Every sentence that officers read in their group. Plain text, never markup. */
export const groupWords = {
  claim: 'Ambil',
  howToLink:
    'Akun Telegram ini belum terhubung dengan petugas. Di meja: Pengaturan > Saya > Hubungkan Telegram, lalu kirim /masuk KODE ke bot.',
  anonymous:
    'Anda menulis sebagai admin anonim, jadi kami tidak tahu siapa Anda. Pesan ini tidak sampai ke warga. Matikan "tetap anonim", lalu kirim lagi.',
  linked: (name: string) => `Terhubung: akun Telegram ini sekarang ${name}.`,
  wrongCode: 'Kode ini salah, sudah dipakai, atau sudah lewat 15 menit. Buat kode baru di meja.',
  tooManyCodes: (when: string) =>
    `Sudah terlalu banyak kode yang salah dari akun ini. Coba lagi ${when}, dengan kode baru dari meja (Pengaturan > Saya).`,
  takenAccount: 'Akun Telegram ini sudah terhubung dengan petugas lain. Lepaskan dulu di akunnya.',
  yours: 'Chat ini sekarang Anda pegang.',
  alreadyYours: 'Chat ini sudah Anda pegang.',
  heldBy: (name: string) => `Sudah diambil ${name}.`,
  notWaiting: 'Warga ini tidak lagi menunggu petugas.',
  gone: 'Chat ini tidak ada lagi.',
  notAllowed: 'Peran Anda tidak mengizinkan ini. Mintalah kepada supervisor.',
  held: (name: string) => `Chat ini sekarang dipegang ${name}.`,
  notSentHeldBy: (name: string) =>
    `Tidak terkirim: chat ini dipegang ${name}. Supervisor bisa mengambil alih dengan /ambil.`,
  notSentNobody: 'Tidak terkirim: belum ada yang memegang chat ini. Ambil dulu dengan /ambil.',
  notSentUnreadable: 'Tidak terkirim: jenis pesan ini tidak bisa diteruskan ke warga.',
  notSentTooLarge: 'Tidak terkirim: berkas ini terlalu besar. Kecilkan, atau kirim lewat meja.',
  notSentGone: 'Tidak terkirim: berkas ini tidak bisa diambil dari Telegram. Kirim sekali lagi.',
  notSentBroken: 'Tidak terkirim karena gangguan di sistem. Kirim sekali lagi, atau balas lewat meja.',
  editNotSent: 'Perubahan ini tidak sampai ke warga. Kirim pesan baru bila perlu.',
  noteKept: 'Catatan disimpan. Hanya petugas yang melihatnya.',
  noteEmpty: 'Tulis catatannya sesudah // atau /catatan.',
  noteWithFile: 'Tidak terkirim dan tidak dicatat: catatan hanya bisa tulisan. Tulis catatan tanpa berkas.',
  notYours: (name: string) =>
    `Chat ini dipegang ${name}. Hanya ${name} dan supervisor yang bisa melakukannya.`,
  notHeld: 'Belum ada yang memegang chat ini. Ambil dulu dengan /ambil.',
  returned: 'Dikembalikan ke bot. Warga sudah diberi tahu.',
  queued: 'Dikembalikan ke antrean. Siapa pun bisa mengambilnya.',
  closed: 'Selesai. Bot melanjutkan bila warga menulis lagi.',
  transferred: (name: string) => `Dialihkan ke ${name}.`,
  transferTo: 'Tulis namanya: /alih NAMA',
  present: (minutes: number) =>
    `Anda tercatat bertugas: chat baru ditawarkan juga kepada Anda. Diam ${minutes} menit di sini dianggap pergi.`,
  away: 'Anda tercatat pergi: chat baru tidak ditawarkan kepada Anda. Yang Anda pegang tetap pada Anda.',
  unknownOfficer: (name: string) => `Tidak ada petugas aktif bernama "${name}".`,
  severalOfficers: (names: readonly string[]) => `Ada beberapa: ${names.join(', ')}. Tulis lebih lengkap.`,
  referral: (link: string) => `Tulis di sini: /rujuk INSTANSI: ringkasannya. Atau buat di meja: ${link}`,
  referralWritten: (agency: string, link: string) =>
    `Konsep rujukan ke ${agency} disimpan, belum dikirim. Tanyakan dulu kepada warga, lalu kirim dari meja: ${link}`,
  referralOpen: (link: string) => `Curhat ini sedang dirujuk. Lihat di meja: ${link}`,
  noConcern: (link: string) =>
    `Warga ini belum menyampaikan curhat yang bisa dirujuk. Chatnya di meja: ${link}`,
  notHandling: (link: string) => `Tangani curhat ini dulu di meja, baru bisa merujuknya: ${link}`,
  unknownAgency: (name: string) => `Tidak ada instansi bernama "${name}".`,
  noTopic: 'Tulis perintah ini di topik chatnya, atau sebagai balasan pada kartunya.',
  help: [
    'Yang Anda tulis di sini sampai ke warga, bila Anda memegang chatnya.',
    '// atau /catatan ... : catatan untuk petugas saja',
    '/ambil : ambil chat (supervisor: ambil alih)',
    '/lepas : kembalikan ke bot · /lepas antrean : ke antrean',
    '/alih NAMA : alihkan ke rekan',
    '/rujuk INSTANSI: ringkasan : konsep rujukan',
    '/selesai [kata penutup] : tutup chat',
    '/hadir : saya bertugas · /pergi : jangan tawarkan chat dulu',
  ].join('\n'),
  unknownCommand: 'Perintah itu tidak dikenal, dan tidak dikirim ke warga.',
  flat: 'Bot belum bisa membuat topik di grup ini, jadi tiap chat tampil sebagai kartu di sini: balas kartu atau pesannya. Supaya tiap chat punya topik sendiri: nyalakan "Topik" di pengaturan grup dan jadikan bot admin yang boleh mengelola topik.',
  flatNote:
    'the officers\' group has no topics for the bot: turn on "Topics" and let it manage them as admin',
  fateWaits: 'Menunggu: WhatsApp baru mengizinkan balasan ini setelah warga menulis lagi.',
  fateFailed:
    'Pesan ini tidak sampai ke warga. Coba lagi dari meja (Belum terkirim), atau hubungi lewat jalan lain.',
  notShown: (link: string) => `Satu pesan tidak bisa ditampilkan di sini. Lihat di meja: ${link}`,
} as const;

/** Who said it, as it stands before the words. */
export const whoWords = {
  resident: 'Warga',
  phone: 'Telepon ruang',
  bot: 'Bestie',
  unknown: 'Petugas',
} as const;

export const mediaWords: Readonly<Record<string, string>> = {
  voice: 'pesan suara',
  audio: 'rekaman',
  photo: 'foto',
  video: 'video',
  document: 'berkas',
  sticker: 'stiker',
};
