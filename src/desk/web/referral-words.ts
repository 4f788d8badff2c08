/** What the codes of a referral are called on the desk. */
const stateWords: Record<string, string> = {
  draft: 'Ditulis',
  asked: 'Menunggu izin warga',
  approved: 'Diizinkan warga',
  sending: 'Sedang dikirim',
  by_hand: 'Menunggu dikirim petugas',
  sent: 'Terkirim',
  acknowledged: 'Diterima instansi',
  answered: 'Dijawab instansi',
  not_ours: 'Bukan wewenangnya',
  refused_by_resident: 'Tidak diizinkan warga',
  withdrawn: 'Ditarik',
  failed: 'Gagal terkirim',
};

export function referralWord(status: string): string {
  return stateWords[status] ?? status;
}

/** Where it stands and what comes next, for an officer who has not seen it before. */
const nextWords: Record<string, string> = {
  draft: 'Belum ada yang keluar dari ruang ini. Periksa isinya, lalu minta izin warga.',
  asked: 'Warga sedang membaca persis isi di bawah ini. Tidak ada yang dikirim sebelum ia menjawab ya.',
  approved:
    'Warga sudah mengizinkan isi ini. Kirim lewat surel, atau ketik ke SP4N-LAPOR! dan catat nomornya.',
  sending: 'Surelnya sedang diserahkan ke server surel.',
  by_hand: 'Suratnya sudah siap. Instansi dan warga belum tahu apa-apa.',
  sent: 'Sudah di instansi; kita menunggu tanda terima.',
  acknowledged: 'Instansi sudah menerima; kita menunggu kelanjutannya.',
  answered: 'Instansi sudah menjawab. Teruskan jawabannya kepada warga lewat kotak jawaban di atas.',
  not_ours: 'Instansi ini tidak berwenang. Rujuk ke instansi lain; warga akan dimintai izin lagi.',
  refused_by_resident: 'Warga tidak mengizinkan; rujukan ini berhenti di sini.',
  withdrawn: 'Rujukan ini ditarik.',
  failed: 'Surelnya tidak bisa diserahkan. Periksa alamat instansi, kirim ulang, atau pakai SP4N-LAPOR!.',
};

export function referralNext(status: string): string {
  return nextWords[status] ?? '';
}

const clockWords: Record<string, string> = {
  acknowledge: 'tanda terima',
  follow_up: 'tindak lanjut',
  answer: 'jawaban',
};

export function clockWord(clock: string): string {
  return clockWords[clock] ?? clock;
}

const stepWords: Record<string, string> = {
  acknowledge: 'Sudah menerima',
  follow_up: 'Sedang menindaklanjuti',
  answer: 'Memberi jawaban',
  disown: 'Bukan wewenangnya',
};

export function stepWord(step: string): string {
  return stepWords[step] ?? step;
}

/** What happened with a referral, after the name of whoever did it. */
const eventWords: Record<string, string> = {
  written: 'menulis rujukan',
  edited: 'mengubah isi rujukan',
  asked: 'meminta izin warga',
  approved: 'Warga mengizinkan rujukan',
  amended: 'Warga minta isi rujukan diubah',
  refused: 'Warga tidak mengizinkan rujukan',
  recalled: 'Warga ingin rujukan ditarik kembali',
  queued: 'mengirim rujukan',
  sent: 'Surat rujukan diterima server surel',
  send_failed: 'Surat rujukan gagal terkirim',
  set_aside: 'Surat rujukan menunggu dikirim petugas',
  carried: 'mengirim sendiri surat rujukan',
  handed_in: 'memasukkan rujukan ke SP4N-LAPOR!',
  viewed: 'membuka rujukan',
  file_opened: 'membuka lampiran rujukan',
  acknowledged: 'mencatat rujukan sudah diterima',
  followed_up: 'menindaklanjuti',
  answered: 'menjawab',
  disowned: 'menyatakan bukan wewenangnya',
  withdrawn: 'menarik rujukan',
  chased: 'Instansi diingatkan',
};

export function referralEventWord(kind: string): string {
  return eventWords[kind] ?? kind.replaceAll('_', ' ');
}
