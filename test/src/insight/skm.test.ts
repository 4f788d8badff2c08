import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noAnswers, surveyElements, whyNoSurvey } from '../../../src/domain/survey.ts';
import type { Score, SurveyAnswers } from '../../../src/domain/survey.ts';
import { bandOf, skmOf } from '../../../src/insight/skm.ts';

const all = (score: Score): SurveyAnswers =>
  Object.fromEntries(surveyElements.map((element) => [element, score])) as SurveyAnswers;

const someScore = fc.constantFrom<Score | null>(1, 2, 3, 4, null);
const someSurvey = fc
  .array(someScore, { minLength: 9, maxLength: 9 })
  .map(
    (scores) =>
      Object.fromEntries(surveyElements.map((element, at) => [element, scores[at]])) as SurveyAnswers,
  );

/** The index of surveys in which every element is answered; fails where there is none. */
const indexOf = (surveys: readonly SurveyAnswers[]): number => {
  const skm = skmOf(surveys);
  if (skm.kind !== 'index') throw new Error('no index');
  return skm.index;
};

describe('the index of satisfaction', () => {
  it('is exactly 100 where all is very good, 25 where nothing is, however many answered', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (count) => {
        const surveys = <T>(one: T): T[] => Array.from({ length: count }, () => one);
        expect(skmOf(surveys(all(4)))).toMatchObject({ kind: 'index', index: 100, band: 'A' });
        expect(skmOf(surveys(all(1)))).toMatchObject({ kind: 'index', index: 25, band: 'D' });
      }),
      { numRuns: 20 },
    );
  });

  it('is between 25 and 100, in no order, and never falls when an answer rises', () => {
    fc.assert(
      fc.property(
        fc.array(someSurvey, { minLength: 1, maxLength: 40 }),
        fc.nat(),
        fc.nat(),
        (some, one, which) => {
          const surveys = [all(2), ...some];
          const index = indexOf(surveys);
          expect(index).toBeGreaterThanOrEqual(25);
          expect(index).toBeLessThanOrEqual(100);
          expect(indexOf(surveys.toReversed())).toBe(index);
          const at = one % surveys.length;
          const element = surveyElements[which % surveyElements.length] ?? 'waktu';
          const better = surveys.map((survey, place) =>
            place === at && survey[element] !== null ? { ...survey, [element]: 4 as const } : survey,
          );
          expect(indexOf(better)).toBeGreaterThanOrEqual(index);
        },
      ),
    );
  });

  it('weighs each element a ninth, whatever number answered it', () => {
    // One resident found all good; ninety-nine more answered the cost alone, and found it free.
    const many = Array.from({ length: 99 }, () => ({ ...noAnswers, biaya: 4 as const }));
    const skm = skmOf([all(3), ...many]);
    // Eight elements at 3, one at 3.99: (24 + 3.99) / 9 × 25 = 77.75.
    expect(skm).toMatchObject({ index: 77.75, band: 'B', respondents: 100, isSmall: false });
    expect(skm.elements.find((one) => one.element === 'biaya')).toEqual({
      element: 'biaya',
      count: 100,
      mean: 3.99,
    });
  });

  it('leaves out what was passed over instead of counting it as nothing', () => {
    const skm = skmOf([all(4), { ...all(4), sarana: null }]);
    expect(skm).toMatchObject({ index: 100, respondents: 2, isSmall: true });
    expect(skm.elements.find((one) => one.element === 'sarana')).toMatchObject({ count: 1, mean: 4 });
  });

  it('has no index while an element has no answer at all, and says which', () => {
    expect(skmOf([])).toMatchObject({ kind: 'unavailable', missing: surveyElements, respondents: 0 });
    expect(skmOf([{ ...all(4), waktu: null, sarana: null }, noAnswers])).toMatchObject({
      kind: 'unavailable',
      missing: ['waktu', 'sarana'],
      respondents: 1,
    });
  });

  it('calls fewer than thirty a small sample', () => {
    const surveys = Array.from({ length: 30 }, () => all(3));
    expect(skmOf(surveys)).toMatchObject({ isSmall: false });
    expect(skmOf(surveys.slice(1))).toMatchObject({ isSmall: true });
  });

  it('rounds half up, once, before it is banded', () => {
    const surveys = (better: number): SurveyAnswers[] =>
      Array.from({ length: 5000 }, (_none, at) => all(at < better ? 4 : 3));
    // 15,321 / 5,000 × 25 is 76.605 exactly, which no binary fraction is.
    expect(skmOf(surveys(321))).toMatchObject({ index: 76.61, band: 'B' });
    expect(skmOf(surveys(320))).toMatchObject({ index: 76.6, band: 'C' });
  });

  it.each([
    [25, 'D'],
    [64.99, 'D'],
    [65, 'C'],
    [76.6, 'C'],
    [76.61, 'B'],
    [88.3, 'B'],
    [88.31, 'A'],
    [100, 'A'],
  ] as const)('puts %d into band %s', (index, band) => {
    expect(bandOf(index)).toBe(band);
  });
});

describe('who is asked', () => {
  const now = new Date('2026-11-30T10:00:00+08:00');
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
  const calm = { lastDangerAt: null, isOfDanger: false, lastInvitedAt: null };

  it('is anybody whom nothing speaks against', () => {
    expect(whyNoSurvey(calm, now)).toBeNull();
    expect(whyNoSurvey({ ...calm, lastDangerAt: daysAgo(30), lastInvitedAt: daysAgo(30) }, now)).toBeNull();
  });

  it('is nobody within thirty days of danger, nor ever about what was of danger', () => {
    expect(whyNoSurvey({ ...calm, lastDangerAt: daysAgo(29.99) }, now)).toBe('danger');
    expect(whyNoSurvey({ ...calm, isOfDanger: true }, now)).toBe('danger');
  });

  it('is nobody twice in thirty days', () => {
    expect(whyNoSurvey({ ...calm, lastInvitedAt: daysAgo(29.99) }, now)).toBe('invited already');
  });
});
