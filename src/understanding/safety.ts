import { normalise } from './normalise.ts';
import { compile, type Matcher } from './pattern.ts';

/**
 * What somebody says to "are you safe now?". `isPlain` is a bare yes or no, which may as well answer another question;
 * `unclear` is a short word that answers nothing, which from somebody in danger must not be passed over.
 */
export type Safety = { answer: 'safe' | 'unsafe' | 'unclear'; isPlain: boolean };

/** More words than this are a story again, and are read as one. */
const longest = 8;

const rules: readonly { answer: 'safe' | 'unsafe'; isPlain: boolean; patterns: readonly string[] }[] = [
  {
    answer: 'unsafe',
    isPlain: false,
    patterns: [
      'tidak|belum|kurang ~2 aman|selamat|safe',
      'tidak|belum ~1 baik',
      'masih ~2 takut|ketakutan|gemetar|sakit|sini|rumah|dekat|luar|mau',
      '^ ?saya takut',
      'takut ~1 sekali|sama|dia',
      'dia|suami|bapak|pacar|orang ~1 ada ~3 sini|rumah|luar|depan|pintu|dekat|dalam',
      'dia|suami|bapak|pacar ~1 datang|pulang|kembali|mabuk|dobrak|ketuk|cari|kejar|marah|masih',
      'sembunyi ~2',
      'dikejar|dikurung|dikunci|terkunci|terjebak|disekap',
      'sendirian|sendiri $',
      'tolong',
      'cepat ~2 $',
      'bahaya',
    ],
  },
  {
    answer: 'safe',
    isPlain: false,
    patterns: [
      'aman',
      'safe',
      'sudah ~2 mendingan|lega|reda|mereda|baikan',
      'sudah ~2 tenang|pergi|jauh|keluar|selamat|baik|tidur',
      'baik baik saja',
      'baik saja',
      'sudah|lagi|sekarang ~2 di ~2 tempat|kantor|polisi|tetangga|gereja|kos',
      'di rumah ~1 mama|bapak|kakak|adik|tetangga|teman|om|tante|saudara|keluarga|orangtua|nenek',
      'dia|suami|bapak|pacar ~1 sudah|lagi ~1 pergi|keluar|tidur|ditangkap',
      'tidak apa $',
      'im fine|ok|okay',
    ],
  },
  { answer: 'unsafe', isPlain: true, patterns: ['^ tidak|belum|no|nope ?kakak|bu|pak|tahu $', '^ not yet|really $'] },
  {
    answer: 'safe',
    isPlain: true,
    patterns: ['^ ya|iya|iyo|sudah|ok|oke|yes|yeah|aman|baik|puji ?sudah|kakak|bu|pak|tuhan|ya $'],
  },
]; // prettier-ignore

type Value = { answer: 'safe' | 'unsafe'; isPlain: boolean };
let compiled: Matcher<Value> | undefined;

/** Reads an answer to "are you safe now?"; null when the text is too long to be one. The worse of two is believed. */
export function readSafety(text: string): Safety | null {
  const { tokens } = normalise(text);
  if (tokens.length > longest) return null;
  compiled ??= compile(
    rules.flatMap(({ patterns, ...value }) => patterns.map((pattern) => ({ pattern, value }))),
    {},
  );
  const found = compiled.find(tokens).map(({ value }) => value);
  const best =
    found.find((one) => one.answer === 'unsafe' && !one.isPlain) ??
    found.find((one) => !one.isPlain) ??
    found.find((one) => one.answer === 'unsafe') ??
    found[0];
  return best ?? { answer: 'unclear', isPlain: true };
}

/**
 * What somebody in danger says of the help itself: nobody picked up (or they cannot phone), he must not hear of it, they only
 * want to be heard, they want the police.
 */
export type Plea = 'no_answer' | 'secrecy' | 'listening' | 'police';

const longestPlea = 12;

const pleas: readonly { plea: Plea | 'no_police'; patterns: readonly string[] }[] = [
  { plea: 'no_police', patterns: ['jangan|tidak|takut ~3 polisi|police'] },
  {
    plea: 'secrecy',
    patterns: [
      'jangan ~2 kasih|beri|kabar ~1 tau|tahu',
      'jangan ~1 bilang|bilangin|ceritakan|cerita|sebarkan|sebar',
      'jangan ~1 sampai ~3 tau|tahu|ketahuan',
      'dia|suami|bapak|pacar|mama|mereka|orangtua ~1 jangan ~2 tau|tahu',
      'dia|suami|bapak|pacar|mama|mereka|orangtua tidak boleh ~1 tau|tahu',
      'rahasiakan|dirahasiakan',
      'keep|stay ~2 secret',
      'dont|tidak|never tel|tell',
    ],
  },
  {
    plea: 'no_answer',
    patterns: [
      'tidak ~2 diangkat|angkat|nyambung|tersambung',
      'telpon|telepon|hubungi|called|phoned|nomor|# ~3 tidak|nobody|no ~3 jawab|dijawab|respon|direspon|masuk|bisa|aktif|answer|answers|picks|pick',
      'nobody|mereka ~2 picks|pick|answer|answers|answered',
      'no answer',
      'tidak bisa|berani ~1 telpon|telepon|menelepon|menelpon|call|cal',
    ],
  },
  { plea: 'police', patterns: ['mau|minta|panggil|panggilkan|hubungi|lapor|perlu|butuh|call|cal ~2 polisi|police'] },
  {
    plea: 'listening',
    patterns: [
      'cuma|hanya|saja ~2 mau|butuh|perlu ~4 didengar|didengarkan|dengar|dengarkan|cerita|bercerita|curhat|heard|listen',
      'butuh|perlu|mau ~2 teman ~1 bicara|cerita|ngobrol',
      'mau didengar|didengarkan',
    ],
  },
]; // prettier-ignore

let compiledPleas: Matcher<Plea | 'no_police'> | undefined;

/** Reads such a plea in a short text; null when there is none. */
export function readPlea(text: string): Plea | null {
  const { tokens } = normalise(text);
  if (tokens.length > longestPlea) return null;
  compiledPleas ??= compile(
    pleas.flatMap(({ plea, patterns }) => patterns.map((pattern) => ({ pattern, value: plea }))),
    {},
  );
  const found = new Set(compiledPleas.find(tokens).map(({ value }) => value));
  if (found.has('no_police')) found.delete('police');
  return (['secrecy', 'no_answer', 'police', 'listening'] as const).find((plea) => found.has(plea)) ?? null;
}
