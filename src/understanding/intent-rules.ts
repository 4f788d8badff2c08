import type { IntentName } from './intent.ts';

/** The bot's own commands and what people type instead, as the whole message, with or without the slash. */
export const nameOfCommand: Readonly<Record<string, IntentName>> = {
  start: 'greeting', mulai: 'greeting', menu: 'greeting', begin: 'greeting',
  pesan: 'book', booking: 'book', book: 'book', reservasi: 'book', daftar: 'book', jadwal: 'book', antre: 'book', 'pesan jadwal': 'book', 'pesan tempat': 'book', 'buat janji': 'book', janji: 'book', appointment: 'book',
  curhat: 'pour_out', cerita: 'pour_out', mengadu: 'pour_out', lapor: 'pour_out', keluhan: 'pour_out', aduan: 'pour_out', pengaduan: 'pour_out', concern: 'pour_out', complaint: 'pour_out', complain: 'pour_out', story: 'pour_out',
  status: 'status', cek: 'status', 'cek status': 'status', track: 'status', check: 'status', progress: 'status',
  petugas: 'person', officer: 'person', admin: 'person', cs: 'person', operator: 'person', human: 'person', manusia: 'person', orang: 'person', staff: 'person',
  data: 'my_data', 'data saya': 'my_data', 'my data': 'my_data', 'punya data': 'my_data', privasi: 'my_data', privacy: 'my_data',
  bahasa: 'language', language: 'language', english: 'language', inggris: 'language', indonesia: 'language', 'ganti bahasa': 'language', 'bahasa inggris': 'language', 'bahasa indonesia': 'language', 'change language': 'language',
  bantuan: 'help', help: 'help', tolong: 'help', panduan: 'help', info: 'help', '?': 'help', 'cara pakai': 'help',
  batal: 'leave', cancel: 'leave', stop: 'leave', keluar: 'leave', berhenti: 'leave', exit: 'leave', quit: 'leave', kembali: 'leave', back: 'leave', batalkan: 'leave',
  jam: 'hours', 'jam buka': 'hours', alamat: 'address', lokasi: 'address', address: 'address', location: 'address', hours: 'hours',
  ya: 'yes', iya: 'yes', yes: 'yes', y: 'yes', ok: 'yes', oke: 'yes', okay: 'yes', setuju: 'yes', betul: 'yes', benar: 'yes', siap: 'yes', boleh: 'yes', iyo: 'yes', yup: 'yes', sip: 'yes', lanjut: 'yes',
  tidak: 'no', no: 'no', n: 'no', bukan: 'no', jangan: 'no', nope: 'no', 'tidak mau': 'no', 'tidak usah': 'no',
  selesai: 'done', sudah: 'done', done: 'done', cukup: 'done', 'itu saja': 'done', finish: 'done', 'sudah selesai': 'done', 'sudah cukup': 'done', 'itu sudah': 'done', 'begitu saja': 'done',
}; // prettier-ignore

export const intentWords: Readonly<Record<string, string>> = {
  want: 'mau bisa boleh minta tolong perlu butuh would like need harus rencana akan coba',
  visit: 'jadwal temu kunjungan janji slot antre tempat waktu booking reservasi appointment sesi nomor visit',
  day: 'senin selasa rabu kamis jumat sabtu besok lusa minggu depan tanggal hari jam pagi siang sore',
  room: 'ruang ruangan bestie curhat kantor mpp mall kalian sana situ layanan room office sini',
  staff: 'petugas admin operator cs staf officer manusia konselor pegawai person human seseorang agent psikolog staff',
};

export const intentRules: readonly { name: IntentName; confidence: number; patterns: readonly string[] }[] = [
  {
    name: 'greeting',
    confidence: 0.9,
    patterns: ['^ halo|hai|hay|hallo|hi|hello|hey|helo|hy|oi|woi|syalom|shalom|salam|assalamualaikum|permisi|p|tabe|hei|alo|haloo', 'selamat pagi|siang|sore|malam|datang', '^ pagi|siang|sore|malam $', '^ pagi|siang|sore|malam kakak|bapak|mama|min|admin|semua|bestie|bu|pak', 'good pagi|siang|sore|malam', 'apa kabar', 'how are kamu', '^ kakak $', '^ min $', '^ bestie $', '^ tes|test|ping|cek $'],
  },
  {
    name: 'book',
    confidence: 0.9,
    patterns: ['@want ~3 pesan|booking|book|reservasi|daftar ~3 @visit|@day|@room', '@want ~1 booking|book|reservasi|pesan', 'pesan ~2 jadwal|tempat|slot|waktu|kursi|antre|hari', 'booking|reservasi|book ~2 @visit|@day|@room|tempat', 'buat|bikin|atur|ambil ~1 janji|jadwal|appointment|antre', '@want ~2 janji ~1 temu|bertemu', 'janji temu|bertemu', 'daftar ~2 curhat|kunjungan|sesi|antre|konsultasi', '@want ~1 daftar $', 'ambil ~1 nomor ~1 antre', 'schedule ~3 visit|appointment|meeting', 'make ~2 appointment', 'ada slot', 'slot ~3 kosong|ada|tersedia', 'masih ~2 slot|tempat', 'jadwal ~2 kosong|tersedia', '@want ~1 datang ~5 @day', '@want ~2 pergi ~3 @day', 'datang ~3 @day ~3 bisa|boleh', '@day ~3 datang', '@want ~2 datang ~2 @room', '@want ~2 datang ~1 langsung|curhat', '@want ~2 bertemu ~3 @day|@staff', '@day ~4 bertemu', '@want ~2 curhat ~3 @day', 'curhat ~2 langsung|tatap', 'tatap muka', '@want ~1 konsultasi ~3 @day|langsung', '@want ~1 jadwal', 'come ~4 @day', 'visit ~3 @day|@room', 'bisa ~3 @day ~2 jam'],
  },
  { name: 'book', confidence: 0.6, patterns: ['@day ~4 bisa|boleh', 'bisa|boleh ~2 @day', '@want ~2 datang', '@want visit', 'kapan ~2 bisa ~1 datang|bertemu|curhat|konsultasi', 'bisa ~2 datang ~1 kapan'] },
  {
    name: 'change',
    confidence: 0.9,
    patterns: ['ganti|ubah|pindah|geser|dipindah|diganti|diubah|ditunda|digeser|diundur|dimajukan|undur|mundur|majukan|tunda|reschedule|move|change|rubah|pindahkan|mundurkan|undurkan ~3 jadwal|janji|booking|pesanan|jam|hari|waktu|tanggal|kunjungan|appointment|@day', 'ganti|pindah|geser|ubah ~1 ke|jadi ~1 @day', 'reschedule', 'jadwal|booking|janji ~3 ganti|ubah|pindah|geser|tunda|undur|dipindah|diganti|diubah|ditunda|digeser|diundur|dimajukan', 'jadwal ulang', 'booking ~3 ganti|ubah|pindah|geser', 'tidak bisa ~1 @day ~3 ganti|pindah|bisa', 'tidak jadi ~1 @day ~2 pindah|ganti|jadi', 'minta ~1 ganti|pindah hari|jam|jadwal|waktu'],
  },
  {
    name: 'cancel_booking',
    confidence: 0.9,
    patterns: ['batal*|cancel|hapus|batalkan|membatalkan ~3 jadwal|janji|booking|pesanan|kunjungan|appointment|pesan|antre|slot|reservasi|@day', 'booking|jadwal|janji|pesanan ~3 batal*|cancel|hapus', 'tidak jadi datang|pergi|booking|pesan|hadir', 'tidak bisa ~1 datang|hadir|pergi', 'saya ~1 batal datang|pergi|hadir', 'batal datang|pergi|hadir', 'tidak ~1 jadi ~2 @day', 'berhalangan', 'cannot|tidak come ~2'],
  },
  { name: 'leave', confidence: 0.8, patterns: ['^ batal $', '^ batal saja $', 'tidak jadi $', 'kembali ke menu', 'menu utama', 'keluar ~1 dari ~1 menu', 'lupakan ?saja', 'nanti saja', 'lain kali', '^ batal ~2 $', 'never mind', 'forget it', 'tidak usah ~1 $', 'berhenti ~1 $'] },
  {
    name: 'hours',
    confidence: 0.9,
    patterns: ['jam|pukul ~3 buka|tutup|layanan|kerja|operasional|pelayanan', 'buka ~3 jam|hari|kapan|pukul|sampai', 'tutup ~2 jam|kapan|pukul', 'hari ~2 apa ~3 buka|layanan|ada|tutup', 'kapan ~3 buka|tutup', 'buka ~1 tidak|kah|ko $', '@day ~2 buka|tutup', 'buka ~2 @day', 'masih ~1 buka', 'sudah ~1 buka|tutup', 'opening hours', 'are kamu open', 'open ~3 @day', 'when ~4 open|close', 'bagaimana|apa jam ~4 open|close', 'open|close ~2 $', 'jadwal ~2 buka|layanan|operasional|ruang', 'libur ~2 tidak|buka|kapan', 'jam berapa ~4 datang', 'what|apa ~1 time|jam ~5 open|close|buka', 'istirahat ~1 jam', 'jam istirahat'],
  },
  {
    name: 'address',
    confidence: 0.9,
    patterns: ['alamat ~3', 'lokasi ~2', 'di mana ~3 @room|tempat|lokasi|kantor|letak', '@room ~3 di ?sebelah mana', 'tempat* ~1 di mana', 'mana ~1 tempat|lokasi|alamat|kantor*', 'ke mana ~2 datang|pergi', 'datang ke mana', 'maps', 'peta ~1', 'arah ke', 'where ~4 @room|office|located|room|place', 'location', 'address', 'jalan apa', 'lewat mana ke', 'naik ~1 bemo ~3', 'posisi ~1 @room', 'parkir ~2 mana'],
  },
  {
    name: 'status',
    confidence: 0.9,
    patterns: ['status saya', 'status ~3 laporan|aduan|curhat|booking|pengaduan|keluhan|kasus|berkas|pesanan|crh|bst|permohonan', 'sampai ~2 mana ~4 laporan|aduan|curhat|masalah|kasus|urusan|keluhan|pengaduan', 'laporan|aduan|curhat|keluhan|kasus|pengaduan|masalah ~3 sampai ~1 mana', 'laporan|aduan|curhat|keluhan|pengaduan ~4 bagaimana|kabar|perkembangan|tindak|proses|selesai|dijawab|ditanggapi', 'bagaimana ~2 laporan|aduan|curhat|keluhan|pengaduan|kasus|kelanjutan|perkembangan', 'perkembangan ~2 laporan|kasus|aduan|curhat|masalah', 'tindak lanjut', 'cek ~2 laporan|status|aduan|curhat|booking|jadwal|kode', 'kode ~2 saya|crh|bst', 'crh|bst', 'sudah ~2 proses|ditindak|ditanggapi ~1', 'kapan ~3 dijawab|ditindak|selesai ~2', 'jadwal saya', 'booking saya ~3', 'kapan ~2 jadwal saya', 'status ~1 of', 'punya laporan|booking|report|case|concern ~3', 'any update ~3', 'update ~3 laporan|saya|case', 'nomor antre saya'],
  },
  {
    name: 'pour_out',
    confidence: 0.85,
    patterns: ['@want ~2 curhat|cerita|bercerita|mengadu|ngadu|lapor*|sampaikan|menyampaikan|adukan|mengeluh|bicara|konsultasi|omong|share|keluhan|talk|aduan|pengaduan', '@want ~3 tumpah|keluarkan isi|uneg', 'curhat ~1 dong|ya|boleh|dulu|bisa', 'boleh|bisa curhat|cerita', 'ada masalah', 'saya ~1 ada|punya masalah|keluhan|aduan|keluh', 'dengar ~1 saya', 'unek unek|uneg', 'butuh ~2 teman cerita|curhat|bicara', 'sampaikan keluhan|aduan', 'punya keluhan|masalah|aduan', 'ada ~1 yang ~1 mau ~2 cerita|sampaikan|curhat', 'tolong dengar'],
  },
  {
    name: 'person',
    confidence: 0.9,
    patterns: ['@want ~3 bicara|omong|chat|telepon|bertemu|hubungi|sambung*|ngobrol|talk|speak|tanya|disambungkan ~3 @staff|orang', 'bicara|chat|omong|ngobrol|talk|speak ~3 @staff|orang', 'hubungi|sambung*|panggil*|kasih|call ~2 @staff', '@want ~1 @staff', 'ada ~1 @staff|orang ~2', 'orang ~1 asli|beneran|sungguhan', 'bukan ~1 bot|robot|mesin', 'tidak ~1 mau ~2 bot|robot|mesin', 'ini ~1 bot|robot|mesin', 'real person|human', 'live chat|agent', '@staff ~1 mana|ada|online', 'balas ~2 @staff', 'langsung ~2 @staff', 'are kamu ~2 bot|human|robot'],
  },
  { name: 'thanks', confidence: 0.9, patterns: ['terima kasih', 'terima kasih ~1 banyak', 'terimakasih', 'makasih', 'thank', 'tuhan berkati|memberkati|berkat', 'gbu', 'god bless', 'sangat membantu', 'danke', 'matur nuwun', 'sukses ~1 terus', 'mantap', 'syukur ~2 kakak'] },
  {
    name: 'insult',
    confidence: 0.9,
    patterns: ['anjir|anjay|anjg|bangsat|goblok|goblog|tolol|bodok|bodoh|bego|dungu|idiot|stupid|kampret|brengsek|sialan|keparat|tai|taik|puki|pukimai|pukimak|cukimai|cuki|kontol|memek|ngentot|jancok|asu|iblis|fuck|shit|bitch|asshole|sundal|lonte|kampungan', 'kurang ajar', '^ anjing|babi|setan|monyet ?kamu|kalian|lah $', 'kamu|bot|admin|petugas|dasar|pemerintah|kalian ~2 anjing|babi|bangsat|goblok|tolol|bodok|bodoh|bego|setan|monyet|tai|sialan|brengsek|penipu|pencuri|sampah|payah', 'bangsat|goblok|goblog|tolol|pukimai|pukimak|cukimai|kontol|ngentot|jancok|fuck|keparat|brengsek|bodok', 'fuck kamu', 'muka babi|anjing', 'otak udang|babi', 'bot bodok|bodoh|tolol|goblok|payah|sampah|jelek'],
  },
  { name: 'help', confidence: 0.85, patterns: ['bagaimana ~2 cara ~2 pakai|gunakan|kerja|pesan|booking|lapor|curhat', 'cara ~1 pakai|gunakan|menggunakan|booking|pesan', 'bisa apa ~2', 'apa ~2 bisa ~1 kamu|bot|bantu', 'kamu ~1 bisa ~1 apa', 'bot ~1 ini ~2 apa', 'ini ~1 apa $', 'ini layanan apa', 'tidak ~1 mengerti|paham|tahu ~2 cara', 'bingung ~2 pakai|cara|mulai|bot', 'tolong bantu* ?saya ?$', 'what can kamu do', 'apa bisa kamu do', 'bagaimana does ~2 work|kerja', 'bantu* saya $', 'bantuan ?dong|kakak $', 'butuh bantuan $', 'saya bingung $', 'menu apa', 'layanan apa ~1', 'fitur'] },
  { name: 'language', confidence: 0.9, patterns: ['bahasa inggris|indonesia|english|kupang', 'ganti|ubah|pilih|change|switch ~1 bahasa|language', 'in english', 'english please|tolong', 'speak|bicara english|inggris', 'pakai bahasa ~2', 'can kamu speak english', 'bisa kamu speak english', 'do kamu speak'] },
  { name: 'my_data', confidence: 0.9, patterns: ['data ~1 saya ~3', 'hapus ~2 data|cerita|curhat|riwayat|percakapan|akun|semua', 'data pribadi', 'lihat ~1 data ~1 saya', 'unduh ~1 data', 'siapa ~3 baca|lihat ~3 cerita|curhat|data|saya', 'rahasia ~2', 'aman ~2 data', 'privasi', 'delete punya|data|everything', 'punya data', 'tarik ~1 persetujuan', 'cabut ~1 persetujuan', 'data ~2 hapus', 'simpan ~2 data', 'delete saya ~1 data', 'kerahasiaan'] },
  { name: 'done', confidence: 0.8, patterns: ['^ sudah ?itu ?saja ?kakak $', 'itu saja ~2 $', 'sudah selesai ~2 $', 'sudah cukup ~1 $', '^ selesai ~1 $', 'begitu saja ~2 $', 'sekian ~2', 'tidak ada lagi $', 'thats all', 'that is all', 'cuma itu ~1 $', 'sudah semua $', 'itu sudah ?kakak $', '^ cukup ~1 $'] },
  { name: 'yes', confidence: 0.8, patterns: ['^ ya|iya|yes|iyo|oke|ok|okay|setuju|betul|benar|boleh|siap|baik|sip|yup|lanjut|sure|yep ?kakak|saja|mau|bisa|boleh|betul|benar|setuju|sudah|dong|min|ya|deh $', '^ mau ?kakak|saja $', '^ bisa ?kakak $', '^ jadi ?kakak $', '^ saya ~1 setuju $'] },
  { name: 'no', confidence: 0.8, patterns: ['^ tidak|bukan|no|nope|jangan ?kakak|dulu|usah|mau|setuju|jadi|saja|bisa $', '^ tidak ~1 mau $', '^ belum ?kakak|dulu $', '^ saya tidak ~1 setuju|mau $', 'tidak terima kasih'] },
];
