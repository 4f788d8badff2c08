import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flows } from '../../../flows/index.ts';
import { commandNames } from '../../../flows/define-flow.ts';
import { loadWords } from '../../../flows/words/load-words.ts';
import { categories } from '../../../src/domain/category.ts';
import { channelNames } from '../../../src/domain/message.ts';
import { surveyElements } from '../../../src/domain/survey.ts';
import { projectFolder } from '../../../src/ops/project-folder.ts';

const folder = join(projectFolder(), 'flows', 'words');
const read = (language: string) => readFileSync(join(folder, `${language}.ftl`), 'utf8');

/** Every key with its whole text, selectors and continued lines included. */
function messagesOf(language: string): Map<string, string> {
  const messages = new Map<string, string>();
  let key = '';
  for (const line of read(language).split('\n')) {
    const begins = /^([a-z][\w-]*) =/.exec(line);
    if (begins?.[1]) key = begins[1];
    else if (!/^[ }\t]/.test(line) && line !== '') key = '';
    if (key) messages.set(key, `${messages.get(key) ?? ''}${line}\n`);
  }
  return messages;
}

const variablesOf = (text: string) =>
  [...new Set([...text.matchAll(/\$(\w+)/g)].map((match) => match[1] ?? ''))].sort();

const id = messagesOf('id');
const en = messagesOf('en');

/** Every source file that may say something to a resident. */
function sources(): string {
  const files = ['flows', 'src'].flatMap((root) =>
    readdirSync(join(projectFolder(), root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('prisma-client'))
      .map((name) => readFileSync(join(projectFolder(), root, name), 'utf8')),
  );
  return files.join('\n');
}

/** Keys that are put together: `t(`category-${…}`)` and the like. */
const composed: [RegExp, readonly string[]][] = [
  [/^command-/, commandNames],
  [/^channel-/, channelNames],
  [/^category-/, categories.map((category) => category.replaceAll('_', '-'))],
  [/^weekday-/, ['0', '1', '2', '3', '4', '5', '6']],
  [/^survey-(?=\w+$)/, surveyElements],
  [/^survey-scale-/, ['1', '2', '3', '4']],
  [/^survey-cost-/, ['1', '2', '3', '4']],
  [/^count-/, ['texts', 'voices', 'photos', 'files']],
  [/^booking-/, ['held', 'booked', 'arrived', 'finished', 'missed', 'cancelled']],
  [/^concern-status-/, ['new', 'read', 'with_officer', 'referred', 'answered', 'settled', 'reopened']],
  [/^status-handoff-/, ['waiting', 'held']],
  [/^book-(?=booked|moved)/, ['booked', 'moved']],
  [
    /^danger-(?=self-harm$|kekerasan|ancaman|tppo|medis)/,
    ['self-harm', 'kekerasan-kdrt', 'kekerasan-anak', 'ancaman-orang-lain', 'tppo', 'medis-darurat'],
  ],
  [
    /^concern-(?=(category|kelurahan|name|booking)-unclear)/,
    ['category', 'kelurahan', 'name', 'booking'].map((step) => `${step}-unclear`),
  ],
];

describe('the sentences', () => {
  it('are the same keys with the same variables in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...id.keys()].sort());
    for (const [key, text] of id)
      expect([key, variablesOf(en.get(key) ?? '')]).toEqual([key, variablesOf(text)]);
  });

  it('are all used, and all that is used is there', () => {
    const code = sources();
    const isComposed = (key: string) =>
      composed.some(([prefix, rest]) => {
        const found = prefix.exec(key);
        return found !== null && rest.includes(key.slice(found[0].length));
      });
    const unused = [...id.keys()].filter((key) => !isComposed(key) && !code.includes(`'${key}'`));
    expect(unused).toEqual([]);
    for (const [prefix, rest] of composed) {
      const head = prefix.source.replace(/^\^/, '').replace(/\(\?=.*$/, '');
      for (const one of rest) expect([...id.keys()]).toContain(`${head}${one}`);
    }
    const called = [...code.matchAll(/\bt\(\s*'([\w-]+)'/g), ...code.matchAll(/say\(context, '([\w-]+)'/g)];
    expect(called.length).toBeGreaterThan(50);
    for (const match of called) expect([...id.keys()]).toContain(match[1]);
  });

  it('can all be said', () => {
    const words = loadWords(folder);
    for (const language of ['id', 'en'] as const) {
      for (const [key, text] of id) {
        const args = Object.fromEntries(
          variablesOf(text).map((name) => [
            name,
            /count|left|place|bookings|concerns|megabytes/.test(name) ? 1 : 'X',
          ]),
        );
        const said = words(language)(key, args);
        expect(said.trim()).toBe(said);
        expect(said).not.toMatch(/\{|\}|\$|undefined|\u2068/);
      }
      expect(() => words(language)('no-such-sentence')).toThrow(/No sentence/);
      expect(() => words(language)('book-day', { day: 'Senin' })).toThrow();
    }
  });

  it('are short enough for a button where they are one, and never stiff', () => {
    const stiff =
      /dimohon|harap\b|silahkan|saudara\b|bapak\/ibu|mohon maaf atas ketidaknyamanan|demikian|berdasarkan|sehubungan|terkait\b|guna\b|apabila|dikarenakan|melakukan|proses\b|permohonan|pengaduan|yang bersangkutan|input\b|sistem\b|user\b|valid\b/i;
    for (const [key, text] of id)
      expect([key, stiff.exec(text.slice(key.length))?.[0]]).toEqual([key, undefined]);
    const words = loadWords(folder);
    for (const language of ['id', 'en'] as const) {
      for (const key of id.keys()) {
        if (
          !/^(command|category|notice-(come|change|cancel|rebook|no-thanks|seat-take|seat-pass)|book-(yes|leave|move|cancel|keep|change-time)|consent-(yes|no))(-|$)/.test(
            key,
          )
        )
          continue;
        if (variablesOf(id.get(key) ?? '').length === 0 && !/-(answer|thanks|gone|sure|unclear)$/.test(key))
          expect(words(language)(key).length).toBeLessThanOrEqual(36);
      }
    }
  });

  it('of a dialog are asked by flows with names of their own', () => {
    expect(new Set(flows.map((flow) => flow.name)).size).toBe(flows.length);
  });
});
