/** So many different words are remembered before all are forgotten: flat memory, whatever somebody sends. */
const mostRemembered = 20_000;
/** No word of a language is longer; noise is worked out each time. */
const longestRemembered = 40;

/** What a function of one word answered before. People use few different words: most have been asked about already. */
export function memoise<T>(make: (word: string) => T): (word: string) => T {
  const remembered = new Map<string, T>();
  return (word) => {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    const made = make(word);
    if (remembered.size >= mostRemembered) remembered.clear();
    if (word.length < longestRemembered) remembered.set(word, made);
    return made;
  };
}
