import type { Token } from './normalise.ts';
import { numberAt } from './number-words.ts';
import { addressed, clockWords, greetings, isMonth, last, next, partWords, thisWords, weekdays, type Facts } from './when-facts.ts'; // prettier-ignore

/**
 * What is said of a day or an hour: it is wished for, it does not suit ("senin sonde bisa"), or it is only told ("tadi
 * jam 8", "soalnya besok beta pi Soe"). A `bare` clause has nothing but days and hours and goes with the rest of the
 * message; an `open` one says neither.
 */
export type Stance = 'wish' | 'bare' | 'open' | 'unsuited' | 'told';

/** What the rules say of each day and hour, by where it stands. */
export function stancesOf(facts: Facts, tokens: readonly Token[]): Map<number, Stance> {
  const clauses = clausesOf(tokens);
  const all = [...facts.days, ...facts.spans, ...facts.times];
  const stances = new Map(
    all.map(({ at }): [number, Stance] => [
      at,
      beside(tokens, at, facts) ?? clauses.find(({ to }) => at < to)?.stance ?? 'open',
    ]),
  );
  // A part of day goes with the day beside it: "dari kamis malam".
  for (const { at } of facts.parts) {
    const day = facts.days.find((one) => Math.abs(one.at - at) === 1);
    stances.set(at, stances.get(day?.at ?? at) ?? beside(tokens, at, facts) ?? clauses.find(({ to }) => at < to)?.stance ?? 'open'); // prettier-ignore
  }
  return stances;
}

const refusing = new Set(['jangan', 'jan', 'bukan', 'selain', 'kecuali', 'tanpa', 'batal', 'except']);
const unable = new Set(
  'bisa mau sempat jadi boleh ada dapat cocok mungkin kosong longgar hadir masuk datang'.split(' '),
);
const bounding = new Set(['dari', 'sampai', 'hingga']);
const since = new Set(['sejak', 'semenjak', 'since']);
const shut = new Set(['penuh', 'batal', 'tutup', 'libur']);

/** What the words right beside a day or an hour say of it alone. */
function beside(tokens: readonly Token[], at: number, { days }: Facts): Stance | null {
  const text = (k: number): string => tokens[k]?.text ?? '';
  const day = days.find((one) => one.at === at);
  if (!day)
    return refusing.has(text(at - 1)) && (tokens[at]?.gap ?? '') === '' && text(at - 1) !== 'jan'
      ? 'unsuited'
      : null;
  const named = ['hari', 'tanggal', 'malam'].includes(text(at - 1)) ? at - 2 : at - 1;
  const [one, two] = [text(named), text(named - 1)];
  const isApart = (tokens[at]?.gap ?? '') !== '';
  const others = days.filter((other) => other.at > at);
  // "senin eh bukan, rabu" and "senin eh bukan rabu" correct; they refuse what came before.
  const corrects = isApart || (two === 'eh' && others.length === 0);
  if (refusing.has(one) && !corrects) return 'unsuited';
  if (two === 'tidak' && unable.has(one) && !isApart) return 'unsuited';
  if (one === 'bisa' && two === 'tidak' && !isApart) return 'unsuited';
  if (since.has(one)) return 'told';
  // "dari senin pindah ke rabu", "ulangan sampai jumat, jadi senin", "sampai hari ini sonde ada kabar".
  if (
    bounding.has(one) &&
    (others.length > 0 || one === 'dari' || (one === 'sampai' && day.kind === 'offset'))
  )
    return 'told';
  let after = at + 1;
  while (after < tokens.length && (tokens[after]?.gap ?? '') === '' && isTimeWord(tokens, after)) after += 1;
  if ((tokens[after]?.gap ?? '') !== '') return null;
  if (text(after) === 'jangan' && (after + 1 === tokens.length || (tokens[after + 1]?.gap ?? '') !== ''))
    return 'unsuited';
  if (shut.has(text(after)) || (text(after) === 'tidak' && unable.has(text(after + 1)))) return 'unsuited';
  return null;
}

const timeWords = new Set(
  `hari tanggal minggu pekan bulan tahun jam yang itu ya e di pada untuk atau dan dengan sampai antara setengah kurang lewat lebih
  seperempat besok lusa tulat sesudah setelah habis sebelum natal lebaran paskah satu lagi wita wib wit kira sekitar of the on at`.split(
    /\s+/,
  ),
);

export function isTimeWord(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.text ?? '';
  if (/^\d/.test(word) || timeWords.has(word) || weekdays.has(word) || partWords.has(word)) return true;
  if (clockWords.has(word) || next.has(word) || thisWords.has(word) || last.has(word)) return true;
  if (word === 'puluh' || word === 'belas') return true;
  const words = [word];
  return isMonth(words, 0) !== undefined || numberAt(words, 0) !== null;
}

/** A day that was agreed on, and is to give way to another: "jadwal saya tanggal 4 tolong diubah". */
const moving = new Set(
  'ubah diubah ganti diganti geser digeser pindah pindahkan dipindahkan dipindah tunda ditunda undur diundur'.split(
    ' ',
  ),
);
const agreed = new Set(['jadwal', 'janji', 'booking', 'giliran', 'antrian']);

type Clause = { from: number; to: number; stance: Stance };

/** Words that open a clause of their own. */
const opening = new Set(
  'tapi makanya karena soalnya padahal sedangkan sehingga supaya biar kalau eh but because so if'.split(' '),
);
const notConcluded = new Set(['tidak', 'belum', 'bisa', 'mau', 'apa', 'sudah']);

function clausesOf(tokens: readonly Token[]): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  for (let to = 1; to <= tokens.length; to += 1) {
    if (to < tokens.length && !opensClause(tokens, to)) continue;
    clauses.push({ from, to, stance: stanceOfClause(tokens, from, to) });
    from = to;
  }
  return clauses;
}

function opensClause(tokens: readonly Token[], at: number): boolean {
  const { text, gap, spaced } = tokens[at] as Token;
  const before = tokens[at - 1]?.text ?? '';
  // "9.30", "30.11.2026": a mark between figures parts nothing.
  const isFigure = !spaced && /^\d/.test(text) && /\d$/.test(before);
  if (/[.,!?;()]/.test(gap) && !isFigure) return true;
  return opening.has(text) || (text === 'jadi' && !notConcluded.has(before));
}

const reasons = new Set('karena soalnya padahal sedangkan because'.split(' '));
const telling = new Set(
  'tadi semalam pernah katanya disuruh batalkan membatalkan dibatalkan batal'.split(' '),
);
const saying = new Set(['bilang', 'kata', 'janji', 'omong', 'suruh']);
const others = new Set('mereka dia petugas orang dokter polisi guru pegawai bos'.split(' '));
/** What somebody is busy with on a day. */
const busy = new Set(
  'penuh tutup libur sibuk berhalangan halangan cuti ibadah gereja misa kebaktian jaga dinas piket shift lembur ujian ulangan kerja kontrol merah'.split(
    ' ',
  ),
);
/** Whose day it is, when it stands before what the day is busy with: "besok anak ujian" hinders nobody. */
const kin = new Set('anak adik suami istri ponakan cucu dia mereka teman'.split(' '));
/** What happens on a day. */
const events = new Set(
  'duka nikah menikah kecelakaan operasi meninggal wisuda pesta lahir lahiran berangkat pulang direkam'.split(
    ' ',
  ),
);
/** "pulang kerja", "habis gereja": the day is free from then on. */
const over = new Set(
  'habis sesudah setelah pulang selesai selepas sebelum soal tentang masalah urus cari tempat'.split(' '),
);
const wishing = new Set(
  `minta memohon mohon meminta mau bisa boleh datang ambil pilih tolong pesan daftar booking book jadwalkan bertemu ketemu menghadap
  mampir usahakan catat maunya rencana rencananya ubah ganti geser pindah pindahkan atur kosong longgar lowong sempat siap cuma hanya
  saja bisanya kosongnya mungkin kira tunggu can could want would please like come available free`.split(
    /\s+/,
  ),
);
const concluding = new Set(['jadi', 'makanya', 'kalau', 'so', 'if']);

function stanceOfClause(tokens: readonly Token[], from: number, to: number): Stance {
  const words = tokens.slice(from, to).map(({ text }) => text);
  const isAsked = tokens[to]?.gap.includes('?') ?? false;
  const isName = (word: string, at: number): boolean => isTimeWord(tokens, from + at) || addressed.has(word) || greetings.has(word); // prettier-ignore
  if (words.every(isName)) return 'bare';
  const [first = '', second = ''] = words;
  if (reasons.has(first)) return 'told';
  if (
    words.some((word) => agreed.has(word)) &&
    words.some((word) => moving.has(word)) &&
    !words.includes('ke')
  )
    return 'told';
  if (words.some((word, at) => (word === 'tidak' || word === 'belum') && unable.has(words[at + 1] ?? '')))
    return 'unsuited';
  if (words.some((word) => telling.has(word)) || first === 'dulu' || (first === 'waktu' && second !== 'yang'))
    return 'told';
  if (words.some((word, at) => saying.has(word) && words[at - 1] !== 'saya' && words[at + 1] !== 'saya'))
    return 'told';
  const happens = (what: ReadonlySet<string>): boolean =>
    words.some((word, at) => what.has(word) && !over.has(words[at - 1] ?? '') && words[at - 1] !== 'saya');
  const isWish = hasWishIn(words) || isAsked;
  if (happens(events) && !isWish) return 'told';
  if (!isWish && words.some((word, at) => busy.has(word) && kin.has(words[at - 1] ?? ''))) return 'told';
  if (!isWish && words.includes('kemarin')) return 'told';
  if (happens(busy) && (words.includes('to') || !isWish)) return 'unsuited';
  if (
    isWish ||
    concluding.has(first) ||
    words.some((word, at) => word === 'libur' && words[at - 1] === 'saya')
  )
    return 'wish';
  return words.at(-1) === 'to' || words.includes('kan') ? 'told' : 'open';
}

function hasWishIn(words: readonly string[]): boolean {
  return words.some(
    (word, at) =>
      wishing.has(word) &&
      !others.has(words[at - 1] ?? '') &&
      !others.has(words[at - 2] ?? '') &&
      !(word === 'datang' && words[at - 1] === 'sudah'),
  );
}
