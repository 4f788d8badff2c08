import { dangerIn, type DangerKind, type DangerSeverity } from './danger.ts';
import { normalise } from './normalise.ts';
import { topicOf, type Urgency } from './topic.ts';
import { whenIn, type DayPart, type When } from './when.ts';

export type UnderstandLine = { id: string; text: string; now: string };

export type Understood = {
  id: string;
  when: { date: string | null; time: string | null; part: DayPart | null; ask: string | null } | null;
  category: string | null;
  agency: string | null;
  urgency: Urgency;
  danger: { kind: DangerKind; severity: DangerSeverity } | null;
};

/** One line of `bestie understand`. */
export function understandLine(line: UnderstandLine): Understood {
  const normal = normalise(line.text);
  const when = whenIn(normal, new Date(line.now));
  const danger = dangerIn(normal);
  const topic = topicOf(normal, danger);
  return {
    id: line.id,
    when: when && { date: when.date, time: beginOf(when), part: when.part, ask: when.ask },
    category: topic.categories[0]?.id ?? null,
    agency: topic.agencies[0]?.id ?? null,
    urgency: topic.urgency,
    danger: danger && { kind: danger.kind, severity: danger.severity },
  };
}

/** A line has one hour: of a range, also of an open one ("habis jam 1"), it is where the range begins. */
function beginOf({ time, from }: When): string | null {
  return time ?? from ?? null;
}

export type ReadLine<T> = { kind: 'line'; line: T } | { kind: 'bad'; why: string };

/** A line of the input of `bestie understand`, or what is wrong with it; the line itself is never repeated. */
export function readLine(json: string): ReadLine<UnderstandLine> {
  const read = readObject(json);
  if (read.kind === 'bad') return read;
  const { id, text, now } = read.line;
  if (typeof id !== 'string' && typeof id !== 'number') return bad('"id" is neither a text nor a number');
  if (typeof text !== 'string') return bad('"text" is not a text');
  if (typeof now !== 'string' || Number.isNaN(Date.parse(now)))
    return bad('"now" is not a time like 2026-11-24T10:00:00+08:00');
  return { kind: 'line', line: { id: String(id), text, now } };
}

/** A line of a labelled file for `--report`. */
export function readObject(json: string): ReadLine<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { kind: 'line', line: value as Record<string, unknown> }
      : bad('not a JSON object');
  } catch {
    return bad('not JSON');
  }
}

function bad(why: string): { kind: 'bad'; why: string } {
  return { kind: 'bad', why };
}
