import { featuresOf, type Concepts } from './features.ts';
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

export function score(model: Loaded, all: readonly Token[], concepts?: Concepts): Scored {
  const tokens = all.length > mostTokens ? all.slice(0, mostTokens) : all;
  const count = model.classes.length;
  const sums = new Float64Array(count);
  const known: { row: number; weight: number; token: number }[] = [];
  let norm = 0;
  for (const feature of featuresOf(tokens, concepts)) {
    const at = model.index.get(feature.name);
    if (at === undefined) continue;
    known.push({ row: at * count, weight: feature.weight, token: feature.token });
    norm += feature.weight * feature.weight;
  }
  const length = norm === 0 ? 1 : Math.sqrt(norm);
  for (const { row, weight } of known) {
    for (let c = 0; c < count; c += 1)
      sums[c] = (sums[c] ?? 0) + (weight / length) * (model.weights[row + c] ?? 0) * model.scale;
  }
  for (let c = 0; c < count; c += 1) sums[c] = (sums[c] ?? 0) + (model.bias[c] ?? 0);
  return {
    probabilities: softmax(sums),
    why(classIndex, most) {
      const byToken = new Map<number, number>();
      for (const { row, weight, token } of known)
        byToken.set(token, (byToken.get(token) ?? 0) + weight * (model.weights[row + classIndex] ?? 0));
      return [...byToken]
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
