import type { Model } from './columns.ts';
import { dangerConcepts } from './danger-concepts.ts';
import { normalise } from './normalise.ts';
import { train, trainChoice, type Example, type Lesson } from './train.ts';
import { daysOf, hoursOf, instead, insteadOfHour, partsOf, type WhenLine } from './when-examples.ts';

/** A line of `training/topic.txt`, spread. */
export type TopicLine = { text: string; category: string; agency: string; urgency: string };
/** A line of `training/danger.jsonl`; `severity` where somebody judged it. */
export type DangerLine = { text: string; danger: { kind: string; severity?: string } | null };

export type Models = {
  category: Model;
  agency: Model;
  urgency: Model;
  danger: Model;
  severity: Model;
  /** What speaks for a day, and for none of those that are named, or for asking back. */
  day: Model;
  noDay: Model;
  hour: Model;
  noHour: Model;
  part: Model;
  /** How often an agency's lines have each category: what the agency says about the category. */
  categoriesOfAgency: Record<string, Record<string, number>>;
};

export function readTopicLines(text: string): TopicLine[] {
  const lines: TopicLine[] = [];
  for (const line of text.split('\n')) {
    const [category, agency, urgency, ...texts] = line.split('|');
    if (line.startsWith('#') || !category || !agency || !urgency) continue;
    for (const one of texts.join('|').split(' // ')) lines.push({ text: one, category, agency, urgency });
  }
  return lines;
}

export function readDangerLines(text: string): DangerLine[] {
  return (
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as DangerLine)
      // An exported correction says nothing of danger where no officer judged it.
      .filter((line) => 'danger' in line)
  );
}

/** Lines of `training/everyday.txt`: what such a number hears all day, and in which there is no danger. */
export function readEverydayLines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Lines of `training/when.jsonl`. */
export function readWhenLines(text: string): WhenLine[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as WhenLine);
}

const onTopics: Lesson = { decay: 2e-5, epochs: 40 };
/** Stronger than for topics: danger is told in words that no line has, so no single word may decide. */
const onDanger: Lesson = { concepts: dangerConcepts, decay: 5e-4, epochs: 15 };

const onParts: Lesson = { decay: 5e-4, epochs: 12 };
const onDays: Lesson = { decay: 3e-4, epochs: 20 };

/** Days are also named where nobody wishes to come; every so manyth line of danger and of topics teaches what that is like. */
const telling = 3;

/** When it was written does not matter to a line in which no day is wished for. */
const anyDay = '2026-11-24T10:00:00+08:00';

/** Of what residents write nearly all is of this kind, and of the lines little: each counts so often. */
const everydayWeight = 6;

/** Everything in `data/models.json`, from the lines in `training/`; the same lines give the same bytes. */
export function trainModels(
  topics: readonly TopicLine[],
  dangers: readonly DangerLine[],
  whens: readonly WhenLine[],
  everyday: readonly string[],
): Models {
  const by = (label: (line: TopicLine) => string): Model =>
    train(
      topics.map((line) => ({ words: wordsOf(line.text), label: label(line) })),
      onTopics,
    );
  const harmless = topics.filter(isHarmless).map(({ text }) => ({ text, danger: null }));
  const daily = Array.from({ length: everydayWeight }, () => everyday.map((text) => ({ text, danger: null }))).flat(); // prettier-ignore
  const examples = (label: (line: DangerLine) => string | undefined): Example[] =>
    [...harmless, ...dangers, ...daily].flatMap((line) => {
      const is = label(line);
      return is === undefined ? [] : [{ words: wordsOf(line.text), label: is }];
    });
  const categoriesOfAgency: Record<string, Record<string, number>> = {};
  for (const line of topics) {
    const counts = (categoriesOfAgency[line.agency] ??= {});
    counts[line.category] = (counts[line.category] ?? 0) + 1;
  }
  const told = [...dangers.filter(({ danger }) => danger), ...topics]
    .filter((_, at) => at % telling === 0)
    .map(({ text }): WhenLine => ({ text, now: anyDay, when: null }));
  const onWhens = [...whens, ...told];
  const { option: day, other: noDay } = trainChoice(
    onWhens.flatMap((line) => daysOf(line) ?? []),
    instead,
    onDays,
  );
  const { option: hour, other: noHour } = trainChoice(
    onWhens.flatMap((line) => hoursOf(line) ?? []),
    insteadOfHour,
    onDays,
  );
  return {
    category: by((line) => line.category),
    agency: by((line) => line.agency),
    urgency: by((line) => line.urgency),
    danger: train(
      examples(({ danger }) => danger?.kind ?? 'none'),
      onDanger,
    ),
    severity: train(
      examples(({ danger }) => danger?.severity),
      onDanger,
    ),
    day,
    noDay,
    hour,
    noHour,
    part: train(onWhens.flatMap(partsOf), onParts),
    categoriesOfAgency,
  };
}

function wordsOf(text: string): Example['words'] {
  return normalise(text).tokens.map(({ word }) => word);
}

/** Topic lines that are certainly no danger, so that they can teach what harmless talk looks like. */
function isHarmless(line: TopicLine): boolean {
  if (line.category === 'perlindungan_perempuan_anak' || line.urgency === 'darurat') return false;
  return (
    !(
      line.urgency === 'tinggi' && ['bp3mi', 'polresta', 'dinsos', 'bpjs_kes', 'dinkes'].includes(line.agency)
    ) && line.agency !== 'psikologi'
  );
}
