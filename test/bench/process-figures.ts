import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts a process's time in hundredths of a second, whatever the kernel ticks at. */
const msPerTick = 10;

type Stat = { parent: number; ms: number; childrenMs: number };

function statOf(pid: number | string): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in brackets may hold anything, spaces and brackets included.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const at = (index: number): number => Number(fields[index]);
    return {
      parent: at(1),
      ms: (at(11) + at(12)) * msPerTick,
      childrenMs: (at(13) + at(14)) * msPerTick,
    };
  } catch {
    return null;
  }
}

/** CPU time of a process with all its threads, ms; NaN where there is no /proc. */
export function cpuMsOf(pid: number): number {
  return statOf(pid)?.ms ?? NaN;
}

/** The same of a process and its children, those that have ended included. */
export function cpuMsOfFamily(pid: number): number {
  const own = statOf(pid);
  if (!own) return NaN;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((stat) => stat?.parent === pid);
  return own.ms + own.childrenMs + children.reduce((sum, stat) => sum + (stat?.ms ?? 0), 0);
}

/** The most memory that a process has held so far, MiB. */
export function peakMemoryMbOf(pid: number): number {
  try {
    const match = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return Number(match?.[1]) / 1024;
  } catch {
    return NaN;
  }
}
