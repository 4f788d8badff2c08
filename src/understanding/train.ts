import { softmax } from './classifier.ts';
import type { Model } from './columns.ts';
import { featuresOf, ground, Lexicon, units, type Concepts, type Features } from './features.ts';
import { noted, type Word } from './word.ts';

export type Example = { words: readonly Word[]; label: string };

const rate = 0.5;

/** How often all lines are gone through, and how strongly weights are pulled to nothing. */
export type Lesson = { concepts?: Concepts; decay: number; epochs: number };

/**
 * Multinomial logistic regression by AdaGrad over a fixed order of the examples. No randomness that is
 * not this file's own, and the result is rounded to bytes, so the same lines give the same file.
 */
export function train(examples: readonly Example[], { concepts, decay, epochs }: Lesson): Model {
  const classes = [...new Set(examples.map((example) => example.label))].sort();
  const { names, vectors: texts } = encode(
    examples.map(({ words }) => words),
    concepts,
  );
  const vectors = texts.map((text, at) => ({ label: classes.indexOf(examples[at]?.label ?? ''), ...text }));
  const weights = new Weights(names.length, classes.length);
  for (const at of shuffled(vectors.length, epochs)) {
    const { label, ...text } = vectors[at] as Vector & { label: number };
    const errors = softmax([...weights.scores(text)]);
    errors[label] = (errors[label] ?? 0) - 1;
    weights.learn(text, errors, decay);
  }
  return weights.pack(classes, names);
}

/**
 * A message with the alternatives among which it chooses: `options` that it brings along (its days), and the classes of
 * `others`, judged by the whole message. `right` counts through the options and then through the others; where several
 * are right, any will do.
 */
export type Choice = {
  options: readonly Example['words'][];
  message: Example['words'];
  right: readonly number[];
};

/** A model of what speaks for an option and one of what speaks for each of the others, learnt side by side. */
export function trainChoice(
  choices: readonly Choice[],
  others: readonly string[],
  { decay, epochs }: Lesson,
): { option: Model; other: Model } {
  const options = encode(choices.flatMap((choice) => choice.options));
  const messages = encode(choices.map(({ message }) => message));
  const optionWeights = new Weights(options.names.length, 1);
  const otherWeights = new Weights(messages.names.length, others.length);
  const froms: number[] = [];
  let from = 0;
  for (const choice of choices) {
    froms.push(from);
    from += choice.options.length;
  }
  for (const at of shuffled(choices.length, epochs)) {
    const { options: own, right } = choices[at] as Choice;
    const vectors = own.map((_, k) => options.vectors[(froms[at] ?? 0) + k] as Vector);
    const message = messages.vectors[at] as Vector;
    const scores = [
      ...vectors.flatMap((vector) => [...optionWeights.scores(vector)]),
      ...otherWeights.scores(message),
    ];
    const odds = softmax(scores);
    const rightly = right.reduce((sum, one) => sum + (odds[one] ?? 0), 0);
    const errors = odds.map((is, k) => is - (right.includes(k) ? is / rightly : 0));
    vectors.forEach((vector, k) => optionWeights.learn(vector, [errors[k] ?? 0], decay));
    otherWeights.learn(message, errors.slice(own.length), decay);
  }
  return {
    option: optionWeights.pack(['option'], options.names),
    other: otherWeights.pack(others, messages.names),
  };
}

/** Every place below `length`, in an order that is the same each time and another in each epoch. */
function* shuffled(length: number, epochs: number): Generator<number> {
  const order = Array.from({ length }, (_, at) => at);
  let seed = 20_261_124;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (let i = order.length - 1; i > 0; i -= 1) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const j = seed % (i + 1);
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    yield* order;
  }
}

type Vector = { rows: number[]; values: number[] };

/** The features that occur more than twice, by name, and each text as a vector of them. */
function encode(
  texts: readonly Example['words'][],
  concepts?: Concepts,
): { names: string[]; vectors: Vector[] } {
  const lexicon = new Lexicon(concepts);
  const know = noted((text) => lexicon.know(text));
  const rows = texts.map((words) => featuresOf(words, lexicon, know));
  const counts = new Map<number, number>();
  for (const row of rows) for (const id of new Set(row.ids)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const nameOf = (id: number): string => lexicon.names[id] ?? '';
  const names = [...counts].filter(([id, count]) => count > 2 || nameOf(id).startsWith('w ')).map(([id]) => nameOf(id)).sort(); // prettier-ignore
  const sorted = new Map(names.map((name, at) => [name, at]));
  const index = lexicon.names.map((name) => sorted.get(name));
  return { names, vectors: rows.map((row) => vector(row, index)) };
}

function vector({ ids, weights }: Features, index: readonly (number | undefined)[]): Vector {
  const rows: number[] = [];
  const values: number[] = [];
  let norm = 0;
  ids.forEach((id, k) => {
    const at = index[id];
    if (at === undefined) return;
    const weight = (weights[k] ?? 0) / units;
    rows.push(at);
    values.push(weight);
    norm += weight * weight;
  });
  const length = Math.sqrt(norm + ground) || 1;
  return { rows, values: values.map((value) => value / length) };
}

/** One row a feature, one column a class; each weight has a pace of its own (AdaGrad). */
class Weights {
  private readonly count: number;
  private readonly weights: Float64Array;
  private readonly grown: Float64Array;
  private readonly bias: Float64Array;

  constructor(rows: number, count: number) {
    this.count = count;
    this.weights = new Float64Array(rows * count);
    this.grown = new Float64Array(rows * count).fill(1e-2);
    this.bias = new Float64Array(count);
  }

  scores({ rows, values }: Vector): Float64Array {
    const sums = Float64Array.from(this.bias);
    rows.forEach((row, k) => {
      const value = values[k] ?? 0;
      for (let c = 0; c < this.count; c += 1)
        sums[c] = (sums[c] ?? 0) + value * (this.weights[row * this.count + c] ?? 0);
    });
    return sums;
  }

  /** `errors`: of each class, how much too likely it was held. */
  learn({ rows, values }: Vector, errors: readonly number[], decay: number): void {
    const { count, weights, grown, bias } = this;
    rows.forEach((row, k) => {
      const value = values[k] ?? 0;
      for (let c = 0; c < count; c += 1) {
        const at = row * count + c;
        const gradient = value * (errors[c] ?? 0) + decay * (weights[at] ?? 0);
        grown[at] = (grown[at] ?? 0) + gradient * gradient;
        weights[at] = (weights[at] ?? 0) - (rate * gradient) / Math.sqrt(grown[at] ?? 1);
      }
    });
    for (let c = 0; c < count; c += 1) bias[c] = (bias[c] ?? 0) - 0.01 * (errors[c] ?? 0);
  }

  pack(classes: readonly string[], names: readonly string[]): Model {
    const { count, weights, bias } = this;
    let top = 1e-9;
    for (const weight of weights) top = Math.max(top, Math.abs(weight));
    const scale = Number((top / 127).toPrecision(6));
    const kept: string[] = [];
    const bytes: number[] = [];
    names.forEach((name, at) => {
      const row = Array.from({ length: count }, (_, c) => Math.round((weights[at * count + c] ?? 0) / scale));
      if (row.every((value) => value === 0)) return;
      kept.push(name);
      for (const value of row) bytes.push(Math.max(-127, Math.min(127, value)) & 255);
    });
    return {
      classes: [...classes],
      features: kept.join('\n'),
      scale,
      bias: [...bias].map((value) => Number(value.toFixed(4))),
      weights: Buffer.from(bytes).toString('base64'),
    };
  }
}
