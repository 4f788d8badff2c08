import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { asEntry, checkSentence, lockOf } from '../../src/domain/sentence.ts';
import type { SentenceOverride } from '../../src/domain/sentence.ts';
import type { Language } from '../../src/domain/wita.ts';
import type { Words } from '../define-flow.ts';

export type WordsOf = (language: Language) => Words;

/** A sentence as it was shipped. `section` is the heading that it stands under in the file. */
export type ShippedSentence = { readonly key: string; readonly section: string; readonly value: string };

export type WordBook = {
  readonly words: WordsOf;
  /** In the order of the file. */
  shipped(language: Language): ReadonlyMap<string, ShippedSentence>;
  /**
   * Says these from now on in place of the shipped ones, and all others as shipped. Those that do not fit their
   * original (any more: an update may have given it another variable) are left out and come back.
   */
  override(sentences: readonly SentenceOverride[]): readonly SentenceOverride[];
};

/**
 * Reads `id.ftl` and `en.ftl` from a folder. An unknown key or a missing argument throws: it is a bug, and the
 * tests read every sentence in both languages.
 */
export function openWordBook(folder: string): WordBook {
  const sources = byLanguage((language) => readFileSync(join(folder, `${language}.ftl`), 'utf8'));
  const shipped = byLanguage((language) => readSentences(sources[language]));
  const speak = (sentences: readonly SentenceOverride[]) =>
    byLanguage((language) =>
      wordsOf(
        loadBundle(
          sources[language],
          language,
          sentences.filter((sentence) => sentence.language === language),
        ),
        language,
      ),
    );
  let words = speak([]);
  let said = '[]';
  return {
    words: (language) => words[language],
    shipped: (language) => shipped[language],
    override: (sentences) => {
      const unfit = sentences.filter((sentence) => {
        const original = shipped[sentence.language].get(sentence.key);
        return !original || lockOf(sentence.key) || checkSentence(sentence, original.value).kind === 'bad';
      });
      const fit = sentences.filter((sentence) => !unfit.includes(sentence));
      const next = JSON.stringify(fit);
      if (next !== said) words = speak(fit);
      said = next;
      return unfit;
    },
  };
}

/** The sentences as shipped. */
export function loadWords(folder: string): WordsOf {
  return openWordBook(folder).words;
}

function byLanguage<T>(make: (language: Language) => T): Record<Language, T> {
  return { id: make('id'), en: make('en') };
}

function loadBundle(
  source: string,
  language: Language,
  overrides: readonly SentenceOverride[],
): FluentBundle {
  // Without isolation marks: they show as boxes in some chat apps and break codes that people copy.
  const bundle = new FluentBundle(language, { useIsolating: false });
  const errors = bundle.addResource(new FluentResource(source));
  if (errors.length > 0) throw new AggregateError(errors, `flows/words/${language}.ftl does not parse`);
  for (const { key, value } of overrides)
    bundle.addResource(new FluentResource(asEntry(key, value)), { allowOverrides: true });
  return bundle;
}

function wordsOf(bundle: FluentBundle, language: Language): Words {
  return (key, args) => {
    const message = bundle.getMessage(key);
    if (!message?.value) throw new Error(`No sentence "${key}" in ${language}.ftl`);
    const errors: Error[] = [];
    const text = bundle.formatPattern(message.value, args ?? {}, errors);
    if (errors[0]) throw new Error(`Sentence "${key}" in ${language}.ftl`, { cause: errors[0] });
    return text;
  };
}

/** The patterns as they are written, without the indentation of the file. */
function readSentences(source: string): ReadonlyMap<string, ShippedSentence> {
  const sentences = new Map<string, ShippedSentence>();
  let section = '';
  let open: { key: string; lines: string[] } | null = null;
  const close = (): void => {
    if (open) sentences.set(open.key, { key: open.key, section, value: dedent(open.lines) });
    open = null;
  };
  for (const line of source.split('\n')) {
    const [, key, first = ''] = /^([a-z][\w-]*) *= *(.*)$/.exec(line) ?? [];
    if (key !== undefined) {
      close();
      open = { key, lines: [first] };
    } else if (line.startsWith('#')) {
      close();
      section = /^## *(.+)$/.exec(line)?.[1] ?? section;
    } else open?.lines.push(line);
  }
  close();
  return sentences;
}

function dedent([first = '', ...rest]: readonly string[]): string {
  const indents = rest.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const common = Math.min(...indents, 4);
  return [first, ...rest.map((line) => line.slice(common))].join('\n').trim();
}
