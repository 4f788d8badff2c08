/** No inflected word is longer; what is longer is noise. */
const longestWord = 30;

/**
 * A light Indonesian and Kupang Malay stemmer that only answers with roots it was given, all that fit:
 * "memukuli", "dipukul", "bapukul" -> "pukul". A closed list of roots is what keeps it from over-stemming
 * ("makan" is not "ma" + "kan").
 */
export function stems(word: string, roots: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const offer = (candidate: string): void => {
    if (roots.has(candidate) && !found.includes(candidate)) found.push(candidate);
  };
  offer(word);
  if (word.length < 4 || word.length > longestWord) return found;
  for (const bare of withoutSuffix(word)) {
    offer(bare);
    for (const root of withoutPrefix(bare)) {
      offer(root);
      // Double prefixes: "diperkosa", "memperkosa", "diberhentikan", "terbunuh".
      for (const deep of withoutPrefix(root)) offer(deep);
    }
  }
  return found;
}

const particles = ['lah', 'kah', 'tah', 'pun', 'nya', 'ku', 'mu'];
const suffixes = ['kan', 'in', 'an', 'i'];

function withoutSuffix(word: string): string[] {
  const found = [word];
  for (const particle of particles) if (word.endsWith(particle)) found.push(word.slice(0, -particle.length));
  const bares = found.slice();
  for (const bare of bares) {
    for (const suffix of suffixes) if (bare.endsWith(suffix)) found.push(bare.slice(0, -suffix.length));
  }
  return found.filter((candidate) => candidate.length > 2);
}

/** Prefix as written -> the letters the root may have lost to it (nasal assimilation). */
const prefixes: readonly (readonly [string, readonly string[]])[] = [
  ['menge', ['']], ['penge', ['']], ['meng', ['', 'k']], ['peng', ['', 'k']], ['meny', ['s']], ['peny', ['s']],
  ['mem', ['', 'p']], ['pem', ['', 'p']], ['men', ['', 't']], ['pen', ['', 't']], ['me', ['']], ['pe', ['']],
  ['mang', ['', 'k']], ['many', ['s']], ['mam', ['', 'p']], ['man', ['', 't']], ['ma', ['']],
  ['nge', ['']], ['ng', ['', 'k']], ['ny', ['s']], ['n', ['t']], ['m', ['p']],
  ['ber', ['']], ['ba', ['']], ['be', ['']], ['di', ['']], ['ter', ['']], ['ta', ['']], ['ke', ['']], ['ka', ['']], ['se', ['']], ['per', ['']],
  ['baku', ['']], ['kasi', ['']], ['ku', ['']], ['kau', ['']],
]; // prettier-ignore

/** By the letter they begin with: most words are asked about a handful of them. */
const prefixesOf = new Map<string, (readonly [string, readonly string[]])[]>();
for (const entry of prefixes)
  prefixesOf.set(entry[0].charAt(0), [...(prefixesOf.get(entry[0].charAt(0)) ?? []), entry]);

function withoutPrefix(word: string): string[] {
  const found: string[] = [];
  for (const [prefix, lost] of prefixesOf.get(word.charAt(0)) ?? []) {
    if (!word.startsWith(prefix) || word.length - prefix.length < 2) continue;
    for (const start of lost) found.push(start + word.slice(prefix.length));
  }
  return found;
}
