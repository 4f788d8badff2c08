import type { RoomCalendar, Closure } from '../domain/calendar.ts';
import type { Hotline } from '../domain/hotline.ts';
import { roomSchema, roomSettingKey } from '../domain/room.ts';
import type { SentenceOverride } from '../domain/sentence.ts';
import type { Clock } from '../ops/clock.ts';
import type { Queryable } from './database.ts';

/** The room as an admin has set it: hours, slots and closures, the numbers that may be shown, what the bot says. */
export type RoomFacts = {
  calendar: RoomCalendar;
  hotlines: readonly Hotline[];
  sentences: readonly SentenceOverride[];
};

export type RoomFactsReader = {
  read(): Promise<RoomFacts>;
  /** Forgets what was read: called when this or another process changed the room. */
  forget(): void;
};

const freshForMs = 30_000;

/**
 * Reads the room's facts and keeps them for half a minute: every message needs them and they hardly change.
 * `onRead` is told of each new reading before anybody gets it.
 */
export function createRoomFacts(
  db: Queryable,
  clock: Clock,
  onRead: (facts: RoomFacts) => void = () => {},
): RoomFactsReader {
  let kept: { facts: Promise<RoomFacts>; until: number } | null = null;
  return {
    read: () => {
      const now = clock.now().getTime();
      if (!kept || kept.until <= now) {
        const facts = loadRoomFacts(db).then((read) => {
          // One that was overtaken by a change must not undo what a later reading has told.
          if (kept?.facts === facts) onRead(read);
          return read;
        });
        kept = { facts, until: now + freshForMs };
        facts.catch(() => (kept = null));
      }
      return kept.facts;
    },
    forget: () => (kept = null),
  };
}

export async function loadRoomFacts(db: Queryable): Promise<RoomFacts> {
  // One after the other: inside a transaction there is one connection.
  const setting = await db.query<{ value: unknown }>(`SELECT value FROM setting WHERE key = $1`, [
    roomSettingKey,
  ]);
  const closures = await db.query<Closure>(`SELECT day, name, kind FROM closure`);
  const hotlines = await db.query<Hotline>(
    `SELECT id, name, call, whatsapp, web, hours, kinds FROM hotline WHERE is_shown ORDER BY position, id`,
  );
  const sentences = await db.query<SentenceOverride>(
    `SELECT language, key, value FROM word_override ORDER BY language, key`,
  );
  return {
    calendar: {
      room: roomSchema.parse(setting.rows[0]?.value ?? {}),
      closures: new Map(closures.rows.map((closure) => [closure.day, closure])),
    },
    hotlines: hotlines.rows,
    sentences: sentences.rows,
  };
}
