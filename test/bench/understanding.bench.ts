import { matchChoice } from '../../src/understanding/choice.ts';
import { findDanger } from '../../src/understanding/danger.ts';
import { understandIntents } from '../../src/understanding/intent.ts';
import { understandLine } from '../../src/understanding/understand.ts';
import { understandWhen } from '../../src/understanding/when.ts';

type Figure = { name: string; value: number; unit: string };

const words =
  'selamat pagi kaka beta mo cerita sadiki anak saya su dua minggu sonde maso sekolah karena belum bayar uang komite suami su lama sonde kerja katong tinggal di liliba dekat pasar air pdam juga mati su tiga hari jadi saya harus beli tangki setiap minggu kemarin saya pi kelurahan tanya bansos tapi nama saya hilang dari daftar pkh petugas bilang tunggu saja nanti ada musyawarah saya datang senin depan jam stengah sepuluh bisa ko mau bicara langsung dengan petugas sa sonde kuat lai urus ini semua sendiri tolong bantu katong'.split(
    ' ',
  );

/** A hundred different hundred-word messages, so that no cache answers for the work. */
function message(seed: number, length: number): string {
  return Array.from({ length }, (_, at) =>
    at % 7 === seed % 7
      ? `${words[(at * 3 + seed) % words.length]}${seed}`
      : words[(at + seed) % words.length],
  ).join(' ');
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
  const first = timed(message(0, 100));
  for (let i = 0; i < 200; i += 1) timed(message(i, 100));
  const times = Array.from({ length: 1000 }, (_, i) => timed(message(i + 1000, 100))).sort((a, b) => a - b);
  const figures: Figure[] = [
    { name: 'understanding: first message (loads the weights)', value: first, unit: 'ms' },
    { name: 'understanding: 100 words, median', value: at(times, 0.5), unit: 'ms' },
    { name: 'understanding: 100 words, p99', value: at(times, 0.99), unit: 'ms' },
  ];
  for (let i = 0; i < 500; i += 1) timedInDialog(message(i, 8));
  const short = Array.from({ length: 2000 }, (_, i) => timedInDialog(message(i + 1000, 8))).sort((a, b) => a - b); // prettier-ignore
  figures.push(
    { name: 'understanding: 8 words in a dialog, median', value: at(short, 0.5), unit: 'ms' },
    { name: 'understanding: 8 words in a dialog, p99', value: at(short, 0.99), unit: 'ms' },
  );
  for (const length of [1000, 10_000, 100_000]) {
    const text = message(1, length).slice(0, length);
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
