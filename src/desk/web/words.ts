import { dangerKinds, dangerName } from '../../domain/danger-kind.ts';

/** What the codes of the system are called on the desk. */
const categoryWords: Record<string, string> = {
  pendidikan: 'Pendidikan',
  kesehatan: 'Kesehatan',
  adminduk: 'KTP, KK, akta',
  bansos: 'Bantuan sosial',
  infrastruktur: 'Jalan, air, listrik',
  ketenagakerjaan: 'Pekerjaan',
  perlindungan_perempuan_anak: 'Perempuan & anak',
  perizinan: 'Perizinan',
  lingkungan: 'Lingkungan',
  pribadi_keluarga: 'Pribadi & keluarga',
  lainnya: 'Lainnya',
};
export const categoryIds = Object.keys(categoryWords);

export function categoryWord(id: string | null): string {
  return id === null ? 'Belum dipilih' : (categoryWords[id] ?? id);
}

const concernWords: Record<string, string> = {
  new: 'Baru',
  read: 'Sudah dibaca',
  with_officer: 'Ditangani',
  referred: 'Dirujuk',
  answered: 'Dijawab',
  settled: 'Beres',
  reopened: 'Dibuka lagi',
};
export const concernStates = Object.keys(concernWords);

export function concernWord(status: string): string {
  return concernWords[status] ?? status;
}

const bookingWords: Record<string, string> = {
  held: 'Ditawarkan ke daftar tunggu',
  booked: 'Terjadwal',
  arrived: 'Sudah datang',
  finished: 'Selesai',
  missed: 'Tidak datang',
  cancelled: 'Dibatalkan',
};

export function bookingWord(status: string): string {
  return bookingWords[status] ?? status;
}

const channelWords: Record<string, string> = { telegram: 'Telegram', whatsapp: 'WhatsApp', web: 'Chat web' };

export function channelWord(channel: string | null): string {
  return channel === null ? 'Tanpa chat' : (channelWords[channel] ?? channel);
}

export const dangerIds: readonly string[] = dangerKinds;

export function dangerWord(kind: string): string {
  return dangerName(kind);
}

const severityWords: Record<string, string> = {
  darurat: 'Darurat',
  tinggi: 'Berisiko tinggi',
  sedang: 'Perlu dilihat',
};

export function severityWord(severity: string): string {
  return severityWords[severity] ?? severity;
}

const urgencyWords: Record<string, string> = {
  rendah: 'tidak mendesak',
  sedang: 'biasa',
  tinggi: 'mendesak',
  darurat: 'darurat',
};

export function urgencyWord(urgency: string): string {
  return urgencyWords[urgency] ?? urgency;
}

const reasonWords: Record<string, string> = {
  asked: 'Minta petugas',
  danger: 'Bahaya',
  not_understood: 'Bot tidak paham',
  taken: 'Diambil petugas',
  phone: 'Dibalas dari telepon',
};

export function reasonWord(reason: string): string {
  return reasonWords[reason] ?? reason;
}

const roleWords: Record<string, string> = {
  officer: 'Petugas',
  supervisor: 'Supervisor',
  admin: 'Admin',
  analyst: 'Analis',
};
export const roleIds = ['officer', 'supervisor', 'admin', 'analyst'] as const;

export function roleWord(role: string): string {
  return roleWords[role] ?? role;
}

const presenceWords: Record<string, string> = { on_duty: 'Bertugas', busy: 'Sibuk', away: 'Tidak di tempat' };

export function presenceWord(presence: string): string {
  return presenceWords[presence] ?? presence;
}

const elementWords: Record<string, string> = {
  persyaratan: 'Persyaratan',
  prosedur: 'Sistem, mekanisme, prosedur',
  waktu: 'Waktu penyelesaian',
  biaya: 'Biaya/tarif',
  produk: 'Produk layanan',
  kompetensi: 'Kompetensi pelaksana',
  perilaku: 'Perilaku pelaksana',
  sarana: 'Sarana dan prasarana',
  pengaduan: 'Penanganan pengaduan, saran',
};

/** The elements of the survey, as the regulation calls them. */
export function elementWord(element: string): string {
  return elementWords[element] ?? element;
}

const bandWords: Record<string, string> = {
  A: 'sangat baik',
  B: 'baik',
  C: 'kurang baik',
  D: 'tidak baik',
};

export function bandWord(band: string): string {
  return bandWords[band] ?? band;
}

const contactWords: Record<string, string> = {
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  email: 'Email',
  push: 'Pemberitahuan peramban',
  group: 'Grup petugas',
};

export function contactWord(kind: string): string {
  return contactWords[kind] ?? kind;
}

const weekdayWords = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'];

export function weekdayWord(weekday: number): string {
  return weekdayWords[weekday] ?? '';
}

const actionWords: Record<string, string> = {
  log_in: 'masuk',
  log_out: 'keluar',
  set_password: 'mengganti kata sandi',
  use_setup_link: 'memakai tautan sekali pakai',
  create_officer: 'menambah petugas',
  edit_officer: 'mengubah petugas',
  reset_officer: 'membuat tautan kata sandi baru',
  read_conversation: 'membaca chat',
  show_in_group: 'membaca chat di grup Telegram',
  read_concern: 'membaca curhat',
  read_referral: 'membaca rujukan',
  claim_handoff: 'mengambil chat',
  close_handoff: 'menutup chat',
  return_to_bot: 'mengembalikan chat ke bot',
  requeue_handoff: 'chat kembali ke antrean karena tak dijawab',
  transfer_handoff: 'mengalihkan chat',
  reveal_address: 'membuka nomor/akun warga',
  retry_message: 'mengirim ulang pesan',
  attend_to_message: 'menandai pesan gagal sudah diurus',
  acknowledge_alert: 'menanggapi tanda bahaya',
  dismiss_alert: 'menyatakan tanda bahaya keliru',
  mark_booking: 'menandai kunjungan',
  move_booking: 'memindah jadwal',
  cancel_booking: 'membatalkan jadwal',
  add_walk_in: 'menambah tamu langsung',
  take_concern: 'menangani curhat',
  release_concern: 'melepas curhat dari petugas yang sudah tidak bertugas',
  answer_concern: 'menjawab curhat',
  correct_concern: 'mengoreksi dugaan sistem',
  referral_write: 'menulis rujukan',
  referral_edit: 'mengubah isi rujukan',
  referral_ask: 'meminta izin warga untuk rujukan',
  referral_approve_in_room: 'mencatat izin warga di ruang',
  referral_send: 'mengirim rujukan',
  referral_hand_in: 'memasukkan rujukan ke SP4N-LAPOR!',
  referral_carry: 'mengirim sendiri surat ke instansi',
  read_letter: 'membuka surat ke instansi',
  referral_record: 'mencatat kabar instansi',
  referral_withdraw: 'menarik rujukan',
  edit_agency_route: 'mengubah tabel rujukan',
  remove_agency_route: 'menghapus baris tabel rujukan',
  settle_concern: 'Warga menyatakan beres',
  reopen_concern: 'Dibuka lagi: warga menyatakan belum beres atau menambah cerita',
  search_concerns: 'mencari di curhat',
  export_concerns: 'mengunduh papan curhat',
  read_survey_comments: 'membaca kalimat warga di survei',
  export_survey: 'mengunduh survei',
  export_trends: 'mengunduh tren',
  export_corrections: 'mengunduh baris latihan',
  close_day: 'menutup hari layanan',
  open_day: 'membuka lagi hari',
  edit_room: 'mengubah pengaturan ruang',
  edit_agency: 'mengubah instansi',
  edit_hotline: 'mengubah nomor darurat',
  edit_canned_reply: 'mengubah balasan siap pakai',
  remove_canned_reply: 'menghapus balasan siap pakai',
  import_closures: 'memasukkan hari libur dari berkas',
  add_agency: 'menambah instansi',
  remove_agency: 'menghapus instansi',
  add_hotline: 'menambah nomor darurat',
  remove_hotline: 'menghapus nomor darurat',
  edit_sentence: 'mengubah kalimat bot',
  reset_sentence: 'memakai lagi kalimat asli bot',
  merge_residents: 'menyatukan dua chat satu warga',
  undo_merge: 'memisahkan lagi dua chat',
  erase_resident: 'menghapus semua data seorang warga',
  invite_guest: 'mengajak rekan membaca chat',
  remove_guest: 'mengakhiri rekan ikut membaca',
  edit_duty: 'mengubah piket',
  edit_handoff_settings: 'mengubah aturan pembagian chat',
  add_contact: 'menambah kontak petugas',
  remove_contact: 'menghapus kontak petugas',
  channel_log_out: 'melepas kanal',
  channel_pair: 'meminta kode pemasangan telepon',
  channel_restart: 'menyalakan ulang kanal',
  'concern-taken': 'Warga diberi tahu: ditangani petugas',
  'concern-answered': 'Warga ditanya: sudah beres?',
  'concern-check': 'Warga ditanya lagi: sudah beres?',
  'concern-settled': 'Warga diberi tahu: beres',
  'concern-late': 'Warga diberi tahu: kabarnya terlambat',
  'survey-invited': 'Warga diundang menilai layanan',
  'referral-ask': 'Warga ditanya izinnya untuk rujukan',
  'referral-sent': 'Warga diberi tahu: rujukan terkirim',
  'referral-acknowledged': 'Warga diberi tahu: instansi sudah menerima',
  'referral-progress': 'Warga diberi tahu: sedang ditindaklanjuti',
  'referral-answered': 'Warga diberi tahu: instansi sudah menjawab',
  'referral-not-ours': 'Warga diberi tahu: bukan wewenang instansi itu',
  'referral-overdue': 'Warga diberi tahu: instansi terlambat',
  'referral-withdrawn': 'Warga diberi tahu: rujukan ditarik',
};
export const auditActions = Object.keys(actionWords).filter((action) => action.includes('_'));

export function actionWord(action: string): string {
  return actionWords[action] ?? action.replaceAll('_', ' ');
}
