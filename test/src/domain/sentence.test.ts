import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWordBook } from '../../../flows/words/load-words.ts';
import { textLimits } from '../../../src/domain/message.ts';
import {
  checkSentence,
  isButton,
  lockOf,
  sayExample,
  sentenceLimit,
  variablesOf,
} from '../../../src/domain/sentence.ts';
import { projectFolder } from '../../../src/ops/project-folder.ts';

const book = openWordBook(join(projectFolder(), 'flows', 'words'));

const check = (value: string, original = 'Jadwal { $code } pukul { $time }.', key = 'some-sentence') =>
  checkSentence({ language: 'id', key, value }, original);

describe('a sentence that an admin writes', () => {
  it('is taken with all variables of the original, in any order, more than once, over several lines', () => {
    expect(check('  Pukul { $time } ya!\r\n\r\n* kode { $code }\n. {$code}  ')).toMatchObject({
      kind: 'ok',
      value: 'Pukul { $time } ya!\n\n* kode { $code }\n. {$code}',
      text: 'Pukul 09.00 ya!\n\n* kode BST-7K2M9Q\n. BST-7K2M9Q',
    });
  });

  it.each([
    ['Jadwal { $code }.', null, /\$time } hilang/],
    ['Jadwal { $code }\npukul { $jam } { $time }', 2, /\$jam } tidak dikenal.*{ \$code }, { \$time }/],
    ['Jadwal { $code }\n\npukul { $time', 3, /tidak ditutup/],
    ['Jadwal } { $code } { $time }', 1, /tidak punya pembuka/],
    ['Jadwal { $code }\npukul { time }', 2, /tidak terbaca/],
    ['Jadwal { $code }\npukul { $time; drop }', 2, /tidak terbaca/],
    ['Jadwal { $code }\n{ DATETIME($time) }', 2, /tidak terbaca/],
    ['{ $code } { -merek } { $time }', 1, /tidak terbaca/],
    ['{ consent } { $code } { $time }', 1, /tidak terbaca/],
    ['{ $code }\n{ $time ->\n  [one] satu\n}', 2, /tidak terbaca/],
    ['   ', 1, /kosong/],
    [`{ $code } { $time } ${'a'.repeat(1500)}`, null, /terlalu panjang/],
  ])('is refused with the line: %j', (value, line, sentence) => {
    const bad = check(value);
    expect(bad).toMatchObject({ kind: 'bad', line });
    expect(bad.kind === 'bad' && bad.sentence).toMatch(sentence);
  });

  it('is refused where only blanks would be said, or a button would not fit', () => {
    expect(check('{ "" }', 'Halo').kind).toBe('bad');
    expect(check('x'.repeat(41), 'Batal', 'book-cancel').kind).toBe('bad');
    expect(check('Batal\nsaja', 'Batal', 'book-cancel')).toMatchObject({ kind: 'bad', line: 2 });
    expect(check('x'.repeat(40), 'Batal', 'book-cancel').kind).toBe('ok');
  });

  it('is as long as the narrowest channel takes in one message', () => {
    expect(sentenceLimit).toBe(Math.min(...Object.values(textLimits)));
  });

  it('may choose among texts by a number, as English does', () => {
    expect(
      check('{ $count ->\n [one] one thing\n *[other] { $count } things\n}', '{ $count }'),
    ).toMatchObject({ kind: 'ok', text: '3 things' });
  });

  it('cannot smuggle in another sentence or an attribute', () => {
    expect(check('{ $code } { $time }\nconsent = Setuju saja')).toMatchObject({
      kind: 'ok',
      text: 'BST-7K2M9Q 09.00\nconsent = Setuju saja',
    });
    expect(check('{ $code } { $time }\n.judul = x')).toMatchObject({ kind: 'ok' });
  });
});

describe('the shipped sentences', () => {
  it.each(['id', 'en'] as const)(
    'pass their own check in %s, and read the same when written again',
    (language) => {
      const again = openWordBook(join(projectFolder(), 'flows', 'words'));
      const sentences = [...book.shipped(language).values()];
      expect(sentences.length).toBeGreaterThan(150);
      for (const { key, value, section } of sentences) {
        expect([key, checkSentence({ language, key, value }, value)]).toMatchObject([key, { kind: 'ok' }]);
        const args = Object.fromEntries([...variablesOf(value)].map((name) => [name, 'X']));
        const before = book.words(language)(key, args);
        again.override([{ language, key, value: `${value}!` }]);
        if (!lockOf(key) && !isButton(key)) expect(again.words(language)(key, args)).toBe(`${before}!`);
        expect(section).not.toBe('');
        expect(sayExample({ language, key, value })).not.toMatch(/[{}]/);
      }
    },
  );

  it('of danger and consent are locked, and no others', () => {
    const locked = [...book.shipped('id').keys()].filter((key) => lockOf(key) !== null);
    expect(locked).toEqual(
      [...book.shipped('id').keys()].filter(
        (key) =>
          key.startsWith('danger-') ||
          key === 'consent' ||
          key.startsWith('consent-') ||
          key === 'hotlines-intro',
      ),
    );
  });

  it('that label something to press are known as buttons', () => {
    const code = ['flows', 'src'].flatMap((root) =>
      readdirSync(join(projectFolder(), root), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.includes('prisma-client'))
        .map((name) => readFileSync(join(projectFolder(), root, name), 'utf8')),
    );
    const labels = code.flatMap((text) =>
      [...text.matchAll(/label: t\(\s*'([\w-]+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(labels.length).toBeGreaterThan(20);
    expect(labels.filter((key) => !isButton(key) && !lockOf(key))).toEqual([]);
  });
});
