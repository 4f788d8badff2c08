import { FluentBundle, FluentResource } from '@fluent/bundle';
import { formatDay, formatMoment, weekdayName } from './wita.ts';
import type { Language } from './wita.ts';

/** A sentence of the bot that an admin wrote in place of the shipped one. `value` is a Fluent pattern. */
export type SentenceOverride = { readonly language: Language; readonly key: string; readonly value: string };

export type SentenceCheck =
  /** `text`: how it reads with example values. */
  | { kind: 'ok'; value: string; text: string }
  /** `line` is counted from 1; null where the fault is in none of them. */
  | { kind: 'bad'; line: number | null; sentence: string };

/** Sentences that nobody changes on the desk, and why. The database refuses them too. */
export type SentenceLock = 'danger' | 'consent';

export function lockOf(key: string): SentenceLock | null {
  if (/^danger(-|$)/.test(key) || key === 'hotlines-intro') return 'danger';
  return /^consent(-|$)/.test(key) ? 'consent' : null;
}

/** Keys of what is pressed: a button has little room. A test names the ones that are missing here. */
const buttons =
  /^(?:skip|command-.+|category-.+|book-(?:day|day-none-left|slot|move|cancel|keep|join-waiting|other-day|yes|yes-move|change-time|leave|cancel-yes)|concern-(?:new|done|add-to|kelurahan-(?:yes|other)|(?:name|attach|visit|sure)-(?:yes|no)|category-suggested)|data-(?:export|reminders-off|reminders-on|link|erase|back|erase-no|erase-yes|erase-yes-all)|notice-(?:come|change|cancel|rebook|no-thanks|seat-take|seat-pass|settled-yes|settled-no|survey-begin|referral-(?:yes|yes-named|amend|no))|survey-stop)$/;

const buttonLimit = 40;
/** The least of `textLimits`: a longer text leaves WhatsApp as two messages. */
export const sentenceLimit = 1500;

export function isButton(key: string): boolean {
  return buttons.test(key);
}

/** The source of one message, of a pattern as a person writes it. */
export function asEntry(key: string, value: string): string {
  return `${key} =\n${protect(tidy(value))
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n')}\n`;
}

/** What can be said of an override before anybody reads it. `original` is the shipped pattern in that language. */
export function checkSentence(override: SentenceOverride, original: string): SentenceCheck {
  const { key, language } = override;
  const value = tidy(override.value);
  if (value === '') return { kind: 'bad', line: 1, sentence: 'Kalimatnya masih kosong.' };
  const unbalanced = findUnbalanced(value);
  if (unbalanced) return { kind: 'bad', ...unbalanced };
  const pattern = parse(key, value);
  if (pattern === null) return { kind: 'bad', line: unreadableLine(value), sentence: unreadable };
  const used = readPattern(pattern);
  const allowed = variablesOf(original);
  if (used.foreign !== null) return { kind: 'bad', line: lineOf(value, used.foreign), sentence: unreadable };
  const unknown = [...used.variables].find((name) => !allowed.has(name));
  if (unknown !== undefined) {
    const known = [...allowed].map((name) => `{ $${name} }`).join(', ');
    return {
      kind: 'bad',
      line: lineOf(value, `$${unknown}`),
      sentence: `Isian { $${unknown} } tidak dikenal di kalimat ini. ${known === '' ? 'Kalimat ini tidak punya isian.' : `Yang ada: ${known}.`}`,
    };
  }
  const missing = [...allowed].find((name) => !used.variables.has(name));
  if (missing !== undefined) {
    return {
      kind: 'bad',
      line: null,
      sentence: `Isian { $${missing} } hilang. Tanpa itu warga tidak membaca isinya.`,
    };
  }
  const text = sayExample({ key, language, value });
  if (text === null) return { kind: 'bad', line: unreadableLine(value), sentence: unreadable };
  if (text.trim() === '') return { kind: 'bad', line: 1, sentence: 'Kalimatnya masih kosong.' };
  const limit = isButton(key) ? buttonLimit : sentenceLimit;
  if (text.length > limit) {
    const what = isButton(key) ? 'Tulisan tombol' : 'Kalimat';
    return {
      kind: 'bad',
      line: null,
      sentence: `${what} ini terlalu panjang: ${text.length} huruf, paling banyak ${limit}.`,
    };
  }
  if (isButton(key) && text.includes('\n'))
    return { kind: 'bad', line: 2, sentence: 'Tulisan tombol hanya boleh satu baris.' };
  return { kind: 'ok', value, text };
}

const unreadable = 'Yang di antara { dan } tidak terbaca. Salin isiannya persis dari kalimat asli.';

/** The variables that a pattern names. */
export function variablesOf(value: string): ReadonlySet<string> {
  const pattern = parse('x', tidy(value));
  return pattern === null ? new Set() : readPattern(pattern).variables;
}

/** As a resident would read it, with example values; null where it cannot be said. */
export function sayExample({ key, language, value }: SentenceOverride): string | null {
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(asEntry(key, value)));
  const message = bundle.getMessage(key);
  if (!message?.value) return null;
  const errors: Error[] = [];
  const args = Object.fromEntries(
    [...variablesOf(value)].map((name) => [name, exampleOf({ key, language }, name)]),
  );
  const text = bundle.formatPattern(message.value, args, errors);
  return errors.length > 0 ? null : text;
}

function exampleOf(
  { key, language }: Pick<SentenceOverride, 'key' | 'language'>,
  name: string,
): string | number {
  const monday = '2026-11-30';
  if (name === 'place' && !/^book-(booked|moved)$/.test(key)) return 2;
  if (name === 'days' && key === 'book-out-of-reach') return 28;
  if (name === 'code' && key === 'link-code') return '482913';
  if (name === 'code' && /^(concern|notice-(concern|reopened|settled))/.test(key) && key !== 'concern-attach')
    return 'CRH-4T8XNE';
  if (name === 'name' && key.startsWith('concern-kelurahan')) return 'Oesapa';
  switch (name) {
    case 'day':
      return formatDay(monday, language);
    case 'days':
      return `${weekdayName(monday, language)} ${language === 'id' ? 'dan' : 'and'} ${weekdayName('2026-12-02', language)}`;
    case 'when':
    case 'here':
    case 'next':
    case 'until':
      return formatMoment(monday, '09:00', language);
    case 'there':
      return formatMoment('2026-12-02', '10:00', language);
    default:
      // A variable that is new here shows by its name.
      return examples[name] ?? `[${name}]`;
  }
}

const examples: Readonly<Record<string, string | number>> = {
  address: 'Jl. Timor Raya No. 124, Kota Kupang',
  bookings: 1,
  breakFrom: '12.00',
  breakTo: '13.00',
  channel: 'Telegram',
  closes: '16.00',
  code: 'BST-7K2M9Q',
  concerns: 2,
  count: 3,
  counts: '3 pesan tulisan, 1 pesan suara',
  left: 2,
  megabytes: 20,
  minutes: 15,
  name: 'Pendidikan',
  officer: 'Maria',
  opens: '08.00',
  place: 'Ruang Curhat Bestie, Mall Pelayanan Publik Kota Kupang',
  reason: 'listrik padam',
  time: '09.00',
};

function tidy(value: string): string {
  return value
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

type Pattern = FluentResource['body'][number]['value'];

function parse(key: string, value: string): NonNullable<Pattern> | null {
  const { body } = new FluentResource(asEntry(key, value));
  const [only] = body;
  if (!only || body.length !== 1 || Object.keys(only.attributes).length > 0) return null;
  return only.value;
}

/** Walks the lines outside and inside of braces: text in quotes inside braces is text. */
function* walk(value: string): Generator<{ line: number; text: string; depthBefore: number; depth: number }> {
  let depth = 0;
  for (const [at, text] of value.split('\n').entries()) {
    const depthBefore = depth;
    for (let i = 0; i < text.length; i += 1) {
      if (depth > 0 && text[i] === '"') {
        const end = /^"(?:\\.|[^"\\])*"/.exec(text.slice(i))?.[0];
        i += (end?.length ?? 1) - 1;
      } else if (text[i] === '{') depth += 1;
      else if (text[i] === '}') depth -= 1;
      if (depth < 0) break;
    }
    yield { line: at + 1, text, depthBefore, depth };
    if (depth < 0) return;
  }
}

function findUnbalanced(value: string): { line: number; sentence: string } | null {
  let opened = 1;
  let last = 0;
  for (const { line, depthBefore, depth } of walk(value)) {
    if (depth < 0) return { line, sentence: 'Ada kurung tutup } yang tidak punya pembuka.' };
    if (depthBefore === 0 && depth > 0) opened = line;
    last = depth;
  }
  return last > 0 ? { line: opened, sentence: 'Ada kurung buka { yang tidak ditutup.' } : null;
}

/** Lines of plain text that Fluent would take for syntax are said to be text: a list may begin with `*`. */
function protect(value: string): string[] {
  return [...walk(value)].map(({ text, depthBefore }) =>
    depthBefore === 0 ? text.replace(/^(\s*)([.*[])/, '$1{"$2"}') : text,
  );
}

/** The first line, or run of lines that belong together, that does not parse by itself. */
function unreadableLine(value: string): number {
  let begun: { line: number; texts: string[] } | null = null;
  for (const { line, text, depth } of walk(value)) {
    begun ??= { line, texts: [] };
    begun.texts.push(text);
    if (depth > 0) continue;
    const part = begun.texts.join('\n');
    if (part.trim() !== '' && parse('x', part) === null) return begun.line;
    begun = null;
  }
  return begun?.line ?? 1;
}

function lineOf(value: string, part: string): number {
  const at = value.search(new RegExp(`${part.replaceAll(/[$.]/g, String.raw`\$&`)}(?![\\w-])`));
  return at < 0 ? 1 : value.slice(0, at).split('\n').length;
}

/** Its variables, and the first thing that is neither text, a variable nor a choice among texts. */
function readPattern(pattern: NonNullable<Pattern>): { variables: Set<string>; foreign: string | null } {
  const variables = new Set<string>();
  let foreign: string | null = null;
  const visitPattern = (of: NonNullable<Pattern>): void => {
    if (typeof of !== 'string') of.forEach(visit);
  };
  const visit = (element: Exclude<NonNullable<Pattern>, string>[number]): void => {
    if (typeof element === 'string') return;
    switch (element.type) {
      case 'var':
        variables.add(element.name);
        return;
      case 'select':
        visit(element.selector);
        for (const variant of element.variants) visitPattern(variant.value);
        return;
      case 'str':
      case 'num':
        return;
      default:
        // Functions, terms and other sentences: nothing that an admin needs, and each a way to break.
        foreign ??= element.name;
    }
  };
  visitPattern(pattern);
  return { variables, foreign };
}
