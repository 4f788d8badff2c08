import { Columns, type Model } from './columns.ts';
import { Lexicon, none, weightOf } from './features.ts';
import { nameOf, sides, type Naming } from './when-sign.ts';
import { noted, type Word } from './word.ts';

/** The kind of the feature, and the side. */
const beforeName = /^w (~|(=\d)?[<>]+)/;
/** What is left of a name however much of a sign is its side: of a long word only the beginning counts. */
const beginOf = (name: string): string => name.slice(0, 18);

/**
 * Models of signs (see `when-sign.ts`). All signs that a model knows are among its features, so each has a number, and what a
 * word is on each of its sides is noted on the word: to read a context is to add up numbers.
 */
export class SignReader<Name extends string> implements Naming<number> {
  private readonly lexicon: Lexicon;
  private readonly columns: Columns<Name>;
  private readonly numbersOf: (word: Word) => readonly number[];
  private readonly totals: Int32Array;

  constructor(models: Readonly<Record<Name, Model>>) {
    const features = Object.values<Model>(models).map((model) => model.features.split('\n'));
    const { lexicon, ids } = Lexicon.finished(features);
    this.lexicon = lexicon;
    this.columns = new Columns(models, ids, lexicon.size);
    this.totals = new Int32Array(this.columns.count);
    const strange = sides.map(() => none);
    const known = new Set(
      features
        .flat()
        .filter((feature) => feature.startsWith('w '))
        .map((feature) => beginOf(feature.replace(beforeName, ''))),
    );
    this.numbersOf = noted((text) => {
      const name = nameOf(text);
      return known.has(beginOf(name)) ? sides.map((side) => this.sign(side + name)) : strange;
    });
  }

  /** The number of a sign, -1 when no model knows it. */
  sign(text: string): number {
    return this.lexicon.numberOf(text);
  }

  beside(side: number, word: Word): number {
    return this.numbersOf(word)[side] as number;
  }

  classesOf(name: Name): readonly string[] {
    return this.columns.classesOf(name);
  }

  /** Log odds of the classes of a model for a context. */
  scores(name: Name, signs: readonly number[]): number[] {
    const { lexicon, columns, totals } = this;
    totals.fill(0);
    let previous = lexicon.opening.word;
    for (let k = 0; k < signs.length; k += 1) {
      const here = signs[k] as number;
      const alone = lexicon.alone(here);
      if (alone !== none) columns.add(alone, weightOf.word, totals);
      const beside = lexicon.neighbours(previous, here);
      if (beside !== none) columns.add(beside, weightOf.neighbours, totals);
      previous = here;
    }
    return columns.scores(name, totals);
  }
}
