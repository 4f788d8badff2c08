import type { Token } from './normalise.ts';

/** The features of a text side by side: the number of each in a lexicon, its weight, and the token it came from. */
export type Features = { ids: number[]; weights: number[]; tokens: number[] };

/** Names of the concepts a token stands for ("partner", "hit"): what lets a classifier generalise from few lines. */
export type Concepts = (token: Token) => readonly string[];

/** Word, two neighbours, four letters of a word, concept, two concepts near each other. */
type Kind = 'w' | 'b' | 'c' | 'k' | 'p';
/** What one word brings along, whatever stands around it. */
type Known = {
  word: string;
  isPlain: boolean;
  id: number;
  pieces: readonly number[];
  concepts: readonly string[];
  conceptIds: readonly number[];
};

const none = -1;
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
  /** The name of each number: "w mati", "b mau mati", "c <mat", "k die", "p me die". */
  readonly names: string[] = [];
  private isLearning = true;
  private readonly conceptsOf: Concepts | undefined;
  private readonly tables: Readonly<Record<Kind, Map<string, Map<string, number>>>> = {
    w: new Map(),
    b: new Map(),
    c: new Map(),
    k: new Map(),
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
      if (second === undefined) lexicon.id(kind as Kind, '', first);
      else lexicon.id(kind as Kind, first, second);
    }
    lexicon.isLearning = false;
    return lexicon;
  }

  /** The number of a feature; `before` is the earlier word or concept of a pair. */
  id(kind: Kind, before: string, name: string): number {
    const table = this.tables[kind];
    let after = table.get(before);
    const known = after?.get(name);
    if (known !== undefined) return known;
    if (!this.isLearning) return none;
    if (!after) table.set(before, (after = new Map()));
    after.set(name, this.names.length);
    return this.names.push(before === '' ? `${kind} ${name}` : `${kind} ${before} ${name}`) - 1;
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
      id: this.id('w', '', word),
      pieces: isPlain ? [] : piecesOf(word).map((piece) => this.id('c', '', piece)).filter((id) => id !== none), // prettier-ignore
      concepts,
      conceptIds: concepts.map((concept) => this.id('k', '', concept)),
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
  for (let at = 0; at < all.length; at += 1) {
    if (tokens[at]?.text === '*') continue;
    const { word, isPlain, id, pieces, concepts, conceptIds } = all[at] as Known;
    add(id, isPlain ? 0.3 : 1, at);
    add(lexicon.id('b', previous, word), isPlain ? 0.4 : 0.7, at);
    previous = word;
    for (let k = 0; k < concepts.length; k += 1) {
      add(conceptIds[k] as number, 0.8, at);
      for (let back = 1; back <= reach && back <= at; back += 1) {
        for (const earlier of (all[at - back] as Known).concepts)
          add(lexicon.id('p', earlier, concepts[k] as string), back === 1 ? 0.8 : 0.5, at);
      }
    }
    for (const piece of pieces) add(piece, 0.35, at);
  }
  return found;
}
