import { featuresOf, type Concepts, type Feature } from './features.ts';
import type { Token } from './normalise.ts';

/** Weights as they are stored: feature names by line, one signed byte a class and feature. */
export type Model = { classes: string[]; features: string; scale: number; bias: number[]; weights: string };

export type Loaded = {
  classes: readonly string[];
  index: ReadonlyMap<string, number>;
  scale: number;
  bias: readonly number[];
  weights: Int8Array;
};

export type Scored = {
  /** Probability of each class, in the order of `classes`. */
  probabilities: number[];
  /** The tokens that spoke most for a class, most telling first, by index. */
  why(classIndex: number, most: number): number[];
};

export function load(model: Model): Loaded {
  const bytes = Buffer.from(model.weights, 'base64');
  return {
    classes: model.classes,
    index: new Map(model.features.split('\n').map((name, at) => [name, at])),
    scale: model.scale,
    bias: model.bias,
    weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  };
}

/** More words than this add nothing to a topic; the bound keeps memory flat on a hostile text. */
const mostTokens = 600;

/** The features of a text, for as many models as want to look at them. */
export function featuresIn(tokens: readonly Token[], concepts?: Concepts): Feature[] {
  return featuresOf(tokens.length > mostTokens ? tokens.slice(0, mostTokens) : tokens, concepts);
}

export function score(model: Loaded, features: readonly Feature[]): Scored {
  const { index, weights, scale, bias } = model;
  const count = model.classes.length;
  const rows: number[] = [];
  const values: number[] = [];
  const tokens: number[] = [];
  let norm = 0;
  for (const { name, weight, token } of features) {
    const at = index.get(name);
    if (at === undefined) continue;
    rows.push(at * count);
    values.push(weight);
    tokens.push(token);
    norm += weight * weight;
  }
  const unit = scale / (norm === 0 ? 1 : Math.sqrt(norm));
  const sums = Float64Array.from(bias);
  for (let k = 0; k < rows.length; k += 1) {
    const row = rows[k] as number;
    const value = (values[k] as number) * unit;
    for (let c = 0; c < count; c += 1) sums[c] = (sums[c] as number) + value * (weights[row + c] as number);
  }
  return {
    probabilities: softmax(sums),
    why(classIndex, most) {
      const told = new Map<number, number>();
      for (let k = 0; k < rows.length; k += 1) {
        const token = tokens[k] as number;
        told.set(
          token,
          (told.get(token) ?? 0) +
            (values[k] as number) * (weights[(rows[k] as number) + classIndex] as number),
        );
      }
      return [...told]
        .filter(([, value]) => value > 0)
        .sort((a, b) => b[1] - a[1] || a[0] - b[0])
        .slice(0, most)
        .map(([token]) => token);
    },
  };
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
