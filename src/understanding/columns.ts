import { ground, units, type Features } from './features.ts';

/** Weights as they are stored: feature names by line, one signed byte a class and feature. */
export type Model = { classes: string[]; features: string; scale: number; bias: number[]; weights: string };

/**
 * The weights of models side by side, one row a feature: a column for each class of each model, and behind them one for
 * each model that tells whether it has the feature. So what a feature says to all models is read in one place.
 *
 * All sums are of whole numbers, in units of a feature's smallest weight (see `features.ts`).
 */
export class Columns<Name extends string> {
  /** Classes of all models. */
  private readonly width: number;
  /** A column for each class, and one more for each model, which sums the squares of the weights. */
  readonly count: number;
  private readonly models: readonly { name: Name; model: Model; from: number; has: number }[];
  private readonly rows: Int8Array;

  /** `size`: how many features there are; `ids`: by model, the numbers of its features. */
  constructor(models: Readonly<Record<Name, Model>>, ids: readonly Int32Array[], size: number) {
    let width = 0;
    const firsts = (Object.keys(models) as Name[]).map((name) => {
      const from = width;
      width += models[name].classes.length;
      return { name, model: models[name], from };
    });
    this.width = width;
    this.count = width + firsts.length;
    this.models = firsts.map((one, at) => ({ ...one, has: width + at }));
    this.rows = new Int8Array(size * this.count);
    this.models.forEach(({ model, from, has }, at) => {
      const bytes = Buffer.from(model.weights, 'base64');
      const classes = model.classes.length;
      ids[at]?.forEach((id, k) => {
        const row = id * this.count;
        this.rows[row + has] = 1;
        for (let c = 0; c < classes; c += 1) this.rows[row + from + c] = bytes.readInt8(k * classes + c);
      });
    });
  }

  classesOf(name: Name): readonly string[] {
    return this.modelOf(name).model.classes;
  }

  /** The column of a class. */
  columnOf(name: Name, classIndex: number): number {
    return this.modelOf(name).from + classIndex;
  }

  /** Adds to `into` what a feature says, which weighs so much. */
  add(feature: number, weight: number, into: Int32Array): void {
    const { rows, width, count } = this;
    const row = feature * count;
    for (let c = 0; c < width; c += 1)
      into[c] = (into[c] as number) + Math.imul(weight, rows[row + c] as number);
    const square = Math.imul(weight, weight);
    for (let c = width; c < count; c += 1)
      into[c] = (into[c] as number) + Math.imul(square, rows[row + c] as number);
  }

  addAll({ ids, weights }: Features, from: number, to: number, into: Int32Array): void {
    for (let k = from; k < to; k += 1) this.add(ids[k] as number, weights[k] as number, into);
  }

  /** What a feature says in one column. */
  at(feature: number, column: number): number {
    return this.rows[feature * this.count + column] as number;
  }

  /** Log odds of the classes of a model, of what was added up. */
  scores(name: Name, totals: Int32Array): number[] {
    const { model, from, has } = this.modelOf(name);
    const length = Math.sqrt((totals[has] as number) / (units * units) + ground);
    return model.bias.map(
      (bias, c) => bias + (model.scale / (units * length)) * (totals[from + c] as number),
    );
  }

  private modelOf(name: Name): { model: Model; from: number; has: number } {
    return this.models.find((one) => one.name === name) as { model: Model; from: number; has: number };
  }
}
