import { aboutIt } from './danger-benign.ts';
import { coreRoots, dangerWords } from './danger-words.ts';
import type { Token } from './normalise.ts';
import { endsSentence } from './pattern.ts';
import { stems } from './stem.ts';

/** A match of a danger rule; what stands around it may soften it. */
export type Span = { pattern: string; from: number; to: number };

function sentence(
  tokens: readonly Token[],
  match: { from: number; to: number },
  before: number,
  after: number,
): Token[] {
  let from = match.from;
  while (from > 0 && match.from - from < before && !endsSentence(tokens[from]?.gap ?? '')) from -= 1;
  let to = match.to;
  while (to < tokens.length && to - match.to < after && !endsSentence(tokens[to]?.gap ?? '')) to += 1;
  return tokens.slice(from, to);
}

export function isTopic(tokens: readonly Token[], match: Span): boolean {
  // What a pupil writes in a book is no book about it.
  const isPlace = (token: Token, before: Token | undefined): boolean =>
    token.text === 'buku' && before?.text === 'di';
  return sentence(tokens, match, 6, 5).some(
    (token, at, near) => aboutIt.has(token.text) && !isPlace(token, near[at - 1]),
  );
}

const negators = new Set(['tidak', 'bukan', 'tanpa', 'jangan', 'belum']);
const fillers = new Set(
  'mau akan ada pernah niat berniat pikir pikiran kepikiran lagi sampai untuk coba mencoba bermaksud maksud bisa sekali bunuh gantung rencana merasa saya suka dapat kena jadi ada yang itu ke pikirkan sempat to going mati korban'.split(
    ' ',
  ),
);

/** A negator that reaches a core word of the match through nothing but auxiliaries. */
export function isNegated(tokens: readonly Token[], match: Span): boolean {
  if (/(^| )(tidak|bukan|tanpa|jangan|without|no|nobody|@not)/.test(match.pattern)) return false;
  for (let k = match.from; k < match.to; k += 1) {
    const token = tokens[k];
    if (!token || stems(token.text, coreRoots).length === 0) continue;
    for (let j = k - 1; j >= Math.max(0, k - 6); j -= 1) {
      const before = tokens[j];
      if (!before || endsSentence(tokens[j + 1]?.gap ?? '') || tokens[j + 1]?.gap.includes(',')) break;
      if (negators.has(before.text)) return !asksWhyNot(tokens, j);
      if (!fillers.has(before.text)) break;
    }
  }
  return false;
}

/** "kenapa beta sonde mati sa" and "kalau saya tidak mati" are wishes, not denials. */
function asksWhyNot(tokens: readonly Token[], at: number): boolean {
  return tokens
    .slice(Math.max(0, at - 3), at)
    .some((token) => token.text === 'kenapa' || token.text === 'mengapa' || token.text === 'kok');
}

const others = new Set((dangerWords['kin'] ?? '').split(' ').concat('dia', 'mereka', 'orang', 'katanya'));

/** Whether somebody else than the writer is the one who would die. */
export function isOther(tokens: readonly Token[], match: Span): boolean {
  for (let k = match.to - 1; k >= Math.max(0, match.from - 6); k -= 1) {
    const token = tokens[k];
    if (!token || (k < match.from && endsSentence(tokens[k + 1]?.gap ?? ''))) return false;
    if (token.text === 'dia' || token.text === 'mereka') return true;
    if (token.text === 'saya' || token.text === 'kami')
      return others.has(tokens[k - 1]?.text ?? '') || isOwned(tokens, k);
    if (others.has(token.text) && k < match.from) return true;
  }
  return false;
}

/** "beta pung ana": the child is the subject, the writer only the owner. */
function isOwned(tokens: readonly Token[], at: number): boolean {
  return tokens[at + 1]?.text === 'punya' && others.has(tokens[at + 2]?.text ?? '');
}

const thankful = new Set('syukur puji untung alhamdulillah untungnya syukurlah haleluya'.split(' '));

/** "puji Tuhan suami sonde pernah pukul": glad that it is not so. */
export function isThankful(tokens: readonly Token[], match: { from: number; to: number }): boolean {
  return sentence(tokens, match, 10, 4).some((token) => thankful.has(token.text));
}

const dreams = new Set(['mimpi', 'bermimpi', 'mimpinya', 'mimpikan']);

export function isDreamt(tokens: readonly Token[], match: { from: number; to: number }): boolean {
  return sentence(tokens, match, 6, 0).some((token) => dreams.has(token.text));
}

const pastWords = new Set(['dulu', 'pernah', 'lalu', 'kecil', 'dahulu', 'sempat']);
const betterWords = new Set('baik sembuh aman cerai pisah tenang bahagia pulih lewat syukur'.split(' '));

export function isPast(tokens: readonly Token[], match: Span): boolean {
  return sentence(tokens, match, 5, 3).some((token) => pastWords.has(token.text));
}

export function isRecovered(tokens: readonly Token[], match: Span): boolean {
  const near = sentence(tokens, match, 4, 8);
  const now = near.findIndex(
    (token) => token.text === 'sekarang' || token.text === 'syukur' || token.text === 'sudah',
  );
  return now >= 0 && near.slice(now).some((token) => betterWords.has(token.text));
}

const nowWords = new Set('sekarang barusan sedang tolong sembunyi mengamuk'.split(' '));
const lethal = new Set((dangerWords['lethal'] ?? '').split(' '));

export function isNow(tokens: readonly Token[], match: Span): boolean {
  return sentence(tokens, match, 5, 6).some((token) => nowWords.has(token.text) || lethal.has(token.text));
}
