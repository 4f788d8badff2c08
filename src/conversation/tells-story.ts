import { isQuestion } from '../understanding/question.ts';
import { findKelurahan } from '../understanding/kelurahan.ts';
import { normalise } from '../understanding/normalise.ts';
import { understandTopic } from '../understanding/topic.ts';

/** What stands beside "mau curhat" without being the story: to whom, when, and that there is one. */
const beside = new Set(
  `saya kami beta aku mau ingin boleh bisa tolong minta mohon dulu saja sekarang lagi sini di ke sama dengan kepada pada untuk yang
  ini itu ada soal tentang masalah cerita curhat lapor mengadu sesuatu sedikit tambah lanjut lanjutkan petugas orang seseorang admin
  bestie kakak bapak ibu bu pak mama nona tuan ya e dong ko deh hari jam besok lusa senin selasa rabu kamis jumat sabtu minggu pagi
  siang sore malam tapi dan kalau terima kasih halo hai selamat want to tell report talk about something story my a an the please now
  would like can have i`.split(/\s+/),
);

/** Whether a wish to tell something tells it already: "mau lapor lampu jalan mati di Kelapa Lima". */
export function tellsBeside(text: string, wish: readonly string[]): boolean {
  if (isQuestion(text)) return false;
  const wished = new Set(normalise(wish.join(' ')).tokens.map((token) => token.text));
  const rest = normalise(text).tokens.filter(
    (token) => !wished.has(token.text) && !beside.has(token.text) && !/^\d+$/.test(token.text),
  );
  if (rest.length >= 2) return true;
  const left = rest[0]?.raw ?? '';
  const [topic] = left === '' ? [] : understandTopic(left).categories;
  return (
    left !== '' &&
    ((topic?.id !== 'lainnya' && (topic?.confidence ?? 0) >= 0.5) || findKelurahan(left).kind !== 'none')
  );
}
