/** Words that only English has: they carry a sentence and look like nothing in Indonesian or Kupang Malay. */
const english = new Set(
  `i i'm im i've ive i'd me my mine you your yours he she they we us our his her their this that these those is are was were
  been do does did don't doesn't didn't have has had can could would will shall should must may might the a and or but
  not to of in on at for from with without about into by as if when where what who whom why how which there here want need
  like know think please thank thanks hello hey good morning afternoon evening yes yeah okay sorry help tell talk speak come
  go get make book cancel change appointment booking meeting office open close hours address free cost pay price wait long
  real person human robot officer someone somebody anyone today tomorrow monday tuesday wednesday thursday friday next week
  story problem problems messages message read agree just still also any some every`.split(/\s+/),
);

/** Words that no English sentence has; "di", "ke" and their like settle it at once. */
const indonesian = new Set(
  `saya aku beta kami kita kamu anda dia mereka yang di ke dari dan atau tidak bukan belum sudah mau bisa boleh ada ini itu apa
  siapa kapan mana kenapa bagaimana gimana dengan untuk pada ya iya ko kok kah dong kak kaka kakak bapak ibu pak bu mama nak jam
  hari senin selasa rabu kamis jumat sabtu minggu besok tolong mohon terima kasih makasih jadwal curhat petugas sonde beta
  katong su pi mo deng`.split(/\s+/),
);

/**
 * Whether a text is plainly English: at least three words that only English has, a third of all, and none that only
 * Indonesian has. Says no when in doubt; "ok thank you" from somebody who writes Indonesian is no change of language.
 */
export function isEnglish(text: string): boolean {
  const words = text
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[^a-z']+/)
    .filter((word) => word !== '');
  if (words.length < 3 || words.some((word) => indonesian.has(word))) return false;
  const known = words.filter((word) => english.has(word)).length;
  return known >= 3 && known * 3 >= words.length;
}

/** The language that a text asks for by name; null when it names none. */
export function languageNamed(text: string): 'id' | 'en' | null {
  if (/\b(english|inggris)\b/i.test(text)) return 'en';
  return /\b(indonesian?|indo)\b/i.test(text) ? 'id' : null;
}
