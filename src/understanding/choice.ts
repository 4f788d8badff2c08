import { isNear } from './edit-distance.ts';
import { normalise, type Normalised, type Token } from './normalise.ts';
import { numberAt } from './number-words.ts';

export type Option = { id: string; label: string; words?: string[] };
export type ChoiceMatch =
  { kind: 'one'; id: string } | { kind: 'ambiguous'; ids: string[] } | { kind: 'none' };

/** Words around an answer that carry nothing: "yang nomor dua sa kaka". */
const empty = new Set(
  'yang saya kami nomor no nmr angka opsi pilihan pilih ambil mau saja kakak bapak mama bu pak min ya e deh dong ko lah tolong boleh untuk itu ini the number option choose nomer please di ke dan hari jam pukul tanggal kalau bisa jadi oke ok deng dengan kak si admin terima kasih klik tekan'.split(
    ' ',
  ),
);
const ordinals = new Map(Object.entries({
  pertama: 1, kesatu: 1, kedua: 2, ketiga: 3, keempat: 4, kelima: 5, keenam: 6, ketujuh: 7, kedelapan: 8, kesembilan: 9, kesepuluh: 10, first: 1, second: 2, third: 3, fourth: 4, terakhir: -1, last: -1,
})); // prettier-ignore
const yes = new Set(
  'ya iya iyo yes y yup yoi oke ok okay setuju betul benar boleh siap lanjut baik mau sip iye sure yep agree'.split(
    ' ',
  ),
);
const no = new Set('tidak bukan jangan no n nope batal enggak disagree'.split(' '));
/** Words that may stand beside a yes and add nothing to it: "iya betul sekali", "yes go ahead". */
const besideYes = new Set(
  'sudah sekali sangat tentu pasti silakan lho kan memang dulu pergi ahead course fine right very mereka they mei may'.split(
    ' ',
  ),
);
/** Words with which a yes is none any more: "ya tanpa nama", "iya tapi nanti". */
const limits = new Set(
  'tapi tetapi asal kecuali tanpa hanya but except unless only without jangan tidak bukan belum anonim anonymous samaran rahasia rahasiakan dirahasiakan sembunyikan disembunyikan tutup ditutup secret private'.split(
    ' ',
  ),
);
const longest = 8;

/** An option as it is matched: its label and its other names, each in the words of the rules. */
type Target = {
  id: string;
  /** "09.00 (sisa 2)" is chosen by "09.00": what stands in brackets is news, not a name. */
  lead: readonly string[];
  /** The label and the other names, each as one text. */
  names: readonly string[];
  /** Every word of the label and of the other names. */
  words: ReadonlySet<string>;
  /** Minutes after midnight, for a label that begins with a time. */
  clock: number | null;
};

/** Labels are ours, and the same ones are offered to everybody. */
const readLabels = new Map<string, Normalised>();

function readLabel(label: string): Normalised {
  const known = readLabels.get(label);
  if (known) return known;
  const read = normalise(label);
  if (readLabels.size < 4096 && label.length < 100) readLabels.set(label, read);
  return read;
}

function targetOf({ id, label, words = [] }: Option): Target {
  const whole = readLabel(label);
  const open = label.indexOf('(');
  const lead = (open > 0 ? readLabel(label.slice(0, open)) : whole).tokens.map((token) => token.text);
  const others = words.map(readLabel);
  return {
    id,
    lead,
    names: [lead.join(' '), whole.text, ...others.map((other) => other.text)],
    words: new Set([...lead, ...others.flatMap((other) => other.tokens.map((token) => token.text))]),
    clock: clockOf(whole.tokens, true),
  };
}

/** Which of the options an answer means: its number, its time, or its words. Never guesses among two. */
export function matchChoice(text: string, offered: readonly Option[]): ChoiceMatch {
  const { tokens } = normalise(text);
  if (tokens.length === 0 || offered.length === 0) return { kind: 'none' };
  const options = offered.map(targetOf);
  return (
    byLabel(tokens, options) ??
    byTime(tokens, options) ??
    byNumber(tokens, options) ??
    refusal(tokens, options) ??
    byWords(tokens, options) ??
    byYesNo(tokens, options) ?? { kind: 'none' }
  );
}

function decide(ids: readonly string[]): ChoiceMatch | null {
  const [only, ...others] = [...new Set(ids)];
  if (only === undefined) return null;
  return others.length === 0 ? { kind: 'one', id: only } : { kind: 'ambiguous', ids: [only, ...others] };
}

function byLabel(tokens: readonly Token[], options: readonly Target[]): ChoiceMatch | null {
  const said = tokens.map((token) => token.text).join(' ');
  return decide(options.filter((option) => option.names.includes(said)).map((option) => option.id));
}

function isTypo(name: string, word: string): boolean {
  if (word.length < 4 || name.length < 4 || name[0] !== word[0]) return false;
  // In short words only letters swapped in place: "rbau", never "baru" for "rabu".
  return name.length >= 5
    ? isNear(name, word, 1)
    : name.length === word.length && [...name].sort().join('') === [...word].sort().join('');
}

function core(tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => !empty.has(token.text));
}

/** "jam 9", "09.30", "9 pagi" against labels that begin with a time. */
function byTime(tokens: readonly Token[], options: readonly Target[]): ChoiceMatch | null {
  if (options.every((option) => option.clock === null) || tokens.length > longest) return null;
  const said = clockOf(tokens, false);
  if (said === null) return null;
  const isMeant = ({ clock }: Target): boolean =>
    clock === said || (clock !== null && said < 6 * 60 && clock === said + 720);
  return decide(options.filter(isMeant).map((option) => option.id));
}

const clockWords = new Set(['jam', 'pukul', 'pkl', 'pk', 'at']);

function clockOf(tokens: readonly Token[], isLabel: boolean): number | null {
  const words = tokens.map((token) => token.text);
  for (let at = 0; at < Math.min(words.length, longest); at += 1) {
    const half = words[at] === 'setengah';
    const number = numberAt(words, half ? at + 1 : at);
    if (!number || number.value > 24) continue;
    if (half) return (number.value === 1 ? 12 : number.value - 1) * 60 + 30;
    const after = tokens[at + number.length];
    if (
      after &&
      (after.gap === '.' || after.gap === ':') &&
      !after.spaced &&
      /^\d\d$/.test(after.text) &&
      Number(after.text) < 60
    )
      return number.value * 60 + Number(after.text);
    if (
      !isLabel &&
      (clockWords.has(words[at - 1] ?? '') ||
        ['pagi', 'siang', 'sore', 'am', 'pm'].includes(words[at + number.length] ?? ''))
    )
      return number.value * 60;
  }
  return null;
}

/** A number only when the answer is nothing but the number: never one inside a sentence. */
function byNumber(tokens: readonly Token[], options: readonly Target[]): ChoiceMatch | null {
  if (tokens.length > longest) return null;
  const rest = core(tokens);
  const words = rest.map((token) => token.text);
  const ordinal = rest.length === 1 ? ordinals.get(words[0] ?? '') : undefined;
  const number =
    ordinal === undefined
      ? numberAt(words, 0)
      : { value: ordinal === -1 ? options.length : ordinal, length: 1 };
  if (!number || number.length !== words.length) return null;
  // "jam 2" and "tgl 2" are a time and a date; a bare number after them never means the second line.
  if (tokens.some((token) => clockWords.has(token.text) || token.text === 'tanggal')) return null;
  const chosen = options[number.value - 1];
  if (chosen) return { kind: 'one', id: chosen.id };
  // Beyond the last line it can only be an hour: "9" under 08.00, 08.30, 09.00.
  const said = number.value * 60;
  return decide(options.filter((option) => option.clock === said).map((option) => option.id));
}

function byWords(tokens: readonly Token[], options: readonly Target[]): ChoiceMatch | null {
  const isNegator = (word: string): boolean =>
    (word === 'bukan' || word === 'jangan' || word === 'tidak') &&
    !options.some((option) => option.words.has(word));
  const said = tokens.filter((token, at) => !isNegator(token.text) && !isNegator(tokens[at - 1]?.text ?? '')).filter((token) => !empty.has(token.text)); // prettier-ignore
  if (said.length === 0 || tokens.length > longest * 2) return null;
  const knows = ({ words }: Target, word: string): boolean =>
    words.has(word) || [...words].some((one) => isTypo(one, word));
  const all = options.filter((option) => said.every((token) => knows(option, token.text)));
  if (all.length > 0) return decide(all.map((option) => option.id));
  // Numbers inside a sentence decide nothing; a word that only one option has does.
  const isYes = ({ text: word }: Token): boolean => yes.has(word) && isLimited(tokens);
  const telling = said.filter((token) => !/^\d/.test(token.text) && token.text.length > 2 && !isYes(token));
  const hits = new Map<string, number>();
  for (const token of telling) {
    const having = options.filter((option) => knows(option, token.text));
    if (having.length === 1 && having[0]) hits.set(having[0].id, (hits.get(having[0].id) ?? 0) + 1);
  }
  if (tokens.length > longest && hits.size > 0 && Math.max(...hits.values()) < 2) return null;
  return decide([...hits.keys()]);
}

/** "tidak setuju" under "Ya, setuju / Tidak": the no comes before the word that both could claim. */
function refusal(tokens: readonly Token[], options: readonly Target[]): ChoiceMatch | null {
  const first = tokens[0]?.text ?? '';
  if (tokens.length > 3 || !no.has(first)) return null;
  return decide(options.filter((option) => no.has(option.lead[0] ?? '')).map((option) => option.id));
}

/** Two options that are a yes and a no take any way of saying so; "ya, tanpa nama" is no yes. */
function byYesNo(tokens: readonly Token[], options: readonly Target[]): ChoiceMatch | null {
  if (tokens.length > 4) return null;
  const first = tokens[0]?.text ?? '';
  const raw = tokens[0]?.raw ?? '';
  const lead = (option: Target): string => option.lead[0] ?? '';
  if (no.has(first) || no.has(raw))
    return decide(options.filter((option) => no.has(lead(option))).map((option) => option.id));
  if (!isLimited(tokens) && (yes.has(first) || yes.has(raw)))
    return decide(options.filter((option) => yes.has(lead(option))).map((option) => option.id));
  return null;
}

function isLimited(tokens: readonly Token[]): boolean {
  return tokens.some(({ text }) => limits.has(text));
}

/** Whether a text begins with a yes and says more: where a yes gives something away, that is none yet. */
export function isHalfYes(text: string): boolean {
  const { tokens } = normalise(text);
  const [first] = tokens;
  if (!first || !(yes.has(first.text) || yes.has(first.raw))) return false;
  return !tokens.every(({ text: word }) => yes.has(word) || empty.has(word) || besideYes.has(word));
}
