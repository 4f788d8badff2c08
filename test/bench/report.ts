import { median, medians, percentile, runKeys, shown, table, units } from './figures.ts';
import type { Figure, RunFigures } from './figures.ts';
import type { IdleFigures } from './measure.ts';

/** All runs of one kind, each with the floor's run beside it. */
export type Row = { name: string; runs: RunFigures[]; floors: RunFigures[] };

export function rowTable(rows: readonly Row[]): string {
  const head = [
    '',
    'updates/s',
    'x floor',
    'replies/s',
    'ack p50/p99 ms',
    'reply p50/p99 ms',
    'CPU ms/update',
    'x floor',
    'servers CPU',
    'peak MiB',
    'load CPU',
  ];
  const body = rows.map((row) => {
    const of = medians(row.runs);
    return [
      row.name,
      shown(of.updatesPerSecond),
      shown(ratio(row, 'updatesPerSecond')),
      shown(of.repliesPerSecond),
      `${shown(of.ackP50)} / ${shown(of.ackP99)}`,
      `${shown(of.replyP50)} / ${shown(of.replyP99)}`,
      shown(of.cpuMsPerUpdate),
      shown(ratio(row, 'cpuMsPerUpdate')),
      shown(of.serverCpuMsPerUpdate),
      shown(of.peakMemoryMb),
      shown(of.loadCpuMsPerUpdate),
    ];
  });
  return table([head, ...body]);
}

/** Median of the ratios within each round: what the machine did meanwhile cancels out. */
export function ratio(row: Row, key: keyof RunFigures): number {
  return median(row.floors.map((floor, at) => (row.runs[at]?.[key] ?? NaN) / floor[key]));
}

export function rowFigures(row: Row): Figure[] {
  const of = medians(row.runs);
  return [
    ...runKeys.map((key) => ({ name: `${row.name}: ${key}`, value: of[key], unit: units[key] })),
    ...(['updatesPerSecond', 'cpuMsPerUpdate'] as const).map((key) => ({
      name: `${row.name}: ${key} to the floor's`,
      value: ratio(row, key),
      unit: 'x',
    })),
  ].filter(({ value }) => Number.isFinite(value));
}

type Idle = { name: string; figures: IdleFigures };

const idleRows = ({ name, figures }: Idle) => [
  { name: `${name}: answer when idle`, values: figures.answerMs },
  { name: `${name}: lateness of a job that wakes an idle queue`, values: figures.wakeMs },
];

export function idleTable(all: readonly Idle[], quietMs: number): string {
  const head = [`After ${quietMs / 1000} s of quiet`, 'times', 'p50 ms', 'worst ms'];
  const body = all
    .flatMap(idleRows)
    .map(({ name, values }) => [
      name,
      String(values.length),
      shown(percentile(values, 50)),
      shown(percentile(values, 100)),
    ]);
  return table([head, ...body]);
}

export function idleFigures(idle: Idle): Figure[] {
  return idleRows(idle).flatMap(({ name, values }) => [
    { name: `${name}: p50`, value: percentile(values, 50), unit: 'ms' },
    { name: `${name}: worst`, value: percentile(values, 100), unit: 'ms' },
  ]);
}
