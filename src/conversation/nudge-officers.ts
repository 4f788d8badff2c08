import { setMaxListeners } from 'node:events';
import { goneBefore, presenceNow, readHandoffSettings } from '../actions/read-duty.ts';
import type { PushNote } from '../push/web-push.ts';
import type { Clock } from '../ops/clock.ts';
import type { Change } from '../store/transact.ts';
import { pushToOfficers } from './push-officers.ts';
import type { PushDeps } from './push-officers.ts';

/** Words that come one after the other are one nudge. */
const gatherMs = 3_000;
/** And the next one for the same chat comes no sooner. */
const quietMs = 60_000;
/** Where no officer has a browser to tell, a busy evening costs nothing. */
const lookForDevicesMs = 60_000;

/** For anybody's locked screen: no name, no word, no matter. */
export const notes = {
  danger: {
    title: 'BAHAYA: buka antrean',
    body: 'Ada pesan bahaya yang belum ditanggapi.',
    path: '/desk/antrean',
    tag: 'danger',
    isUrgent: true,
  },
  waiting: (conversationId: string): PushNote => ({
    title: 'Ada chat baru menunggu',
    body: 'Buka antrean untuk mengambilnya.',
    path: `/desk/antrean/${conversationId}`,
    tag: `waiting ${conversationId}`,
    isUrgent: false,
  }),
  message: (conversationId: string): PushNote => ({
    title: 'Ada pesan baru di chat Anda',
    body: 'Buka chat untuk membacanya.',
    path: `/desk/antrean/${conversationId}`,
    tag: `message ${conversationId}`,
    isUrgent: false,
  }),
} as const satisfies Record<string, PushNote | ((conversationId: string) => PushNote)>;

export type Nudger = {
  /** `isRemote`: another process committed it, and tells of it. */
  hear(change: Change, isRemote: boolean): void;
  stop(): void;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
};

/**
 * Tells officers' browsers of a chat that begins to wait, and of new words in a chat that they hold (a browser with the
 * desk open and in sight stays silent: its worker sees to that). A courtesy: it lives in memory, follows the commit
 * and is lost with the process. Nothing hangs on it: the chat waits in the queue, and danger is paged by rows.
 */
export function createNudger(deps: PushDeps & { clock: Clock; onError: (error: unknown) => void }): Nudger {
  const { db, clock } = deps;
  const stopping = new AbortController();
  // As many wait on it as chats have news at one moment: no leak that Node need warn of.
  setMaxListeners(0, stopping.signal);
  const gathering = new Set<string>();
  const running = new Set<Promise<void>>();
  /** By chat: the last handoff and message that were told, and when. */
  const told = new Map<string, { handoffId: string; status: string; seq: number; at: number }>();

  let devices: { any: Promise<boolean>; until: number } | null = null;
  const hasDevices = (): Promise<boolean> => {
    const now = clock.now().getTime();
    if (!devices || devices.until <= now) {
      const any = db
        .query(`SELECT 1 FROM officer_contact WHERE kind = 'push' AND failed_at IS NULL LIMIT 1`)
        .then(({ count }) => count > 0);
      devices = { any, until: now + lookForDevicesMs };
      any.catch(() => (devices = null));
    }
    return devices.any;
  };

  const look = async (conversationId: string): Promise<void> => {
    if (!(await hasDevices())) return;
    const settings = await readHandoffSettings(db);
    const now = clock.now();
    const { rows } = await db.query<{
      id: string;
      status: 'waiting' | 'held';
      officer_id: string | null;
      seq: number;
      on_duty: string[] | null;
    }>(
      `SELECT h.id, h.status, h.officer_id,
              coalesce((SELECT max(m.seq) FROM message m
                         WHERE m.conversation_id = h.conversation_id AND m.author = 'resident'
                           AND m.kind NOT IN ('edit', 'delete')
                           AND m.created_at >= coalesce(h.claimed_at, h.requested_at)), 0)::float8 AS seq,
              (SELECT array_agg(o.id::text) FROM officer o
                WHERE o.is_active AND o.role <> 'analyst' AND ${presenceNow('$2', '$3')} = 'on_duty') AS on_duty
         FROM handoff h WHERE h.conversation_id = $1 AND h.status IN ('waiting', 'held')`,
      [conversationId, now, goneBefore(now, settings)],
    );
    const handoff = rows[0];
    const before = told.get(conversationId);
    if (!handoff) {
      told.delete(conversationId);
      return;
    }
    const isKnown = before?.handoffId === handoff.id && before.status === handoff.status;
    const mark = { handoffId: handoff.id, status: handoff.status, seq: handoff.seq, at: now.getTime() };
    if (handoff.status === 'waiting') {
      if (isKnown) return;
      told.set(conversationId, mark);
      await pushToOfficers(deps, handoff.on_duty ?? [], notes.waiting(conversationId));
      return;
    }
    if (handoff.officer_id === null || handoff.seq === 0) return;
    if (isKnown && before.seq >= handoff.seq) return;
    if (isKnown && now.getTime() - before.at < quietMs) {
      hearOf(conversationId, quietMs - (now.getTime() - before.at));
      return;
    }
    told.set(conversationId, mark);
    await pushToOfficers(deps, [handoff.officer_id], notes.message(conversationId));
  };

  const hearOf = (conversationId: string, afterMs: number): void => {
    if (gathering.has(conversationId) || stopping.signal.aborted) return;
    gathering.add(conversationId);
    void clock.sleep(afterMs, stopping.signal).then(() => {
      gathering.delete(conversationId);
      if (stopping.signal.aborted) return;
      const work = look(conversationId)
        .catch(deps.onError)
        .finally(() => running.delete(work));
      running.add(work);
    });
  };

  const conversationOf = async (handoffId: string): Promise<string | null> => {
    const { rows } = await db.query<{ conversation_id: string }>(
      `SELECT conversation_id FROM handoff WHERE id = $1`,
      [handoffId],
    );
    return rows[0]?.conversation_id ?? null;
  };

  return {
    hear: (change, isRemote) => {
      if (change.kind === 'room' && change.id === 'contacts') devices = null;
      if (isRemote) return;
      if (change.kind === 'conversation') hearOf(change.id, gatherMs);
      if (change.kind !== 'handoff') return;
      const work = conversationOf(change.id)
        .then((conversationId) => (conversationId === null ? undefined : hearOf(conversationId, gatherMs)))
        .catch(deps.onError)
        .finally(() => running.delete(work));
      running.add(work);
    },
    stop: () => stopping.abort(),
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
