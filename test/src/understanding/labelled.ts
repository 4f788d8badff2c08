import { readFileSync } from 'node:fs';

/** The lines of a file in `data/` (or of the training data, which danger was tuned on); a line `about` it heads some. */
export function labelled<T>(name: string, folder = './data/'): T[] {
  return readFileSync(new URL(`${folder}${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T & { about?: string })
    .filter((line) => line.about === undefined);
}
