import { ground, isNumber, Lexicon, pairUp, type Concepts, type Known } from './features.ts';
import { memoise } from './memoise.ts';
import type { Token } from './normalise.ts';

/** Weights as they are stored: feature names by line, one signed byte a class and feature. */
export type Model = { classes: string[]; features: string; scale: number; bias: number[]; weights: string };

export type Scored = {
  /** Probability of each class, in the order of the model's classes. */
  probabilities: number[];
  /** What the probabilities are made of: log odds, to be weighed against those of another text. */
  scores: number[];
  /** The words that spoke most for a class, most telling first, by index. */
  why(classIndex: number, most: number): number[];
};

export type Speaking<Name> = { by(model: Name): Scored };
/** A text that every model has read, asked about as a whole or from one word to before another. */
export type Reading<Name> = { part(from: number, to: number): Speaking<Name>; whole(): Speaking<Name> };

/** What a word says by itself, in the columns of the reader. */
type Word = Known & { says: Float64Array };

/**
 * Models that read the same text side by side. A score is a sum over features, divided by the root of the sum of their
 * squares: so what a word adds is worked out once and remembered, and what a part of a text says is the difference of
 * two running totals. A word brings its pairs with those before it, also with those before the part.
 */
export class Reader<Name extends string> {
  private readonly models: readonly { name: Name; model: Model; from: number }[];
  private readonly lexicon: Lexicon;
  /** One row a feature of the lexicon: the classes of all models side by side. */
  private readonly weights: Int8Array;
  /** One row a feature of the lexicon: 1 for each model that has it. */
  private readonly has: Uint8Array;
  /** Classes of all models. A column more for each model sums the squares. */
  private readonly width: number;
  private readonly know: (word: string) => Word;

  private readonly mostWords: number;
  private latest: { tokens: readonly Pick<Token, 'text'>[]; reading: Reading<Name> } | undefined;

  constructor(
    models: Readonly<Record<Name, Model>>,
    { concepts, mostWords = Infinity }: { concepts?: Concepts; mostWords?: number } = {},
  ) {
    this.mostWords = mostWords;
    let width = 0;
    this.models = (Object.keys(models) as Name[]).map((name) => {
      const from = width;
      width += models[name].classes.length;
      return { name, model: models[name], from };
    });
    this.width = width;
    const features = this.models.map(({ model }) => model.features.split('\n'));
    this.lexicon = Lexicon.finished(new Set(features.flat()), concepts);
    const idOf = new Map(this.lexicon.names.map((name, id) => [name, id]));
    this.weights = new Int8Array(idOf.size * width);
    this.has = new Uint8Array(idOf.size * this.models.length);
    this.models.forEach(({ model, from }, at) => {
      const bytes = Buffer.from(model.weights, 'base64');
      const count = model.classes.length;
      features[at]?.forEach((name, row) => {
        const id = idOf.get(name) ?? 0;
        this.has[id * this.models.length + at] = 1;
        for (let c = 0; c < count; c += 1)
          this.weights[id * width + from + c] = bytes.readInt8(row * count + c);
      });
    });
    this.know = memoise((word) => this.weigh(this.lexicon.know(word)));
  }

  classesOf(name: Name): readonly string[] {
    return this.modelOf(name).model.classes;
  }

  /** What was read last is kept: several ask about one message. */
  read(tokens: readonly Pick<Token, 'text'>[]): Reading<Name> {
    if (this.latest?.tokens !== tokens) this.latest = { tokens, reading: this.readAnew(tokens) };
    return this.latest.reading;
  }

  /** What a text says as a whole, for one that is read once and asked about once: no part of it is kept. */
  sum(tokens: readonly Pick<Token, 'text'>[], name: Name): Pick<Scored, 'scores' | 'probabilities'> {
    const totals = new Float64Array(this.width + this.models.length);
    const words = tokens.map(({ text }) => this.know(text));
    for (const { says } of words)
      for (let c = 0; c < totals.length; c += 1) totals[c] = (totals[c] as number) + (says[c] as number);
    pairUp(words, this.lexicon, (id, weight) => this.add(id, weight, totals, 0));
    const scores = this.scoresOf(name, (column) => totals[column] as number);
    return { scores, probabilities: softmax(scores) };
  }

  /** `sum`: what all words of a text say in a column. */
  private scoresOf(name: Name, sum: (column: number) => number): number[] {
    const { model, at, from } = this.modelOf(name);
    const unit = model.scale / (Math.sqrt(sum(this.width + at) + ground) || 1);
    return model.bias.map((bias, c) => bias + unit * sum(from + c));
  }

  private readAnew(tokens: readonly Pick<Token, 'text'>[]): Reading<Name> {
    const words = tokens.slice(0, this.mostWords).map(({ text }) => this.know(isNumber(text) ? '#' : text));
    const columns = this.width + this.models.length;
    /** What all words before a place say together. */
    const totals = new Float64Array((words.length + 1) * columns);
    pairUp(words, this.lexicon, (id, weight, at) => this.add(id, weight, totals, (at + 1) * columns));
    for (let at = 0; at < words.length; at += 1) {
      const { says } = words[at] as Word;
      const before = at * columns;
      for (let c = 0; c < columns; c += 1) {
        const here = before + columns + c;
        totals[here] = (totals[here] as number) + (totals[before + c] as number) + (says[c] as number);
      }
    }
    const between = (from: number, to: number, column: number): number =>
      (totals[to * columns + column] as number) - (totals[from * columns + column] as number);
    const part = (from: number, to: number): Speaking<Name> => ({
      by: (name) => {
        const { from: first } = this.modelOf(name);
        const scores = this.scoresOf(name, (column) => between(from, to, column));
        return {
          scores,
          probabilities: softmax(scores),
          why: (classIndex, most) => {
            const told = new Float64Array(to - from);
            for (let k = 0; k < told.length; k += 1)
              told[k] = between(from + k, from + k + 1, first + classIndex);
            return mostTelling(told, most);
          },
        };
      },
    });
    return { part, whole: () => part(0, words.length) };
  }

  private modelOf(name: Name): { model: Model; from: number; at: number } {
    const at = this.models.findIndex((one) => one.name === name);
    const { model, from } = this.models[at] as { model: Model; from: number };
    return { model, from, at };
  }

  private weigh(known: Known): Word {
    const says = new Float64Array(this.width + this.models.length);
    known.own.ids.forEach((id, k) => this.add(id, known.own.weights[k] ?? 0, says, 0));
    return { ...known, says };
  }

  /** Adds what a feature says to the columns of `into` that begin at `row`. */
  private add(id: number, weight: number, into: Float64Array, row: number): void {
    const { width, weights, has } = this;
    const from = id * width;
    for (let c = 0; c < width; c += 1)
      into[row + c] = (into[row + c] as number) + weight * (weights[from + c] as number);
    const count = this.models.length;
    for (let m = 0; m < count; m += 1)
      into[row + width + m] = (into[row + width + m] as number) + weight * weight * (has[id * count + m] as number); // prettier-ignore
  }
}

/** Where the largest values above nothing stand, largest first; of equals the earliest. */
function mostTelling(told: Float64Array, most: number): number[] {
  const top: number[] = [];
  for (let at = 0; at < told.length; at += 1) {
    const value = told[at] as number;
    if (value <= 0) continue;
    let place = top.length;
    while (place > 0 && value > (told[top[place - 1] as number] as number)) place -= 1;
    if (place < most) top.splice(place, 0, at);
    if (top.length > most) top.pop();
  }
  return top;
}

export function softmax(values: ArrayLike<number>): number[] {
  let top = -Infinity;
  for (let i = 0; i < values.length; i += 1) top = Math.max(top, values[i] ?? 0);
  const powers: number[] = [];
  let total = 0;
  for (let i = 0; i < values.length; i += 1) {
    const power = Math.exp((values[i] ?? 0) - top);
    powers.push(power);
    total += power;
  }
  return powers.map((power) => power / total);
}
