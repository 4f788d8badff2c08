/** What the JSON file holds one of for every number, other benches included. */
export type Figure = { name: string; value: number; unit: string };

/** One run of the dialog by all residents. */
export type RunFigures = {
  updatesPerSecond: number;
  repliesPerSecond: number;
  ackP50: number;
  ackP99: number;
  replyP50: number;
  replyP99: number;
  cpuMsPerUpdate: number;
  serverCpuMsPerUpdate: number;
  peakMemoryMb: number;
  loadCpuMsPerUpdate: number;
};

export const units: Record<keyof RunFigures, string> = {
  updatesPerSecond: '1/s',
  repliesPerSecond: '1/s',
  ackP50: 'ms',
  ackP99: 'ms',
  replyP50: 'ms',
  replyP99: 'ms',
  cpuMsPerUpdate: 'ms',
  serverCpuMsPerUpdate: 'ms',
  peakMemoryMb: 'MiB',
  loadCpuMsPerUpdate: 'ms',
};

export const runKeys = Object.keys(units) as (keyof RunFigures)[];

/** Nearest rank; NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

export function medians(runs: readonly RunFigures[]): RunFigures {
  return Object.fromEntries(runKeys.map((key) => [key, median(runs.map((run) => run[key]))])) as RunFigures;
}

/** Lines of a table with aligned columns; the first column is text, the others numbers. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Three digits are all that a measurement on a shared machine is good for. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
