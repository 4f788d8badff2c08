import { softmax, type Model } from './classifier.ts';
import { featuresOf, Lexicon, type Concepts, type Features } from './features.ts';
import { memoise } from './memoise.ts';
import type { Token } from './normalise.ts';

export type Example = { tokens: readonly Pick<Token, 'text'>[]; label: string };

const rate = 0.5;

/** How often all lines are gone through, and how strongly weights are pulled to nothing. */
export type Lesson = { concepts?: Concepts; decay: number; epochs: number };

/**
 * Multinomial logistic regression by AdaGrad over a fixed order of the examples. No randomness that is
 * not this file's own, and the result is rounded to bytes, so the same lines give the same file.
 */
export function train(examples: readonly Example[], { concepts, decay, epochs }: Lesson): Model {
  const classes = [...new Set(examples.map((example) => example.label))].sort();
  const lexicon = new Lexicon(concepts);
  const know = memoise((word) => lexicon.know(word));
  const rows = examples.map(({ tokens, label }) => ({
    features: featuresOf(tokens, lexicon, know),
    label: classes.indexOf(label),
  }));
  const counts = new Map<number, number>();
  for (const row of rows)
    for (const id of new Set(row.features.ids)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const nameOf = (id: number): string => lexicon.names[id] ?? '';
  const names = [...counts].filter(([id, count]) => count > 2 || nameOf(id).startsWith('w ')).map(([id]) => nameOf(id)).sort(); // prettier-ignore
  const sorted = new Map(names.map((name, at) => [name, at]));
  const index = lexicon.names.map((name) => sorted.get(name));
  const vectors = rows.map((row) => ({ label: row.label, ...vector(row.features, index) }));
  const count = classes.length;
  const weights = new Float64Array(names.length * count);
  const grown = new Float64Array(names.length * count).fill(1e-2);
  const bias = new Float64Array(count);
  const order = vectors.map((_, at) => at);
  let seed = 20_261_124;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (let i = order.length - 1; i > 0; i -= 1) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const j = seed % (i + 1);
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    for (const at of order) learn(vectors[at] as Vector, count, weights, grown, bias, decay);
  }
  return pack(classes, names, weights, bias, count);
}

type Vector = { label: number; rows: number[]; values: number[] };

function vector(
  { ids, weights }: Features,
  index: readonly (number | undefined)[],
): { rows: number[]; values: number[] } {
  const rows: number[] = [];
  const values: number[] = [];
  let norm = 0;
  ids.forEach((id, k) => {
    const at = index[id];
    if (at === undefined) return;
    const weight = weights[k] ?? 0;
    rows.push(at);
    values.push(weight);
    norm += weight * weight;
  });
  const length = norm === 0 ? 1 : Math.sqrt(norm);
  return { rows, values: values.map((value) => value / length) };
}

function learn(
  one: Vector,
  count: number,
  weights: Float64Array,
  grown: Float64Array,
  bias: Float64Array,
  decay: number,
): void {
  const sums = Float64Array.from(bias);
  one.rows.forEach((row, k) => {
    const value = one.values[k] ?? 0;
    for (let c = 0; c < count; c += 1) sums[c] = (sums[c] ?? 0) + value * (weights[row * count + c] ?? 0);
  });
  const errors = softmax(sums);
  errors[one.label] = (errors[one.label] ?? 0) - 1;
  one.rows.forEach((row, k) => {
    const value = one.values[k] ?? 0;
    for (let c = 0; c < count; c += 1) {
      const at = row * count + c;
      const gradient = value * (errors[c] ?? 0) + decay * (weights[at] ?? 0);
      grown[at] = (grown[at] ?? 0) + gradient * gradient;
      weights[at] = (weights[at] ?? 0) - (rate * gradient) / Math.sqrt(grown[at] ?? 1);
    }
  });
  for (let c = 0; c < count; c += 1) bias[c] = (bias[c] ?? 0) - 0.01 * (errors[c] ?? 0);
}

function pack(
  classes: string[],
  names: readonly string[],
  weights: Float64Array,
  bias: Float64Array,
  count: number,
): Model {
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
    classes,
    features: kept.join('\n'),
    scale,
    bias: [...bias].map((value) => Number(value.toFixed(4))),
    weights: Buffer.from(bytes).toString('base64'),
  };
}
