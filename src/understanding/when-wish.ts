import { Reader, type Scored } from './classifier.ts';
import models from './data/models.json' with { type: 'json' };
import type { Normalised, Token } from './normalise.ts';
import { contextOf, mentionsOf, ownerOf } from './when-context.ts';
import type { Facts } from './when-facts.ts';
import { topicReader } from './topic-reader.ts';
import { stancesOf } from './when-stance.ts';

/** A message of fewer words tells no story: there the rules alone say what is wished for. */
const storyLength = 8;

/** The facts that the resident wishes for, without those that only tell or do not suit. */
export function keepWished(facts: Facts, { tokens }: Normalised): Facts {
  const { days, spans, times, parts } = facts;
  if (days.length + spans.length + times.length + parts.length === 0) return facts;
  if (isCancelled(tokens)) return keep(facts, () => false);
  return tokens.length < storyLength ? byRules(facts, tokens) : byReading(facts, tokens);
}

const cancelling = new Set(
  'hapus dihapus coret dicoret cancel batal batalkan dibatalkan membatalkan abaikan lupakan'.split(' '),
);
const changing = new Set(
  'ganti diganti pindah pindahkan dipindah geser digeser ubah diubah jadi tapi mending atau kalau baru undur mundur'.split(
    ' ',
  ),
);

/** "hapus janji beta rabu jam 10": the day is given up, and none is asked for instead. */
function isCancelled(tokens: readonly Token[]): boolean {
  const changes = ({ text }: Token, at: number): boolean =>
    changing.has(text) && tokens[at - 1]?.text !== 'tidak';
  return tokens.some(({ text }) => cancelling.has(text)) && !tokens.some(changes);
}

type Kept = (fact: { at: number }) => boolean;

function keep(facts: Facts, isKept: Kept): Facts {
  return {
    ...facts,
    days: facts.days.filter(isKept),
    spans: facts.spans.filter(isKept),
    times: facts.times.filter(isKept),
    parts: facts.parts.filter(isKept),
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

/** What a correction adds to the odds. */
const surely = 3;
/** From these log odds on, a day or an hour is wished for. */
const likely = 0;
/** A day needs more, and has more where the whole message sounds like one that asks for a visit. */
const likelyDay = 0.5;
const weightOfVisit = 0.5;
/** "senin ka rabu": the other one of two needs less. */
const likelyOther = -1.5;

/**
 * In a story there is one day that is wished for, or none: the likeliest, by what classifiers have learnt of the words
 * around it and of the message. Hours are asked about after the days, for an hour goes with its day.
 */
function byReading(facts: Facts, tokens: readonly Token[]): Facts {
  const stances = stancesOf(facts, tokens);
  const odds = (at: number, owner: 'wished' | 'not' | 'none'): number =>
    oddsOfWish(contextOf(at, tokens, facts, stances, owner));
  // "besok, eh lusa": what stands right behind a correction is meant.
  const corrected = (at: number): number =>
    facts.corrections.some((one) => one < at && at - one <= 2) ? surely : 0;
  const mentions = mentionsOf(facts, tokens)
    .map((ats) => ({ ats, odds: Math.max(...ats.map((at) => odds(at, 'none') + corrected(at))) }))
    .sort((a, b) => b.odds - a.odds);
  const wished = new Set<number>();
  const [best, ...others] = mentions;
  if (best && best.odds + weightOfVisit * oddsOfVisit(tokens) > likelyDay) {
    const either = others.filter((one) => one.odds > likelyOther && isEither(best.ats, one.ats, tokens));
    for (const { ats } of [best, ...either]) for (const at of ats) wished.add(at);
    // "minggu depan beta kosong, rabu sa": the week belongs to the day.
    for (const { at } of facts.spans) if (odds(at, 'none') > likely) wished.add(at);
  }
  const isSameHour = tokens.some(({ text }, at) => text === 'sama' && isHourWord(tokens, at));
  const isWished: Kept = ({ at }) => {
    // "geser ke rabu, jam tetap sama".
    if (isSameHour && wished.size > 0) return true;
    const owner = ownerOf(at, tokens, facts);
    return odds(at, owner === null ? 'none' : wished.has(owner) ? 'wished' : 'not') > likely;
  };
  const hours = new Set([...facts.times, ...facts.parts].filter(isWished).map(({ at }) => at));
  const kept = keep(facts, ({ at }) => wished.has(at) || hours.has(at));
  const request = wished.size > 0 || kept.times.length > 0;
  return { ...kept, past: facts.past && request, now: false, request };
}

let made: Reader<'wish'> | undefined;

/** The log odds that the surroundings of a fact speak of a wish. */
function oddsOfWish(context: readonly { text: string }[]): number {
  made ??= new Reader({ wish: models.wish });
  return oddsOf('wish', made.classesOf('wish'), made.read(context).whole().by('wish'));
}

/** The log odds that a message asks for a visit at all. */
function oddsOfVisit(tokens: readonly Token[]): number {
  return oddsOf('visit', topicReader().classesOf('visit'), topicReader().read(tokens).whole().by('visit'));
}

function oddsOf(name: string, classes: readonly string[], { probabilities }: Scored): number {
  const is = probabilities[classes.indexOf(name)] ?? 0;
  return Math.log(Math.max(is, 1e-9) / Math.max(1 - is, 1e-9));
}

const eitherWords = new Set(['atau', 'ato', 'or', 'ka', 'kah', 'kakak', 'antara']);

function isHourWord(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(Math.max(0, at - 2), at).some(({ text }) => text === 'jam');
}

/** Whether an "atau" stands between two days, and little else. */
function isEither(some: readonly number[], others: readonly number[], tokens: readonly Token[]): boolean {
  const from = Math.min(Math.max(...some), Math.max(...others));
  const to = Math.max(Math.min(...some), Math.min(...others));
  return to - from <= 6 && tokens.slice(from, to + 1).some(({ text }) => eitherWords.has(text));
}
