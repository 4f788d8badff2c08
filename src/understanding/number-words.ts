const ones = new Map(Object.entries({
  nol: 0, satu: 1, dua: 2, tiga: 3, empat: 4, ampat: 4, mpat: 4, lima: 5, enam: 6, anam: 6, nam: 6, tujuh: 7, tuju: 7, tujo: 7,
  dlapan: 8, dolapan: 8, dolopan: 8, dulapan: 8, delepan: 8, dlpan: 8, dlpn: 8, delapn: 8, sbilan: 9, smbilan: 9, sembilang: 9, sambilang: 9, sembln: 9, ampa: 4, opat: 4, empa: 4, tjuh: 7, tju: 7,
  enem: 6, ena: 6, stu: 1, satuu: 1, tga: 3, lma: 5, limo: 5, sepulu: 10, sepulo: 10, sapulo: 10, spulu: 10, sepuluhh: 10, sabelas: 11, seblas: 11, sbelas: 11, sablaas: 11, sabalas: 11, subelas: 11,
  delapan: 8, dalapan: 8, lapan: 8, sembilan: 9, sambilan: 9, sepuluh: 10, sapulu: 10, spuluh: 10, sapuluh: 10, sebelas: 11, sablas: 11, sblas: 11, smbln: 9, smblan: 9, semblan: 9, sembiln: 9, smbil: 9, spulo: 10,
  one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
})); // prettier-ignore

const teens = new Set(['belas', 'blas', 'balas']);

/** Whether a number may begin with this word, in figures or said. */
export function mayBeNumber(word: string): boolean {
  return isDigit(word.charCodeAt(0)) || ones.has(word) || isJoined(word);
}

export function isNumberWord(word: string): boolean {
  return ones.has(word);
}

/** The number that starts at `at` in words or digits, and how many words it takes ("dua puluh lima": 25, 3). */
export function numberAt(words: readonly string[], at: number): { value: number; length: number } | null {
  const word = words[at] ?? '';
  if (isDigit(word.charCodeAt(0))) return /^\d{1,4}$/.test(word) ? { value: Number(word), length: 1 } : null;
  const one = ones.get(word);
  if (one === undefined) return joinedAt(words, at);
  const next = words[at + 1] ?? '';
  if (teens.has(next)) return { value: 10 + one, length: 2 };
  if (next === 'puluh' || next === 'pulu') {
    const unit = ones.get(words[at + 2] ?? '');
    return unit !== undefined && unit > 0 && unit < 10
      ? { value: one * 10 + unit, length: 3 }
      : { value: one * 10, length: 2 };
  }
  return { value: one, length: 1 };
}

/** Figures said one by one, as dates and minutes are: "dua tiga" is 23. Else the number as it is. */
export function spelledAt(words: readonly string[], at: number): { value: number; length: number } | null {
  const first = ones.get(words[at] ?? '');
  const second = ones.get(words[at + 1] ?? '');
  const follows = words[at + 2] ?? '';
  const isPair = first !== undefined && second !== undefined && first > 0 && first < 6 && second < 10;
  return isPair && !teens.has(follows) && follows !== 'puluh' && follows !== 'pulu'
    ? { value: first * 10 + second, length: 2 }
    : numberAt(words, at);
}

/** "duabelas" and "duapuluh", written as one word; "duapuluh dua" is 22. */
function joinedAt(words: readonly string[], at: number): { value: number; length: number } | null {
  const word = words[at] ?? '';
  if (!isJoined(word)) return null;
  const [, stem = '', unit = ''] = /^(.*?)(b[ae]?las|puluh|pulu)$/.exec(word) ?? [];
  const one = ones.get(stem);
  if (one === undefined || one < 2 || one > 9) return null;
  if (!unit.startsWith('pulu')) return { value: 10 + one, length: 1 };
  const next = ones.get(words[at + 1] ?? '') ?? 0;
  return next > 0 && next < 10 ? { value: one * 10 + next, length: 2 } : { value: one * 10, length: 1 };
}

function isJoined(word: string): boolean {
  return word.endsWith('las') || word.endsWith('puluh') || word.endsWith('pulu');
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
