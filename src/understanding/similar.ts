import { normalise } from './normalise.ts';
import { stems } from './stem.ts';

/**
 * How alike two texts are, 0 to 1: the share of common shingles (Jaccard), a shingle being a word that carries meaning
 * or two of them side by side. Two people who tell of one broken lamp share the lamp, the street and the dark, and few
 * sentences; so the words count, and their neighbourhood lifts the score.
 */
export function similarity(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  // Roots are those that the two texts use themselves: "rusak" of the one is the "kerusakan" of the other.
  const roots: ReadonlySet<string> = new Set([...a, ...b]);
  const [left, right] = [shinglesOf(a, roots), shinglesOf(b, roots)];
  if (left.size === 0 || right.size === 0) return 0;
  let common = 0;
  for (const shingle of left) if (right.has(shingle)) common += 1;
  return common / (left.size + right.size - common);
}

/** From here on two concerns of one kind and place are worth showing to each other's reader. */
export const alikeFrom = 0.18;

/** Words that every story has: they make nothing alike. */
const empty = new Set(
  'saya kamu dia kami kita mereka yang di ke dari dan itu ini ada saja lagi ya kah lah untuk dengan juga pun tidak sudah belum bisa mau akan atau kalau karena tapi jadi pak bu bapak ibu mama kakak tolong terima kasih selamat pagi siang sore malam minta mohon sekali sangat apa bagaimana kapan kenapa siapa sampai terus masih pernah waktu hari orang anak rumah cerita tanya katanya kata bilang punya lalu padahal baru sama supaya seperti begitu banyak semua'.split(
    ' ',
  ),
);

function wordsOf(text: string): string[] {
  return normalise(text).tokens.flatMap(({ text: word }) =>
    word.length < 3 || empty.has(word) || /^\d/.test(word) ? [] : [word],
  );
}

function shinglesOf(words: readonly string[], roots: ReadonlySet<string>): Set<string> {
  const bare = words.map((word) => shortest(stems(word, roots)) ?? word);
  const shingles = new Set(bare);
  bare.forEach((word, at) => {
    const next = bare[at + 1];
    if (next !== undefined) shingles.add(`${word} ${next}`);
  });
  return shingles;
}

function shortest(words: readonly string[]): string | undefined {
  return words.reduce<string | undefined>(
    (best, word) => (best === undefined || word.length < best.length ? word : best),
    undefined,
  );
}
