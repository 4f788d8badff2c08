import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../src/understanding/normalise.ts';
import { alikeFrom, similarity } from '../../../src/understanding/similar.ts';
import { hasWords } from '../../../src/understanding/word-search.ts';
import { labelled } from './labelled.ts';

describe('two stories', () => {
  it.each([
    [
      'Lampu jalan di depan SD Oesapa mati sudah dua minggu, malam gelap sekali, anak-anak takut lewat.',
      'Pak tolong lampu jalan dekat SD Oesapa su mati lama, gelap, beta pung ana takut pulang ngaji malam',
    ],
    [
      'Air PDAM sonde jalan su lima hari di RT 12, katong beli air tangki terus',
      'sudah seminggu air pdam tidak mengalir di RT 12. terpaksa beli air tangki tiap hari',
    ],
    [
      'Sampah menumpuk di pinggir jalan Sukun, baunya sampai ke rumah',
      'Tumpukan sampah di Jl. Sukun tidak diangkut, bau sekali',
    ],
    [
      'Nama mama hilang dari daftar PKH padahal tahun lalu dapat',
      'PKH mama saya tidak keluar lagi, tahun lalu masih dapat',
    ],
  ])('of one thing are alike', (one, other) => {
    expect(similarity(one, other)).toBeGreaterThanOrEqual(alikeFrom);
  });

  it('of one kind but of two things are not', () => {
    const stories = labelled<{ text: string; category: string }>('topic-heldout.jsonl');
    const alike: [string, string][] = [];
    stories.forEach(({ text, category }, at) => {
      for (const other of stories.slice(at + 1))
        if (other.category === category && similarity(text, other.text) >= alikeFrom)
          alike.push([text, other.text]);
    });
    expect(alike).toEqual([]);
  });

  it('are as alike one way as the other, a story is most like itself, and nothing is like nothing', () => {
    const some = fc.array(
      fc.constantFrom('lampu', 'mati', 'jalan', 'kerusakan', 'rusak', 'sonde', 'air', '12', '🙏'),
    );
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [one, other] = [a.join(' '), b.join(' ')];
        const score = similarity(one, other);
        expect(score).toBe(similarity(other, one));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }),
    );
    expect(similarity('lampu jalan mati', 'lampu jalan mati')).toBe(1);
    expect(similarity('', '')).toBe(0);
    expect(similarity('saya mau tanya', 'saya mau tanya')).toBe(0);
  });
});

describe('a search', () => {
  const story = normalise('Sampah sonde diangkut 2 minggu, gmn ini pak?');
  it.each(['sampah', 'SAMPAH', 'samp', 'tidak', 'sonde', 'minggu sampah', 'bagaimana', 'gmn', '2'])(
    'finds %s',
    (words) => {
      expect(hasWords(story, normalise(words))).toBe(true);
    },
  );
  it.each(['', ' ', '…', 'ampah', 'sampah listrik', 'angkutan'])('does not find %j', (words) => {
    expect(hasWords(story, normalise(words))).toBe(false);
  });
});
