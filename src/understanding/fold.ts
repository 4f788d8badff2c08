/** Folded characters, and the code unit of the original at which each began. */
export type Folded = {
  chars: string;
  startOf(at: number): number;
  /** Where the code point that a character came from ends: one may spread into several ("⑴" is "(1)"). */
  endOf(at: number): number;
};

const mark = /\p{M}/u;
const invisible = /[\p{Cf}\p{Cc}\u{FE00}-\u{FE0F}]/u;

const lookalikes: Readonly<Record<string, string>> = {
  '‘': "'", '’': "'", 'ʼ': "'", '′': "'", '`': "'", '´': "'",
  '“': '"', '”': '"', '„': '"', '«': '"', '»': '"',
  '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '−': '-', '⁄': '/', '∕': '/', '。': '.', '、': ',',
  // Cyrillic and Greek letters that look like Latin ones: copied from fancy-text generators.
  'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i', 'к': 'k', 'м': 'm', 'т': 't', 'н': 'h',
}; // prettier-ignore

const cache = new Map<string, string>();

/**
 * Case, compatibility form and marks of one code point folded away. Per code point, so the cost is
 * linear and every output character knows where it came from; NFC and NFD agree because the marks
 * that distinguish them are dropped.
 */
function foldPoint(point: string): string {
  const known = cache.get(point);
  if (known !== undefined) return known;
  let out = '';
  // Upper before lower: the only order in which 'ß', 'ſ' and 'ı' meet their upper-cased selves.
  const spread = point.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD');
  for (const part of spread) {
    if (/\s/u.test(part)) out += ' ';
    else if (mark.test(part) || invisible.test(part)) continue;
    else out += lookalikes[part] ?? part;
  }
  // A hostile text may hold a million distinct code points; the memory must not.
  if (cache.size < 4096) cache.set(point, out);
  return out;
}

/** The text in lower case without marks, and for each character where it stood in the original. */
export function fold(original: string): Folded {
  // Most of what is typed is plain ASCII, where every character stays where it was.
  if (/^[\t-\r -~]*$/.test(original)) {
    const chars = original.toLowerCase().replace(/[\t-\r]/g, ' ').replaceAll('`', "'"); // prettier-ignore
    return { chars, startOf: (at) => Math.min(at, original.length), endOf: (at) => at + 1 };
  }
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const point of original) {
    const code = point.charCodeAt(0);
    let folded: string;
    if (code < 128) {
      if (code >= 65 && code <= 90) folded = String.fromCharCode(code + 32);
      else if (code === 9 || code === 10 || code === 13 || code === 11 || code === 12) folded = ' ';
      else if (code < 32 || code === 127) folded = '';
      else folded = code === 96 ? "'" : point;
    } else folded = foldPoint(point);
    for (let i = 0; i < folded.length; i += 1) {
      parts.push(folded[i] ?? '');
      starts.push(at);
      ends.push(at + point.length);
    }
    at += point.length;
  }
  starts.push(at);
  return { chars: parts.join(''), startOf: (at) => starts[at] ?? 0, endOf: (at) => ends[at] ?? 0 };
}
