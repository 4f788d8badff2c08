import { readdirSync, readFileSync } from 'node:fs';
import { matchChoice } from '../../src/understanding/choice.ts';
import { findDanger } from '../../src/understanding/danger.ts';
import { understandIntents } from '../../src/understanding/intent.ts';
import { understandLine } from '../../src/understanding/understand.ts';
import { understandWhen } from '../../src/understanding/when.ts';

type Figure = { name: string; value: number; unit: string };

/** What is measured, and what was learnt from: with that a process is warmed that has run for a while. */
const [measured, learnt] = ['test/src/understanding/data', 'src/understanding/training'];

/** Every text of the labelled lines in a folder, in an order that is the same each time. */
function texts(folder: string): string[] {
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => readFileSync(`${folder}/${name}`, 'utf8').split('\n'))
    .filter((line) => line !== '')
    .flatMap((line) => (JSON.parse(line) as { text?: string }).text ?? []);
  let seed = 20_261_126;
  for (let i = all.length - 1; i > 0; i -= 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const j = seed % (i + 1);
    [all[i], all[j]] = [all[j] ?? '', all[i] ?? ''];
  }
  return all;
}

/** Messages of a hundred words, each of other texts, so that no cache answers for the work. */
function hundreds(all: readonly string[]): string[] {
  const words = all.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(' ').split(/\s+/); // prettier-ignore
  return Array.from({ length: Math.floor(words.length / 100) }, (_, k) =>
    words.slice(k * 100, (k + 1) * 100).join(' '),
  );
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function timed(text: string): number {
  const start = performance.now();
  understandLine({ id: '1', text, now: '2026-11-24T10:00:00+08:00' });
  understandIntents(text);
  return performance.now() - start;
}

const choices = ['Senin, 30 November (sisa 28)', 'Rabu, 2 Desember (sisa 27)', 'Senin, 7 Desember (sisa 28)', 'Hari lain'].map((label) => ({ id: label, label })); // prettier-ignore

/** What the conversation asks of a short message in the middle of a flow that none of its choices is. */
function timedInDialog(text: string): number {
  const start = performance.now();
  findDanger(text);
  matchChoice(text, choices);
  understandWhen(text, new Date('2026-11-24T10:00:00+08:00'));
  understandIntents(text);
  return performance.now() - start;
}

export async function benchUnderstanding(): Promise<Figure[]> {
  const all = texts(measured);
  const [opening = '', ...messages] = hundreds(all);
  const first = timed(opening);
  const fresh = messages
    .slice(0, 100)
    .map(timed)
    .sort((a, b) => a - b);
  for (const text of hundreds(texts(learnt)).slice(0, 2000)) timed(text);
  const times = messages
    .slice(100)
    .map(timed)
    .sort((a, b) => a - b);
  const figures: Figure[] = [
    { name: 'understanding: first message (loads the weights)', value: first, unit: 'ms' },
    { name: 'understanding: 100 words, the first 100 messages, median', value: at(fresh, 0.5), unit: 'ms' },
    {
      name: `understanding: 100 words, ${times.length} messages later, median`,
      value: at(times, 0.5),
      unit: 'ms',
    },
    { name: 'understanding: 100 words, p99', value: at(times, 0.99), unit: 'ms' },
  ];
  const shorts = all.filter((text) => text.split(' ').length <= 10);
  const short = shorts.map(timedInDialog).sort((a, b) => a - b);
  figures.push(
    { name: 'understanding: up to 10 words in a dialog, median', value: at(short, 0.5), unit: 'ms' },
    { name: 'understanding: up to 10 words in a dialog, p99', value: at(short, 0.99), unit: 'ms' },
  );
  const together = all.join('. ');
  for (const length of [1000, 10_000, 100_000]) {
    const text = together.slice(0, length);
    const runs = Array.from({ length: 5 }, () => timed(text)).sort((a, b) => a - b);
    figures.push({ name: `understanding: ${length} characters`, value: at(runs, 0.5), unit: 'ms' });
  }
  for (const [name, unit] of [
    ['one letter', 'a'],
    ['digits', '1'],
    ['dashes', '-'],
    ['spelled out', 'b u n u h '],
    ['danger words', 'mau mati '],
    ['times', 'jam 9 '],
    ['marks', 'e\u0301'],
  ] as const) {
    const text = unit.repeat(Math.ceil(100_000 / unit.length)).slice(0, 100_000);
    figures.push({
      name: `understanding: hostile, ${name}, 100000 characters`,
      value: timed(text),
      unit: 'ms',
    });
  }
  return figures;
}
