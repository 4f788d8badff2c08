import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { agencyIds, understandTopic } from '../../../src/understanding/topic.ts';
import { readTopicLines } from '../../../src/understanding/train-models.ts';
import { labelled } from './labelled.ts';

type Line = { text: string; category: string; agency: string; urgency: string };

describe('understandTopic', () => {
  it.each([
    'topic-heldout.jsonl',
    'topic-second.jsonl',
    'topic-blind-second.jsonl',
    'topic-blind-third.jsonl',
    'topic-seed.jsonl',
  ])('keeps the bars on %s', (name) => {
    const lines = labelled<Line>(name);
    const share = (right: (line: Line, topic: ReturnType<typeof understandTopic>) => boolean): number =>
      lines.filter((line) => right(line, understandTopic(line.text))).length / lines.length;
    expect(share((line, topic) => topic.categories[0]?.id === line.category)).toBeGreaterThanOrEqual(0.85);
    expect(
      share((line, topic) => topic.categories.some(({ id }) => id === line.category)),
    ).toBeGreaterThanOrEqual(0.95);
    expect(share((line, topic) => topic.agencies[0]?.id === line.agency)).toBeGreaterThanOrEqual(0.8);
    expect(share((line, topic) => topic.urgency === line.urgency)).toBeGreaterThanOrEqual(0.8);
  });

  it('can reach every agency', () => {
    const lines = readTopicLines(
      readFileSync(new URL('../../../src/understanding/training/topic.txt', import.meta.url), 'utf8'),
    );
    const reached = new Set(lines.map((line) => understandTopic(line.text).agencies[0]?.id));
    expect(agencyIds.filter((id) => !reached.has(id))).toEqual([]);
  });

  it('shows the words that decided, the place, and three suggestions', () => {
    const topic = understandTopic('Lampu jalan di TDM mati semua, kalau malam gelap sekali');
    expect(topic.agencies[0]).toMatchObject({ id: 'pupr' });
    expect(topic.agencies[0]?.words.join(' ')).toContain('jalan');
    expect(topic.kelurahan?.name).toBe('Tuak Daun Merah');
    expect([topic.categories.length, topic.agencies.length]).toEqual([3, 3]);
  });

  it('is not drowned by a text that says one thing three thousand times, and guesses nothing of none', () => {
    const long = 'beta mo cerita soal jalan rusak. '.repeat(3000);
    expect(understandTopic(long).agencies[0]).toMatchObject({ id: 'pupr' });
    for (const { confidence } of understandTopic(long).agencies) expect(confidence).toBeLessThanOrEqual(1);
    expect(understandTopic(' ')).toMatchObject({ categories: [], agencies: [] });
  });

  it.each([
    ['guru SMK minta uang praktek', 'disdik_prov'],
    ['gaji saya di bawah UMP', 'disnaker_prov'],
    ['perusahaan tidak setor iuran BPJS ketenagakerjaan', 'bpjs_tk'],
    ['suami pukul beta', 'uptd_ppa'],
  ])('sends "%s" to %s', (text, agency) => {
    expect(understandTopic(text).agencies[0]?.id).toBe(agency);
  });
});
