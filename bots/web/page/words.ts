/** The page's own few words. What Bestie says comes from the server, in the language of the conversation. */
export type Language = 'id' | 'en';

const id = {
  quickExit: 'Keluar cepat',
  menu: 'Menu',
  askBestie: 'Tanya Bestie',
  thisPage: 'Halaman ini',
  clearScreen: 'Hapus dari layar ini',
  clearConfirm:
    'Hapus percakapan dari layar dan perangkat ini? Balasan berikutnya tidak terlihat lagi di sini. Simpan dahulu kode BST- atau CRH- Anda.',
  aboutTitle: 'Di sini Anda didengar',
  promise1: 'Dicatat',
  promise1More:
    'Cerita Anda tersimpan tertutup. Hanya petugas yang menangani dan penyelianya yang membacanya.',
  promise2: 'Disambungkan',
  promise2More: 'Kami teruskan ke instansi yang bisa bertindak, seizin Anda.',
  promise3: 'Dikawal sampai beres',
  promise3More: 'Anda dikabari setiap ada perkembangan.',
  openLabel: 'Buka',
  placeLabel: 'Tempat',
  safeNote:
    'Memakai HP bersama? “Keluar cepat” mengosongkan layar, melupakan percakapan di perangkat ini, lalu membuka halaman prakiraan cuaca. Simpan kode BST- atau CRH- Anda.',
  conversation: 'Percakapan',
  messages: 'Pesan',
  recording: 'Rekaman suara',
  attach: 'Lampirkan foto atau berkas',
  writeHere: 'Tulis pesan',
  send: 'Kirim',
  record: 'Rekam pesan suara',
  dropRecording: 'Buang rekaman',
  recordingNow: 'Merekam',
  sendRecording: 'Kirim rekaman',
  welcomeTitle: 'Selamat datang.',
  welcomeText: 'Ceritakan apa saja, dengan kata-kata Anda sendiri. Tidak perlu rapi, tidak perlu buru-buru.',
  start: 'Mulai',
  orPick: 'Atau langsung ke:',
  book: 'Pesan jadwal',
  concern: 'Curhat',
  status: 'Cek status',
  officer: 'Bicara dengan petugas',
  myData: 'Data saya',
  help: 'Bantuan',
  older: 'Pesan sebelumnya',
  newBelow: 'Pesan baru di bawah',
  fromYou: 'Anda',
  fromBot: 'Bestie',
  fromOfficer: 'Petugas',
  choices: 'Pilihan jawaban',
  showAll: 'Tampilkan semua',
  edited: 'diubah',
  deleted: 'Pesan dihapus',
  emptied: 'Isi pesan ini tidak disimpan',
  sending: 'Mengirim…',
  waiting: 'Belum terkirim, dicoba lagi otomatis',
  refused: 'Tidak terkirim.',
  tryNow: 'Coba sekarang',
  backToBox: 'Ubah',
  drop: 'Buang',
  openMap: 'Buka peta',
  onOsm: 'OpenStreetMap',
  saveCalendar: 'Simpan ke kalender',
  photo: 'Foto',
  video: 'Video',
  voice: 'Pesan suara',
  document: 'Berkas',
  show: 'Lihat',
  play: 'Putar',
  download: 'Unduh',
  kept: 'Sedang disimpan',
  offline: 'Sambungan terputus. Pesan Anda tetap di sini dan dikirim begitu tersambung.',
  noCookie:
    'Peramban ini menolak cookie, jadi balasan tidak bisa ditampilkan. Izinkan cookie untuk halaman ini.',
  noMic: 'Mikrofon tidak bisa dipakai. Izinkan mikrofon di peramban, atau tulis saja.',
  FILE_TOO_LARGE: 'Berkas ini terlalu besar. Batasnya 20 MB.',
  FILE_EMPTY: 'Berkas ini kosong.',
  TEXT_TOO_LONG: 'Pesan ini terlalu panjang. Bagi menjadi beberapa pesan.',
  SLOW_DOWN: 'Pesan Anda aman di sini dan dikirim lagi sebentar lagi.',
};

const en: typeof id = {
  quickExit: 'Quick exit',
  menu: 'Menu',
  askBestie: 'Ask Bestie',
  thisPage: 'This page',
  clearScreen: 'Clear from this screen',
  clearConfirm:
    'Clear the conversation from this screen and device? Later replies can no longer be seen here. Keep your BST- or CRH- code first.',
  aboutTitle: 'Here you are heard',
  promise1: 'Recorded',
  promise1More: 'Your story is kept sealed. Only the officer who handles it and the supervisor read it.',
  promise2: 'Connected',
  promise2More: 'We pass it to the agency that can act, with your permission.',
  promise3: 'Followed until settled',
  promise3More: 'You hear from us at every step.',
  openLabel: 'Open',
  placeLabel: 'Place',
  safeNote:
    'On a shared phone? “Quick exit” empties the screen, forgets the conversation on this device and opens a weather page. Keep your BST- or CRH- code.',
  conversation: 'Conversation',
  messages: 'Messages',
  recording: 'Voice recording',
  attach: 'Attach a photo or file',
  writeHere: 'Write a message',
  send: 'Send',
  record: 'Record a voice note',
  dropRecording: 'Discard recording',
  recordingNow: 'Recording',
  sendRecording: 'Send recording',
  welcomeTitle: 'Welcome.',
  welcomeText: 'Tell us anything, in your own words. It need not be tidy, and there is no hurry.',
  start: 'Start',
  orPick: 'Or go straight to:',
  book: 'Book a visit',
  concern: 'Pour out',
  status: 'Check status',
  officer: 'Talk to an officer',
  myData: 'My data',
  help: 'Help',
  older: 'Earlier messages',
  newBelow: 'New message below',
  fromYou: 'You',
  fromBot: 'Bestie',
  fromOfficer: 'Officer',
  choices: 'Answers to choose from',
  showAll: 'Show all',
  edited: 'edited',
  deleted: 'Message deleted',
  emptied: 'What this message said is not kept',
  sending: 'Sending…',
  waiting: 'Not sent yet, trying again by itself',
  refused: 'Not sent.',
  tryNow: 'Try now',
  backToBox: 'Edit',
  drop: 'Discard',
  openMap: 'Open map',
  onOsm: 'OpenStreetMap',
  saveCalendar: 'Save to calendar',
  photo: 'Photo',
  video: 'Video',
  voice: 'Voice note',
  document: 'File',
  show: 'View',
  play: 'Play',
  download: 'Download',
  kept: 'Being stored',
  offline: 'Connection lost. Your messages stay here and go out once it is back.',
  noCookie: 'This browser refuses cookies, so replies cannot be shown. Allow cookies for this page.',
  noMic: 'The microphone cannot be used. Allow it in the browser, or simply write.',
  FILE_TOO_LARGE: 'This file is too big. The limit is 20 MB.',
  FILE_EMPTY: 'This file is empty.',
  TEXT_TOO_LONG: 'This message is too long. Split it into several.',
  SLOW_DOWN: 'Your message is safe here and goes out again in a moment.',
};

export type WordKey = keyof typeof id;

const all = { id, en };
let current: Language = 'id';
let isChosen = false;

export function language(): Language {
  return current;
}

/** The language that this visitor has pressed, now or at an earlier visit; undefined leaves it to what they write. */
export function chosenLanguage(): Language | undefined {
  return isChosen ? current : undefined;
}

export function word(key: WordKey): string {
  return all[current][key];
}

export function isWordKey(key: string): key is WordKey {
  return Object.prototype.hasOwnProperty.call(id, key);
}

/** Writes the words into the static page; the log is drawn anew by its owner. */
export function speak(next: Language, how: { isChosen: boolean }): void {
  current = next;
  isChosen = how.isChosen;
  document.documentElement.lang = next;
  for (const node of document.querySelectorAll<HTMLElement>('[data-word]')) {
    node.textContent = wordOf(node.dataset['word']);
  }
  for (const node of document.querySelectorAll<HTMLElement>('[data-label]')) {
    node.setAttribute('aria-label', wordOf(node.dataset['label']));
  }
  for (const node of document.querySelectorAll<HTMLElement>('[data-placeholder]')) {
    node.setAttribute('placeholder', wordOf(node.dataset['placeholder']));
  }
}

function wordOf(key: string | undefined): string {
  return key !== undefined && isWordKey(key) ? word(key) : '';
}
