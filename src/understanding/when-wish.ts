import { dayOf } from './calendar-day.ts';
import { softmax } from './classifier.ts';
import models from './data/models.json' with { type: 'json' };
import type { Normalised, Token } from './normalise.ts';
import { SignReader } from './when-sign-reader.ts';
import { topicReader } from './topic-reader.ts';
import { contextOfDay, contextOfHour, isCorrection, isEitherDay, type Scanned } from './when-context.ts';
import type { Facts } from './when-facts.ts';
import { comesToSame, hoursIn, optionsOf, type Option } from './when-options.ts';
import { stancesOf } from './when-stance.ts';

/** A message of fewer words tells no story: there the rules alone say what is wished for. */
const storyLength = 5;

/** The facts that the resident wishes for, without those that only tell or do not suit. */
export function keepWished(facts: Facts, { tokens }: Normalised, now: Date): Facts {
  const { days, spans, times, parts, now: nows } = facts;
  const named = days.length + spans.length + times.length + parts.length;
  // "skarang juga, beta su di depan".
  if (named === 0 && (nows.length === 0 || tokens.length < 8)) return facts;
  if (isCancelled(facts, tokens)) return { ...keep(facts, () => false), past: false, now: [] };
  return tokens.length < storyLength ? byRules(facts, tokens) : byReading(facts, tokens, now);
}

const cancelling = new Set(
  'hapus dihapus coret dicoret cancel batal batalkan dibatalkan membatalkan abaikan lupakan'.split(' '),
);
/** What names another day, before a cancelling or behind it. */
const changing = new Set(
  'ganti diganti pindah pindahkan dipindah geser digeser ubah diubah mending baru undur mundur betul benar bener pakai'.split(
    ' ',
  ),
);
/** What names another day only behind a cancelling: "hapus yang senin, beta mau rabu". */
const wanting = new Set('mau minta maunya bisa boleh pilih ambil pesan jadi tapi atau kalau'.split(' '));

/** "hapus janji beta rabu jam 10", "sonde jadi besok": the day is given up, and none is asked for instead. */
function isCancelled(facts: Facts, tokens: readonly Token[]): boolean {
  const { days, spans } = facts;
  const named = [...days, ...spans].map(({ at }) => at);
  const isOff = ({ text }: Token, at: number): boolean => text === 'tidak' && tokens[at + 1]?.text === 'jadi';
  const from = tokens.findIndex(({ text }) => cancelling.has(text));
  const asks = ({ text }: Token): boolean => (wanting.has(text) && text !== 'jadi') || changing.has(text);
  if (from < 0)
    return tokens.some(isOff) && named.length < 2 && facts.times.length === 0 && !tokens.some(asks);
  const changes = ({ text }: Token, at: number): boolean =>
    (changing.has(text) || (at > from && wanting.has(text))) &&
    tokens[at - 1]?.text !== 'tidak' &&
    (named.some((day) => day > at) || facts.earliest || facts.anyTime);
  return !tokens.some(changes);
}

type Kept = (fact: { at: number }) => boolean;

function keep(facts: Facts, isKept: Kept): Facts {
  return {
    ...facts,
    days: facts.days.filter(isKept),
    spans: facts.spans.filter(isKept),
    times: facts.times.filter(isKept),
    parts: facts.parts.filter(isKept),
    now: facts.now.filter((at) => isKept({ at })),
  };
}

function byRules(facts: Facts, tokens: readonly Token[]): Facts {
  const stances = stancesOf(facts, tokens);
  const kept = keep(facts, ({ at }) => !['unsuited', 'told'].includes(stances.get(at) ?? 'open'));
  const isRefused =
    facts.days.some(({ at }) => stances.get(at) === 'unsuited') && !facts.earliest && !facts.anyTime;
  // Only days that do not suit: which one does is a question.
  return isRefused && kept.days.length + kept.spans.length === 0
    ? { ...kept, spans: [{ kind: 'vague', at: 0 }] }
    : kept;
}

/** What a correction adds to the odds: "besok, eh lusa". */
const surely = 2;
/** A day that is less likely than this is asked about. */
const convincing = 0.55;
/** Two hours between which there is an "atau" are both meant, when the other is at least so likely. */
const likely = 0.15;
/** Of days that are asked about, one that is so much less likely than the best is left out (log odds). */
const unlikely = 2;

/**
 * In a story there is one day that is wished for, or none, or the writer is undecided: whichever is likeliest, by what has
 * been learnt of the words around each day and of the message. An hour is judged after the days, for it goes with its day.
 */
function byReading(facts: Facts, tokens: readonly Token[], now: Date): Facts {
  const scanned: Scanned = { tokens, facts, stances: stancesOf(facts, tokens) };
  const { days, isDecided } = choose(scanned, now);
  const wished = new Set(days.flatMap(({ ats }) => ats));
  const hours = new Set(chooseHours(scanned, wished));
  for (const { at } of facts.parts) if (isWishedPart(at, scanned, wished)) hours.add(at);
  const kept = keep(facts, ({ at }) => wished.has(at) || hours.has(at));
  const request = wished.size > 0 || kept.times.length > 0 || !isDecided;
  return { ...kept, past: facts.past && request, request, undecided: !isDecided };
}

/** The days that are wished for: one, none, or those among which the resident has to be asked. */
function choose(scanned: Scanned, now: Date): { days: readonly Option[]; isDecided: boolean } {
  const { tokens, facts } = scanned;
  const options = optionsOf(facts, tokens, now);
  if (options.length === 0) return { days: [], isDecided: true };
  const today = dayOf(now);
  const scores = options.map(
    (option) =>
      scoreOf('day', contextOfDay(reader(), option, scanned, today)) +
      (isCorrection(option.ats, facts, tokens) ? surely : 0),
  );
  const [none = 0, undecided = 0] = topicReader().read(tokens).whole().by('noDay').scores;
  const odds = softmax([...scores, none, undecided]);
  // What is said twice ("besok ... rabu") counts together.
  const together = odds.map((_, at) => sumOf(odds.filter((__, other) => other === at || isSameDay(options[at], options[other])))); // prettier-ignore
  const best = together.indexOf(Math.max(...together));
  if (best === options.length) return { days: [], isDecided: true };
  const likeliest = Math.max(...scores);
  const isDecided = best < options.length && (together[best] ?? 0) >= convincing;
  const isOffered = ({ ats }: Option, at: number): boolean =>
    likeliest - (scores[at] ?? 0) < unlikely || ats.some((one) => isEitherDay(one, facts));
  const days = options.filter((option, at) => (isDecided ? at === best : isOffered(option, at)));
  return { days, isDecided };
}

function isSameDay(one: Option | undefined, other: Option | undefined): boolean {
  return comesToSame(one?.resolved ?? null, other?.resolved ?? null);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Where the hour stands that is wished for, if any; two where it has to be asked which. */
function chooseHours(scanned: Scanned, wished: ReadonlySet<number>): readonly number[] {
  const { tokens, facts } = scanned;
  // "geser ke rabu, jam tetap sama", "jamnya tetap".
  const isKept = tokens.some(
    ({ text }, at) => (text === 'sama' || text === 'tetap') && isHourWord(tokens, at),
  );
  if (isKept && wished.size > 0) return facts.times.map(({ at }) => at);
  const options = hoursIn(facts);
  if (options.length === 0) return [];
  const scores = options.map(
    (ats) =>
      scoreOf('hour', contextOfHour(reader(), ats, scanned, wished)) +
      (isCorrection(ats, facts, tokens) ? surely : 0),
  );
  const [none = 0] = topicReader().read(tokens).whole().by('noHour').scores;
  const odds = softmax([...scores, none]);
  const best = odds.indexOf(Math.max(...odds));
  const chosen = options[best];
  if (!chosen) return [];
  const either = options.filter(
    (ats, at) => at !== best && likely < (odds[at] ?? 0) && isEither(chosen, ats, facts),
  );
  return [chosen, ...either].flat();
}

/** "jam 9 atau jam 10": an "atau" between two hours, and no more than four words. */
function isEither(some: readonly number[], others: readonly number[], { alternatives }: Facts): boolean {
  const from = Math.min(...some, ...others);
  const to = Math.max(...some, ...others);
  return to - from <= 6 && alternatives.some((at) => at > from && at < to);
}

let made: SignReader<'day' | 'hour' | 'part'> | undefined;

function reader(): SignReader<'day' | 'hour' | 'part'> {
  const { day, hour, part } = models;
  return (made ??= new SignReader({ day, hour, part }));
}

function scoreOf(what: 'day' | 'hour', context: readonly number[]): number {
  return reader().scores(what, context)[0] ?? 0;
}

function isWishedPart(at: number, scanned: Scanned, wished: ReadonlySet<number>): boolean {
  const odds = softmax(reader().scores('part', contextOfHour(reader(), [at], scanned, wished)));
  return (odds[reader().classesOf('part').indexOf('wish')] ?? 0) > 0.5;
}

function isHourWord(tokens: readonly Token[], at: number): boolean {
  return tokens
    .slice(Math.max(0, at - 2), at)
    .some(({ text }) => text === 'jam' || text === 'jamnya' || text === 'waktunya');
}
