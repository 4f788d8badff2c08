import { normalise } from './normalise.ts';

export type DayPart = 'pagi' | 'siang' | 'sore' | 'malam';

/** When the resident would like to come. `ask` set means: date and time are null, put this question first. */
export type When = {
  date: string | null;
  time: string | null;
  part: DayPart | null;
  ask: string | null;
  from?: string | null;
  to?: string | null;
  earliest?: boolean;
  anyTime?: boolean;
};

export function understandWhen(text: string, now: Date): When | null {
  const { tokens } = normalise(text);
  const wita = new Date(now.getTime() + 8 * 3_600_000);
  const words = tokens.map((token) => token.text);
  if (words.includes('besok')) {
    wita.setUTCDate(wita.getUTCDate() + 1);
    return { date: wita.toISOString().slice(0, 10), time: null, part: null, ask: null };
  }
  return null;
}
