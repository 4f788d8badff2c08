import type { Token } from './normalise.ts';

/** The features of a text side by side: the number of each in a lexicon, and its weight. */
export type Features = { ids: number[]; weights: number[] };

/** Names of the concepts a word stands for ("partner", "hit"): what lets a classifier generalise from few lines. */
export type Concepts = (word: string) => readonly string[];

/**
 * Every text counts as if it had this much besides (the square of its length): one word alone is no certainty, however
 * strongly it speaks.
 */
export const ground = 16;

/** Which number it is tells a classifier nothing. */
export function isNumber(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 48 && code <= 57;
}

/** What a word brings along, whatever stands around it; `word` and `concepts` are its numbers among their like. */
export type Known = { word: number; concepts: readonly number[]; isPlain: boolean; own: Features };

const none = -1;
const stop = new Set(
  'saya kamu dia kami mereka yang di ke dari dan itu ini ada saja lagi ya kah lah e ko si nya untuk dengan juga pun'.split(
    ' ',
  ),
);

/**
 * Numbers for features, so that no name is put together while a text is read. A learning lexicon numbers
 * whatever it meets; a finished one passes over what it was not given.
 */
export class Lexicon {
  private readonly all = new Names();
  private readonly words = new Names();
  private readonly concepts = new Names();
  /** By the number of a word, the features it makes with the word after it. */
  private readonly neighboursOf: Map<number, number>[] = [];
  /** The features of two concepts, at the place that the two have in a square. */
  private readonly nearness = new Int32Array(mostConcepts * mostConcepts).fill(none);
  private isLearning = true;
  private readonly conceptsOf: Concepts | undefined;
  /** What stands before the first word. */
  readonly opening: Known;

  constructor(conceptsOf?: Concepts) {
    this.conceptsOf = conceptsOf;
    this.opening = { word: this.words.number('^'), concepts: [], isPlain: true, own: { ids: [], weights: [] } }; // prettier-ignore
  }

  static finished(names: Iterable<string>, conceptsOf?: Concepts): Lexicon {
    const lexicon = new Lexicon(conceptsOf);
    for (const name of names) {
      const [kind, first = '', second = ''] = name.split(' ');
      if (kind === 'b') lexicon.neighbours(lexicon.words.number(first), lexicon.words.number(second));
      else if (kind === 'p') lexicon.near(lexicon.concepts.number(first), lexicon.concepts.number(second));
      else lexicon.id(name);
    }
    lexicon.isLearning = false;
    return lexicon;
  }

  /** The name of each feature: "w mati", two neighbours "b mau mati", a piece "c <mat", a concept "k die", two near "p me die". */
  get names(): readonly string[] {
    return this.all.list;
  }

  know(text: string): Known {
    const word = isNumber(text) ? '#' : text.slice(0, 24);
    const isPlain = stop.has(word);
    const concepts = this.conceptsOf?.(text) ?? [];
    const own: Features = { ids: [], weights: [] };
    const add = (name: string, weight: number): void => {
      const id = this.id(name);
      if (id === none) return;
      own.ids.push(id);
      own.weights.push(weight);
    };
    add(`w ${word}`, isPlain ? 0.3 : 1);
    for (const concept of concepts) add(`k ${concept}`, 0.8);
    for (const piece of isPlain || marked.test(word) ? [] : piecesOf(word)) add(`c ${piece}`, 0.35);
    const numberIn = (names: Names, name: string): number =>
      this.isLearning ? names.number(name) : names.find(name);
    return {
      word: numberIn(this.words, word),
      concepts: concepts.map((name) => numberIn(this.concepts, name)).filter((number) => number !== none),
      isPlain,
      own,
    };
  }

  /** The feature of two words side by side, -1 when there is none. */
  neighbours(first: number, second: number): number {
    if (first === none || second === none) return none;
    const known = this.neighboursOf[first]?.get(second);
    if (known !== undefined || !this.isLearning) return known ?? none;
    const id = this.all.number(`b ${this.words.list[first]} ${this.words.list[second]}`);
    (this.neighboursOf[first] ??= new Map()).set(second, id);
    return id;
  }

  /** The feature of two concepts near each other, -1 when there is none. */
  near(first: number, second: number): number {
    const place = first * mostConcepts + second;
    const known = this.nearness[place] as number;
    if (known !== none || !this.isLearning) return known;
    const id = this.all.number(`p ${this.concepts.list[first]} ${this.concepts.list[second]}`);
    this.nearness[place] = id;
    return id;
  }

  private id(name: string): number {
    return this.isLearning ? this.all.number(name) : this.all.find(name);
  }
}

/** More classes of words than there will be. */
const mostConcepts = 256;

/** Names, numbered as they come. */
class Names {
  readonly list: string[] = [];
  private readonly numbers = new Map<string, number>();

  find(name: string): number {
    return this.numbers.get(name) ?? none;
  }

  number(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.list.length);
    return this.list.push(name) - 1;
  }
}

/** A word with the side it stands on (">kakak", see `when-context.ts`) is no spelling of another. */
const marked = /[<>=~]/;

const pieceLength = 4;

function piecesOf(word: string): string[] {
  if (word.length < pieceLength) return [];
  const framed = `<${word}>`;
  return Array.from({ length: framed.length - pieceLength + 1 }, (_, at) =>
    framed.slice(at, at + pieceLength),
  );
}

/** So many words back a concept still meets another. */
const reach = 4;

/** Tells, for each word in turn, which features it makes with those before it: neighbours, and concepts near each other. */
export function pairUp(
  words: readonly Known[],
  lexicon: Lexicon,
  tell: (id: number, weight: number, at: number) => void,
): void {
  let previous = lexicon.opening;
  for (let at = 0; at < words.length; at += 1) {
    const here = words[at] as Known;
    const beside = lexicon.neighbours(previous.word, here.word);
    if (beside !== none) tell(beside, here.isPlain ? 0.4 : 0.7, at);
    previous = here;
    for (const concept of here.concepts) {
      for (let back = 1; back <= reach && back <= at; back += 1) {
        for (const earlier of (words[at - back] as Known).concepts) {
          const near = lexicon.near(earlier, concept);
          if (near !== none) tell(near, back === 1 ? 0.8 : 0.5, at);
        }
      }
    }
  }
}

/** Words, pairs of neighbours and four-letter pieces: the pieces are what survives a typo or an affix. */
export function featuresOf(
  tokens: readonly Pick<Token, 'text'>[],
  lexicon: Lexicon,
  know: (word: string) => Known,
): Features {
  const words = tokens.map((token) => know(token.text));
  const ids = words.flatMap(({ own }) => own.ids);
  const weights = words.flatMap(({ own }) => own.weights);
  pairUp(words, lexicon, (id, weight) => {
    ids.push(id);
    weights.push(weight);
  });
  return { ids, weights };
}
