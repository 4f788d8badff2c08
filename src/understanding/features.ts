import type { Token } from './normalise.ts';

/** The features of a text side by side: the number of each in a lexicon, its weight, and the token it came from. */
export type Features = { ids: number[]; weights: number[]; tokens: number[] };

/** Names of the concepts a token stands for ("partner", "hit"): what lets a classifier generalise from few lines. */
export type Concepts = (token: Token) => readonly string[];

/** The numbers of the pairs that begin with one word or concept, by what follows. */
type Followers = Map<string, number>;
/** What one word brings along, whatever stands around it. */
type Known = {
  word: string;
  isPlain: boolean;
  id: number;
  followers: Followers;
  pieces: readonly number[];
  concepts: readonly string[];
  conceptIds: readonly number[];
  conceptFollowers: readonly Followers[];
};

const none = -1;
const nothing: Followers = new Map();
const mostRemembered = 20_000;
const stop = new Set(
  'saya kamu dia kami mereka yang di ke dari dan itu ini ada saja lagi ya kah lah e ko si nya untuk dengan juga pun'.split(
    ' ',
  ),
);

/**
 * Numbers for features, so that no name is put together while a text is read. A learning lexicon numbers
 * whatever it meets; a finished one answers `none` to what it was not given.
 */
export class Lexicon {
  /** The name of each number: "w mati", two neighbours "b mau mati", a piece "c <mat", a concept "k die", two near "p me die". */
  readonly names: string[] = [];
  private isLearning = true;
  private readonly conceptsOf: Concepts | undefined;
  private readonly single: Readonly<Record<'w' | 'c' | 'k', Map<string, number>>> = {
    w: new Map(),
    c: new Map(),
    k: new Map(),
  };
  private readonly pairs: Readonly<Record<'b' | 'p', Map<string, Followers>>> = {
    b: new Map(),
    p: new Map(),
  };
  private readonly remembered = new Map<string, Known>();

  constructor(conceptsOf?: Concepts) {
    this.conceptsOf = conceptsOf;
  }

  static finished(names: Iterable<string>, conceptsOf?: Concepts): Lexicon {
    const lexicon = new Lexicon(conceptsOf);
    for (const name of names) {
      const [kind, first = '', second] = name.split(' ');
      if (second === undefined) lexicon.id(kind as 'w' | 'c' | 'k', first);
      else lexicon.pair(kind as 'b' | 'p', lexicon.followers(kind as 'b' | 'p', first), first, second);
    }
    lexicon.isLearning = false;
    return lexicon;
  }

  /** The number of a word, a piece or a concept. */
  id(kind: 'w' | 'c' | 'k', name: string): number {
    const table = this.single[kind];
    return table.get(name) ?? (this.isLearning ? this.learn(table, name, `${kind} ${name}`) : none);
  }

  /** The number of a pair; `followers` is the table of its first part. */
  pair(kind: 'b' | 'p', followers: Followers, first: string, second: string): number {
    return (
      followers.get(second) ??
      (this.isLearning ? this.learn(followers, second, `${kind} ${first} ${second}`) : none)
    );
  }

  followers(kind: 'b' | 'p', first: string): Followers {
    const known = this.pairs[kind].get(first);
    if (known) return known;
    if (!this.isLearning) return nothing;
    const made: Followers = new Map();
    this.pairs[kind].set(first, made);
    return made;
  }

  private learn(table: Map<string, number>, key: string, name: string): number {
    table.set(key, this.names.length);
    return this.names.push(name) - 1;
  }

  know(token: Token): Known {
    const { text } = token;
    const remembered = this.remembered.get(text);
    if (remembered) return remembered;
    const word = /^\d/.test(text) ? '#' : text.slice(0, 24);
    const isPlain = stop.has(word);
    const concepts = this.conceptsOf?.(token) ?? [];
    const known: Known = {
      word,
      isPlain,
      id: this.id('w', word),
      followers: this.followers('b', word),
      pieces: isPlain ? [] : piecesOf(word).map((piece) => this.id('c', piece)).filter((id) => id !== none), // prettier-ignore
      concepts,
      conceptIds: concepts.map((concept) => this.id('k', concept)),
      conceptFollowers: concepts.map((concept) => this.followers('p', concept)),
    };
    if (this.remembered.size < mostRemembered && text.length < 40) this.remembered.set(text, known);
    return known;
  }
}

const pieceLength = 4;

function piecesOf(word: string): string[] {
  if (word.length < pieceLength) return [];
  const framed = `<${word}>`;
  return Array.from({ length: framed.length - pieceLength + 1 }, (_, at) =>
    framed.slice(at, at + pieceLength),
  );
}

const reach = 4;

/** Words, pairs of neighbours and four-letter pieces: the pieces are what survives a typo or an affix. */
export function featuresOf(tokens: readonly Token[], lexicon: Lexicon): Features {
  const found: Features = { ids: [], weights: [], tokens: [] };
  const add = (id: number, weight: number, token: number): void => {
    if (id === none) return;
    found.ids.push(id);
    found.weights.push(weight);
    found.tokens.push(token);
  };
  const all = tokens.map((token) => lexicon.know(token));
  let previous = '^';
  let followers = lexicon.followers('b', previous);
  for (let at = 0; at < all.length; at += 1) {
    if (tokens[at]?.text === '*') continue;
    const here = all[at] as Known;
    const { word, isPlain, id, pieces, concepts, conceptIds } = here;
    add(id, isPlain ? 0.3 : 1, at);
    add(lexicon.pair('b', followers, previous, word), isPlain ? 0.4 : 0.7, at);
    previous = word;
    followers = here.followers;
    for (let k = 0; k < concepts.length; k += 1) {
      add(conceptIds[k] as number, 0.8, at);
      for (let back = 1; back <= reach && back <= at; back += 1) {
        const earlier = all[at - back] as Known;
        for (let j = 0; j < earlier.concepts.length; j += 1) {
          const first = earlier.concepts[j] as string;
          const after = earlier.conceptFollowers[j] as Followers;
          add(lexicon.pair('p', after, first, concepts[k] as string), back === 1 ? 0.8 : 0.5, at);
        }
      }
    }
    for (const piece of pieces) add(piece, 0.35, at);
  }
  return found;
}
