import type { Clock } from '../ops/clock.ts';
import type { PlainLog } from '../ops/log.ts';
import type { Database } from './database.ts';

/**
 * Holds what only one process may do at a time (Telegram's polling, the WhatsApp session), and keeps trying
 * where another holds it. Resolves when `signal` aborts, after the lease has been let go.
 *
 * `onGained` is awaited before the next renewal is due to fail, so it should start things and return. `onLost`
 * is awaited before the lease is let go, and called at once where it can no longer be renewed: then another
 * process may take over when the time is up, whatever this one thinks.
 */
export async function holdLease(
  db: Database,
  options: {
    name: string;
    /** Unique to this process. */
    holder: string;
    ttlMs: number;
    clock: Clock;
    log: PlainLog;
    onGained: () => Promise<void>;
    onLost: () => Promise<void>;
    signal: AbortSignal;
  },
): Promise<void> {
  const { name, holder, ttlMs, clock, log, onGained, onLost, signal } = options;
  const beat = Math.floor(ttlMs / 3);
  let isHolding = false;
  let heldUntil = 0;

  const lose = async (): Promise<void> => {
    isHolding = false;
    log.warn({ lease: name }, 'lost a lease');
    await settle(onLost, log, name);
  };

  while (!signal.aborted) {
    const askedAt = clock.now().getTime();
    let isMine: boolean;
    try {
      isMine = await claim(db, { name, holder, ttlMs });
      if (isMine) heldUntil = askedAt + ttlMs;
    } catch (error) {
      log.warn({ err: error, lease: name }, 'could not ask for a lease');
      // The database being away for a moment takes nobody's lease; only its time running out does.
      isMine = isHolding && clock.now().getTime() + beat < heldUntil;
    }
    if (isMine && !isHolding) {
      isHolding = true;
      log.info({ lease: name }, 'holds a lease');
      await settle(onGained, log, name);
    } else if (!isMine && isHolding) {
      await lose();
    }
    await clock.sleep(beat, signal);
  }
  if (isHolding) await settle(onLost, log, name);
  await release(db, { name, holder }).catch((error: unknown) => {
    log.warn({ err: error, lease: name }, 'could not let go of a lease; it runs out by itself');
  });
}

/** Who holds it now, for `doctor` and the desk; null where nobody does. */
export async function readLease(
  db: Database,
  name: string,
): Promise<{ holder: string; expiresAt: Date } | null> {
  const { rows } = await db.query<{ holder: string; expiresAt: Date }>(
    `SELECT holder, expires_at AS "expiresAt" FROM lease WHERE name = $1 AND expires_at > clock_timestamp()`,
    [name],
  );
  return rows[0] ?? null;
}

/** The database's time, not ours: the clocks of two machines differ, and the test clock stands still. */
async function claim(db: Database, lease: { name: string; holder: string; ttlMs: number }): Promise<boolean> {
  const { count } = await db.query(
    `INSERT INTO lease AS held (name, holder, expires_at)
     VALUES ($1, $2, clock_timestamp() + $3::int * interval '1 millisecond')
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
      WHERE held.holder = excluded.holder OR held.expires_at <= clock_timestamp()`,
    [lease.name, lease.holder, lease.ttlMs],
  );
  return count === 1;
}

async function release(db: Database, { name, holder }: { name: string; holder: string }): Promise<void> {
  await db.query('DELETE FROM lease WHERE name = $1 AND holder = $2', [name, holder]);
}

async function settle(run: () => Promise<void>, log: PlainLog, lease: string): Promise<void> {
  try {
    await run();
  } catch (error) {
    log.error({ err: error, lease }, 'what follows a lease failed');
  }
}
