import { Columns, type Model } from './columns.ts';
import { Lexicon, pairsOf, type Concepts, type Known, type Pairs } from './features.ts';
import { noted, type Word } from './word.ts';

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

/** What a word says by itself stands in a row of a sheet, in the columns of the reader. */
type Speaker = Known & { sheet: Int16Array; row: number };
type Token = { word: Word };

/** So many words share a sheet: one by one they would lie all over the memory. */
const wordsOfSheet = 1024;
/** At each so manyth word there is a running total, so that overlapping parts are not added up anew. */
const stride = 20;
/** What fits a place of a sheet; no word of any language says more. */
const [lowest, highest] = [-32_768, 32_767];

/**
 * Models that read the same text side by side. A score is a sum over features, divided by the root of the sum of their
 * squares: so what a word says by itself is worked out once and remembered, and what a text says is a sum over its
 * words. A word brings its pairs with those before it, also with those before the part that is asked about.
 */
export class Reader<Name extends string> {
  private readonly lexicon: Lexicon;
  private readonly columns: Columns<Name>;
  private readonly know: (word: Word) => Speaker;
  private readonly mostWords: number;
  private latest: { tokens: readonly Token[]; reading: Reading<Name> } | undefined;
  private sheet = new Int16Array(0);
  private used = 0;

  constructor(
    models: Readonly<Record<Name, Model>>,
    { concepts, mostWords = Infinity }: { concepts?: Concepts; mostWords?: number } = {},
  ) {
    this.mostWords = mostWords;
    const features = Object.values<Model>(models).map((model) => model.features.split('\n'));
    const { lexicon, ids } = Lexicon.finished(features, concepts);
    this.lexicon = lexicon;
    this.columns = new Columns(models, ids, lexicon.size);
    this.know = noted((text) => this.weigh(text));
  }

  classesOf(name: Name): readonly string[] {
    return this.columns.classesOf(name);
  }

  /** What was read last is kept: several ask about one message. */
  read(tokens: readonly Token[]): Reading<Name> {
    if (this.latest?.tokens !== tokens) this.latest = { tokens, reading: this.readAnew(tokens) };
    return this.latest.reading;
  }

  private readAnew(tokens: readonly Token[]): Reading<Name> {
    const speakers: Speaker[] = [];
    for (let at = 0; at < Math.min(tokens.length, this.mostWords); at += 1)
      speakers.push(this.know((tokens[at] as Token).word));
    const pairs = pairsOf(speakers, this.lexicon);
    const running = this.runningTotals(speakers, pairs);
    const { count } = this.columns;
    /** What all words before a place say together. */
    const before = (place: number): Int32Array => {
      const step = Math.floor(place / stride);
      const totals = running.slice(step * count, (step + 1) * count);
      this.sum(speakers, pairs, step * stride, place, totals);
      return totals;
    };
    const part = (from: number, to: number): Speaking<Name> => {
      const totals = before(to);
      if (from > 0) {
        const earlier = before(from);
        for (let c = 0; c < count; c += 1) totals[c] = (totals[c] as number) - (earlier[c] as number);
      }
      return {
        by: (name) => {
          const scores = this.columns.scores(name, totals);
          return {
            scores,
            probabilities: softmax(scores),
            why: (classIndex, most) => {
              const column = this.columns.columnOf(name, classIndex);
              const saidAt = (k: number): number => this.said(speakers, pairs, from + k, column);
              return mostTelling(saidAt, to - from, most);
            },
          };
        },
      };
    };
    let all: Speaking<Name> | undefined;
    return { part, whole: () => (all ??= part(0, speakers.length)) };
  }

  /** A row of totals for each {@link stride} words: what all words before say together. */
  private runningTotals(speakers: readonly Speaker[], pairs: Pairs): Int32Array {
    const { count } = this.columns;
    const steps = Math.floor(speakers.length / stride);
    const running = new Int32Array((steps + 1) * count);
    const totals = new Int32Array(count);
    for (let step = 1; step <= steps; step += 1) {
      this.sum(speakers, pairs, (step - 1) * stride, step * stride, totals);
      running.set(totals, step * count);
    }
    return running;
  }

  /** Adds what words say, each with those before it. */
  private sum(
    speakers: readonly Speaker[],
    pairs: Pairs,
    from: number,
    to: number,
    totals: Int32Array,
  ): void {
    const { count } = this.columns;
    for (let at = from; at < to; at += 1) {
      const { sheet, row } = speakers[at] as Speaker;
      for (let c = 0; c < count; c += 1) totals[c] = (totals[c] as number) + (sheet[row + c] as number);
    }
    this.columns.addAll(pairs, pairs.begins[from] as number, pairs.begins[to] as number, totals);
  }

  /** What a word says in a column, by itself and with those before it. */
  private said(
    speakers: readonly Speaker[],
    { ids, weights, begins }: Pairs,
    at: number,
    column: number,
  ): number {
    const { sheet, row } = speakers[at] as Speaker;
    let said = sheet[row + column] as number;
    for (let k = begins[at] as number; k < (begins[at + 1] as number); k += 1)
      said += (weights[k] as number) * this.columns.at(ids[k] as number, column);
    return said;
  }

  private weigh(text: string): Speaker {
    const { own, ...known } = this.lexicon.know(text);
    const { count } = this.columns;
    const totals = new Int32Array(count);
    this.columns.addAll(own, 0, own.ids.length, totals);
    if (this.used + count > this.sheet.length) {
      this.sheet = new Int16Array(wordsOfSheet * count);
      this.used = 0;
    }
    const row = this.used;
    this.used += count;
    for (let c = 0; c < count; c += 1)
      this.sheet[row + c] = Math.max(lowest, Math.min(highest, totals[c] as number));
    return { ...known, sheet: this.sheet, row };
  }
}

/** Of `count` words where those stand that say most, more than nothing, most first; of equals the earliest. */
function mostTelling(saidAt: (word: number) => number, count: number, most: number): number[] {
  const top: number[] = [];
  const said: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const value = saidAt(at);
    if (value <= (top.length < most ? 0 : (said[most - 1] as number))) continue;
    let place = Math.min(top.length, most - 1);
    while (place > 0 && value > (said[place - 1] as number)) {
      top[place] = top[place - 1] as number;
      said[place] = said[place - 1] as number;
      place -= 1;
    }
    top[place] = at;
    said[place] = value;
  }
  return top;
}

export function softmax(values: readonly number[]): number[] {
  const top = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
