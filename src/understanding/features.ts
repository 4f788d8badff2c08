import { GrowingList } from './growing-list.ts';
import { PairTable } from './pair-table.ts';
import type { Word } from './word.ts';

/** The features of a text side by side: the number of each in a lexicon, and its weight in {@link units}. */
export type Features = { ids: Int32Array; weights: Int32Array };

/** So many are the weight 1: so all weights are whole numbers, and sums of them exact. */
export const units = 20;

/** What each kind of feature weighs, in {@link units}; words that every text has weigh less. */
export const weightOf = {
  word: 20,
  plainWord: 6,
  concept: 16,
  piece: 7,
  neighbours: 14,
  plainNeighbours: 8,
  conceptsBeside: 16,
  conceptsNear: 10,
};

/** Names of the concepts a word stands for ("partner", "hit"): what lets a classifier generalise from few lines. */
export type Concepts = (word: string) => readonly string[];

/**
 * Every text counts as if it had this much besides (the square of its length): one word alone is no certainty, however
 * strongly it speaks.
 */
export const ground = 16;

/** Which number it is tells a classifier nothing. */
function isNumber(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 48 && code <= 57;
}

/** What a word brings along, whatever stands around it; `word` and `concepts` are its numbers among their like. */
export type Known = { word: number; concepts: readonly number[]; isPlain: boolean };
export type Weighed = Known & { own: Features };

/** There is no such number. */
export const none = -1;
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
  /** The name of each feature: "w mati", two neighbours "b mau mati", a piece "c <mat", a concept "k die", two near "p me die". */
  readonly names: string[] = [];
  private readonly words = new Names();
  private readonly concepts = new Names();
  private readonly ids = {
    w: new Map<string, number>(),
    k: new Map<string, number>(),
    c: new Map<string, number>(),
  };
  /** By the number of a word, its own feature. */
  private readonly aloneOf: number[] = [];
  private readonly neighboursOf = new PairTable();
  /** The features of two concepts, at the place that the two have in a square. */
  private readonly nearness = new Int32Array(mostConcepts * mostConcepts).fill(none);
  private isLearning = true;
  private readonly conceptsOf: Concepts | undefined;
  /** What stands before the first word. */
  readonly opening: Known;

  constructor(conceptsOf?: Concepts) {
    this.conceptsOf = conceptsOf;
    this.opening = { word: this.words.number('^'), concepts: [], isPlain: true };
  }

  /** A lexicon of the features of some models, and by model the numbers of its features. */
  static finished(
    models: readonly (readonly string[])[],
    conceptsOf?: Concepts,
  ): { lexicon: Lexicon; ids: Int32Array[] } {
    const lexicon = new Lexicon(conceptsOf);
    const ids = models.map((names) => Int32Array.from(names, (name) => lexicon.learn(name)));
    lexicon.isLearning = false;
    return { lexicon, ids };
  }

  /** How many features there are. */
  get size(): number {
    return this.names.length;
  }

  /** The number of a feature by its name. */
  private learn(name: string): number {
    const kind = name.slice(0, 1);
    const gap = name.indexOf(' ', 2);
    const first = gap < 0 ? name.slice(2) : name.slice(2, gap);
    if (kind === 'b')
      return this.neighbours(this.words.number(first), this.words.number(name.slice(gap + 1)));
    if (kind === 'p') return this.near(this.concept(first), this.concept(name.slice(gap + 1)));
    const id = this.id(kind as keyof Lexicon['ids'], first);
    if (kind === 'w') this.aloneOf[this.words.number(first)] = id;
    return id;
  }

  know(text: string): Weighed {
    const word = isNumber(text) ? '#' : text.slice(0, longest);
    const isPlain = stop.has(word);
    const concepts = this.conceptsOf?.(text) ?? [];
    const add = (kind: keyof Lexicon['ids'], name: string, weight: number): void => {
      const id = this.id(kind, name);
      if (id === none) return;
      gathered.ids.push(id);
      gathered.weights.push(weight);
    };
    add('w', word, isPlain ? weightOf.plainWord : weightOf.word);
    for (const concept of concepts) add('k', concept, weightOf.concept);
    if (!isPlain && word.length >= pieceLength && !marked.test(word)) {
      const framed = `<${word}>`;
      for (let at = 0; at + pieceLength <= framed.length; at += 1)
        add('c', framed.slice(at, at + pieceLength), weightOf.piece);
    }
    return {
      word: this.isLearning ? this.words.number(word) : this.words.find(word),
      concepts:
        concepts.length === 0
          ? noConcepts
          : concepts.map((name) => this.concept(name)).filter((number) => number !== none),
      isPlain,
      own: { ids: gathered.ids.take(), weights: gathered.weights.take() },
    };
  }

  /** The number of a word or sign, -1 when no feature has it. */
  numberOf(text: string): number {
    return this.words.find(text.slice(0, longest));
  }

  /** The feature of a word by itself, by its number; -1 when there is none. */
  alone(word: number): number {
    return this.aloneOf[word] ?? none;
  }

  /** The feature of two words side by side, -1 when there is none. */
  neighbours(first: number, second: number): number {
    if (first === none || second === none) return none;
    const known = this.neighboursOf.get(first, second);
    if (known !== none || !this.isLearning) return known;
    const id = this.number(`b ${this.words.list[first]} ${this.words.list[second]}`);
    this.neighboursOf.set(first, second, id);
    return id;
  }

  /** The feature of two concepts near each other, -1 when there is none. */
  near(first: number, second: number): number {
    const place = first * mostConcepts + second;
    const known = this.nearness[place] as number;
    if (known !== none || !this.isLearning) return known;
    const id = this.number(`p ${this.concepts.list[first]} ${this.concepts.list[second]}`);
    this.nearness[place] = id;
    return id;
  }

  /** The number of a concept; of more than there is room for in the square, two would be taken for one. */
  private concept(name: string): number {
    const number = this.isLearning ? this.concepts.number(name) : this.concepts.find(name);
    if (number >= mostConcepts) throw new Error(`more than ${mostConcepts} concepts, ${name} among them`);
    return number;
  }

  private id(kind: keyof Lexicon['ids'], name: string): number {
    const ids = this.ids[kind];
    const known = ids.get(name);
    if (known !== undefined || !this.isLearning) return known ?? none;
    const id = this.number(`${kind} ${name}`);
    ids.set(name, id);
    return id;
  }

  private number(name: string): number {
    return this.names.push(name) - 1;
  }
}

const noConcepts: readonly number[] = [];

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
/** Of a longer word only the beginning counts. */
const longest = 24;

/** So many words back a concept still meets another. */
const reach = 4;

/** Features of two words; those that a word makes begin at its place in `begins`, which has one place more than there are words. */
export type Pairs = Features & { begins: Int32Array };

/** What has been gathered so far of the features that are being read. */
const gathered = { ids: new GrowingList(), weights: new GrowingList() };

/** The features that words make with those before them: neighbours, and concepts near each other. */
export function pairsOf(words: readonly Known[], lexicon: Lexicon): Pairs {
  const begins = new Int32Array(words.length + 1);
  let previous = lexicon.opening;
  for (let at = 0; at < words.length; at += 1) {
    begins[at] = gathered.ids.length;
    const here = words[at] as Known;
    const beside = lexicon.neighbours(previous.word, here.word);
    if (beside !== none) {
      gathered.ids.push(beside);
      gathered.weights.push(here.isPlain ? weightOf.plainNeighbours : weightOf.neighbours);
    }
    previous = here;
    const { concepts } = here;
    for (let k = 0; k < concepts.length; k += 1) {
      const concept = concepts[k] as number;
      for (let back = at - 1; back >= 0 && back >= at - reach; back -= 1) {
        const earlier = (words[back] as Known).concepts;
        for (let j = 0; j < earlier.length; j += 1) {
          const near = lexicon.near(earlier[j] as number, concept);
          if (near === none) continue;
          gathered.ids.push(near);
          gathered.weights.push(back === at - 1 ? weightOf.conceptsBeside : weightOf.conceptsNear);
        }
      }
    }
  }
  begins[words.length] = gathered.ids.length;
  return { ids: gathered.ids.take(), weights: gathered.weights.take(), begins };
}

/** Words, pairs of neighbours and four-letter pieces: the pieces are what survives a typo or an affix. */
export function featuresOf(
  words: readonly Word[],
  lexicon: Lexicon,
  know: (word: Word) => Weighed,
): Features {
  const known = words.map(know);
  const all: Features[] = [...known.map(({ own }) => own), pairsOf(known, lexicon)];
  return {
    ids: Int32Array.from(all.flatMap((features) => [...features.ids])),
    weights: Int32Array.from(all.flatMap((features) => [...features.weights])),
  };
}
