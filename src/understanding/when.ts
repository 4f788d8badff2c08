import { normalise, type Normalised } from './normalise.ts';
import { resolve } from './when-resolve.ts';
import { scan } from './when-scan.ts';
import { dropRefused } from './when-refused.ts';

export type DayPart = 'pagi' | 'siang' | 'sore' | 'malam';

/** When the resident would like to come. `ask` set means: date and time are null, put this question first. */
export type When = {
  /** yyyy-mm-dd in WITA; never before today. Whether the room is open then is the caller's business. */
  date: string | null;
  /** HH:MM in WITA. */
  time: string | null;
  part: DayPart | null;
  ask: string | null;
  /** Bounds of a range ("antara jam 9 deng 11", "habis jam 1"); `time` is null then. */
  from?: string | null;
  to?: string | null;
  /** "yang paling cepat": `date` is the next room day, the caller looks for the first free slot from there. */
  earliest?: boolean;
  /** "kapan saja". */
  anyTime?: boolean;
};

/** Null when the text names no time. */
export function understandWhen(text: string, now: Date): When | null {
  return whenIn(normalise(text), now);
}

/** The same, for a caller that has normalised already. */
export function whenIn(normal: Normalised, now: Date): When | null {
  return resolve(dropRefused(scan(normal), normal), now);
}
