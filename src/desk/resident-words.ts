/** The few lines that a resident reads because an officer pressed a button; everything else an officer types. */
type Language = 'id' | 'en';

export function greeting(officerName: string) {
  const name = firstName(officerName);
  return (language: Language): string =>
    language === 'en'
      ? `Hello, this is ${name} from Ruang Curhat Bestie. I am reading this chat now, so you are talking with a person, not the bot.`
      : `Halo, saya ${name} dari Ruang Curhat Bestie. Saya sedang membaca chat ini, jadi sekarang Anda berbicara dengan petugas, bukan bot.`;
}

export function returned(language: Language): string {
  return language === 'en'
    ? 'The officer has handed the chat back to Bestie, the automatic assistant. Type /petugas whenever you need a person again.'
    : 'Petugas mengembalikan chat ini ke Bestie, asisten otomatis. Ketik /petugas kapan saja bila perlu berbicara dengan orang lagi.';
}

/** What a place is called that an officer sends as a pin without a name. */
export function pinned(language: Language): string {
  return language === 'en' ? 'Location' : 'Lokasi';
}

/** Residents know officers by their first name only. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? 'petugas';
}
