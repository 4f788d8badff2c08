const ones = new Map(Object.entries({
  nol: 0, satu: 1, dua: 2, tiga: 3, empat: 4, ampa: 4, ampat: 4, mpat: 4, lima: 5, enam: 6, anam: 6, nam: 6, tujuh: 7, tuju: 7, tujo: 7,
  delapan: 8, dalapan: 8, lapan: 8, sembilan: 9, sambilan: 9, sepuluh: 10, sapulu: 10, spuluh: 10, sapuluh: 10, sebelas: 11, sablas: 11, sblas: 11,
  one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
})); // prettier-ignore

/** The number that starts at `at` in words or digits, and how many words it takes ("dua puluh lima": 25, 3). */
export function numberAt(words: readonly string[], at: number): { value: number; length: number } | null {
  const word = words[at] ?? '';
  if (isDigit(word.charCodeAt(0))) return /^\d{1,4}$/.test(word) ? { value: Number(word), length: 1 } : null;
  const one = ones.get(word);
  if (one === undefined) return joinedTeen(word);
  const next = words[at + 1] ?? '';
  if (next === 'belas' || next === 'blas') return { value: 10 + one, length: 2 };
  if (next === 'puluh' || next === 'pulu') {
    const unit = ones.get(words[at + 2] ?? '');
    return unit !== undefined && unit > 0 && unit < 10
      ? { value: one * 10 + unit, length: 3 }
      : { value: one * 10, length: 2 };
  }
  return { value: one, length: 1 };
}

/** "duabelas", written as one word. */
function joinedTeen(word: string): { value: number; length: number } | null {
  const stem = word.endsWith('belas') ? word.slice(0, -5) : word.endsWith('blas') ? word.slice(0, -4) : '';
  const one = ones.get(stem);
  return one !== undefined && one > 1 && one < 10 ? { value: 10 + one, length: 1 } : null;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
