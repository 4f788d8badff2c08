import type { Room } from './room.ts';
import { addDays, dayOf, instantOf } from './wita.ts';

/** How the paired phone writes at a moment. What `dailyCeiling` holds back goes from `nextDay` on. */
export type WhatsappPace = {
  minMs: number;
  maxMs: number;
  dailyCeiling: number;
  /** Since when the messages of the day are counted. */
  dayFrom: Date;
  nextDay: Date;
};

/** A day begins at midnight; what had to wait for it does not wake anybody before the quiet hours are over. */
export function whatsappPaceAt(room: Pick<Room, 'whatsappPace' | 'quietTo'>, now: Date): WhatsappPace {
  const { minSeconds, maxSeconds, dailyCeiling } = room.whatsappPace;
  const day = dayOf(now);
  return {
    minMs: minSeconds * 1000,
    maxMs: maxSeconds * 1000,
    dailyCeiling,
    dayFrom: instantOf(day, '00:00'),
    nextDay: instantOf(addDays(day, 1), room.quietTo),
  };
}
