import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import type { Language } from '../../src/domain/wita.ts';
import type { Words } from '../define-flow.ts';

export type WordsOf = (language: Language) => Words;

/**
 * Reads `id.ftl` and `en.ftl` from a folder. An unknown key or a missing argument throws: it is a bug, and the
 * tests read every sentence in both languages.
 */
export function loadWords(folder: string): WordsOf {
  const bundles = { id: loadBundle(folder, 'id'), en: loadBundle(folder, 'en') };
  const words = { id: wordsOf(bundles.id, 'id'), en: wordsOf(bundles.en, 'en') };
  return (language) => words[language];
}

function loadBundle(folder: string, language: Language): FluentBundle {
  // Without isolation marks: they show as boxes in some chat apps and break codes that people copy.
  const bundle = new FluentBundle(language, { useIsolating: false });
  const errors = bundle.addResource(
    new FluentResource(readFileSync(join(folder, `${language}.ftl`), 'utf8')),
  );
  if (errors.length > 0) throw new AggregateError(errors, `flows/words/${language}.ftl does not parse`);
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
