import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  readDangerLines,
  readEverydayLines,
  readTopicLines,
  readWhenLines,
  trainModels,
} from '../../../src/understanding/train-models.ts';

const folder = new URL('../../../src/understanding/', import.meta.url);
const stored = new URL('data/models.json', folder);

describe('trainModels', () => {
  // UPDATE_MODELS=1 npx vitest run test/src/understanding/models.test.ts  writes the file anew.
  it('makes the stored weights again, bit for bit, from the lines in the repository', () => {
    const topics = readTopicLines(readFileSync(new URL('training/topic.txt', folder), 'utf8'));
    const dangers = readDangerLines(readFileSync(new URL('training/danger.jsonl', folder), 'utf8'));
    const whens = readWhenLines(readFileSync(new URL('training/when.jsonl', folder), 'utf8'));
    const everyday = readEverydayLines(readFileSync(new URL('training/everyday.txt', folder), 'utf8'));
    const made = JSON.stringify(trainModels(topics, dangers, whens, everyday));
    if (process.env['UPDATE_MODELS'] === '1') writeFileSync(stored, `${made}\n`);
    // Parsed and printed again: the formatter may lay the file out as it likes, the weights it may not touch.
    expect(made === JSON.stringify(JSON.parse(readFileSync(stored, 'utf8')))).toBe(true);
  }, 300_000);
});
