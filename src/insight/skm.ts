import { surveyElements } from '../domain/survey.ts';
import type { SurveyAnswers, SurveyElement } from '../domain/survey.ts';

/** The grade of the service and what the regulation calls it. */
export type SkmBand = 'A' | 'B' | 'C' | 'D';

export type ElementMean = {
  element: SurveyElement;
  /** Answers given; passed over is not counted. */
  count: number;
  /** 1 to 4, rounded to two decimals; null without an answer. */
  mean: number | null;
};

export type Skm = {
  /** Residents who answered at least one element. */
  respondents: number;
  elements: ElementMean[];
} & (
  | {
      kind: 'index';
      /** 25 to 100, rounded to two decimals. */
      index: number;
      band: SkmBand;
      /** Too few to stand for more than themselves. */
      isSmall: boolean;
    }
  /** Elements that nobody has answered: without them the index would be of another survey. */
  | { kind: 'unavailable'; missing: SurveyElement[] }
);

/** Below this many respondents the index is called a small sample. */
const smallSample = 30;

/**
 * The index: the mean of each element over its answers, each weighing exactly a ninth, times 25. Reckoned in whole
 * numbers and rounded (half up) once, so that 76.605 is 76.61 and a perfect survey is 100, not 99.99.
 */
export function skmOf(surveys: readonly SurveyAnswers[]): Skm {
  const tallies = surveyElements.map((element) => {
    const scores = surveys.flatMap((survey) => survey[element] ?? []);
    return { element, count: scores.length, sum: scores.reduce((sum, score) => sum + score, 0) };
  });
  const respondents = surveys.filter((survey) => surveyElements.some((one) => survey[one] !== null)).length;
  const elements = tallies.map(({ element, count, sum }) => ({
    element,
    count,
    mean: count === 0 ? null : hundredthsOf(BigInt(sum), BigInt(count)) / 100,
  }));
  const missing = tallies.filter((tally) => tally.count === 0).map((tally) => tally.element);
  if (missing.length > 0) return { kind: 'unavailable', missing, respondents, elements };
  const below = tallies.reduce((product, tally) => product * BigInt(tally.count), 1n);
  const above = tallies.reduce((sum, tally) => sum + BigInt(tally.sum) * (below / BigInt(tally.count)), 0n);
  const index = hundredthsOf(above * 25n, below * BigInt(tallies.length)) / 100;
  return {
    kind: 'index',
    index,
    band: bandOf(index),
    isSmall: respondents < smallSample,
    respondents,
    elements,
  };
}

/** The band of an index that has been rounded to two decimals: between two bands there is nothing left. */
export function bandOf(index: number): SkmBand {
  if (index >= 88.31) return 'A';
  if (index >= 76.61) return 'B';
  return index >= 65 ? 'C' : 'D';
}

function hundredthsOf(above: bigint, below: bigint): number {
  return Number((above * 200n + below) / (below * 2n));
}
