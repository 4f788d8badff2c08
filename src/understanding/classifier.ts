import { featuresOf, Lexicon, type Concepts, type Features } from './features.ts';
import type { Token } from './normalise.ts';

/** Weights as they are stored: feature names by line, one signed byte a class and feature. */
export type Model = { classes: string[]; features: string; scale: number; bias: number[]; weights: string };

export type Loaded = {
  classes: readonly string[];
  scale: number;
  bias: readonly number[];
  /** One row a feature, in the order of the model's own features. */
  weights: Int8Array;
  /** Where the row of a feature of the lexicon begins; -1 when the model has none for it. */
  rowOf: Int32Array;
};

export type Scored = {
  /** Probability of each class, in the order of `classes`. */
  probabilities: number[];
  /** The tokens that spoke most for a class, most telling first, by index. */
  why(classIndex: number, most: number): number[];
};

/** Models that read the same text share a lexicon: the text is turned into numbers once. */
export function load(models: readonly Model[], concepts?: Concepts): { lexicon: Lexicon; loaded: Loaded[] } {
  const features = models.map((model) => model.features.split('\n'));
  const lexicon = Lexicon.finished(new Set(features.flat()), concepts);
  const numberOf = new Map(lexicon.names.map((name, id) => [name, id]));
  const loaded = models.map(({ classes, scale, bias, weights }, at): Loaded => {
    const bytes = Buffer.from(weights, 'base64');
    const rowOf = new Int32Array(lexicon.names.length).fill(-1);
    features[at]?.forEach((name, row) => {
      rowOf[numberOf.get(name) ?? 0] = row * classes.length;
    });
    const packed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { classes, scale, bias, weights: packed, rowOf };
  });
  return { lexicon, loaded };
}

/** More words than this add nothing to a topic; the bound keeps memory flat on a hostile text. */
const mostTokens = 600;

/** The features of a text, for as many models as want to look at them. */
export function featuresIn(tokens: readonly Token[], lexicon: Lexicon): Features {
  return featuresOf(tokens.length > mostTokens ? tokens.slice(0, mostTokens) : tokens, lexicon);
}

export function score({ rowOf, weights, scale, bias, classes }: Loaded, features: Features): Scored {
  const { ids, weights: values, tokens } = features;
  const count = classes.length;
  let norm = 0;
  for (let k = 0; k < ids.length; k += 1) {
    const value = values[k] as number;
    if ((rowOf[ids[k] as number] as number) >= 0) norm += value * value;
  }
  const unit = scale / (norm === 0 ? 1 : Math.sqrt(norm));
  const sums = Float64Array.from(bias);
  for (let k = 0; k < ids.length; k += 1) {
    const row = rowOf[ids[k] as number] as number;
    if (row < 0) continue;
    const value = (values[k] as number) * unit;
    for (let c = 0; c < count; c += 1) sums[c] = (sums[c] as number) + value * (weights[row + c] as number);
  }
  return {
    probabilities: softmax(sums),
    why(classIndex, most) {
      const last = tokens.at(-1);
      if (last === undefined) return [];
      const told = new Float64Array(last + 1);
      for (let k = 0; k < ids.length; k += 1) {
        const row = rowOf[ids[k] as number] as number;
        if (row < 0) continue;
        const token = tokens[k] as number;
        const spoke = (values[k] as number) * (weights[row + classIndex] as number);
        told[token] = (told[token] as number) + spoke;
      }
      return mostTelling(told, most);
    },
  };
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
