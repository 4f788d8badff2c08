import { z } from 'zod';
import type { Channel, ChannelHealth } from '../../bots/channel.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database, Queryable } from '../store/database.ts';
import { sealed } from '../store/sealed.ts';
import type { Vault } from '../store/vault.ts';

/** What another process said last of a channel that it holds alone. */
export type KeptHealth = {
  name: ChannelName;
  health: ChannelHealth;
  isPairable: boolean;
  /** False when that process has let go of it or is gone. */
  isHeld: boolean;
};

const pairingSchema = z.object({ qr: z.string().optional(), code: z.string().optional() });

/**
 * Keeps the rows of the channels that this process holds alone in step with what they say, one statement after the
 * other and only where something changed. A row that belongs to another living holder is left as it is.
 */
export function createHealthKeeper(deps: {
  db: Database;
  vault: Vault;
  clock: Clock;
  /** The same as the lease's. */
  holder: string;
}): (channel: Channel, isPairable: boolean) => Promise<boolean> {
  const kept = new Map<ChannelName, string>();
  let line: Promise<unknown> = Promise.resolve();

  const keep = async (channel: Channel, isPairable: boolean): Promise<boolean> => {
    const { state, since, detail, pairing } = channel.health();
    const now = JSON.stringify([state, since, detail, pairing]);
    if (kept.get(channel.name) === now) return false;
    await deps.db.query(
      `INSERT INTO channel_health AS kept (channel, holder, state, since, detail, pairing_sealed, is_pairable, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (channel) DO UPDATE
         SET holder = excluded.holder, state = excluded.state, since = excluded.since, detail = excluded.detail,
             pairing_sealed = excluded.pairing_sealed, is_pairable = excluded.is_pairable,
             updated_at = excluded.updated_at
       WHERE kept.holder = excluded.holder OR NOT ${isHeld('kept')}`,
      [
        channel.name,
        deps.holder,
        state,
        since,
        detail,
        pairing ? deps.vault.sealJson(pairing, sealed.channelPairing) : null,
        isPairable,
        deps.clock.now(),
      ],
    );
    kept.set(channel.name, now);
    return true;
  };

  /** Answers whether something changed. */
  return (channel, isPairable) => {
    const next = line.then(() => keep(channel, isPairable));
    line = next.catch(() => undefined);
    return next;
  };
}

export async function readKeptHealth(deps: { db: Queryable; vault: Vault }): Promise<KeptHealth[]> {
  const { rows } = await deps.db.query<{
    channel: ChannelName;
    state: ChannelHealth['state'];
    since: Date;
    detail: string;
    pairing_sealed: Uint8Array | null;
    is_pairable: boolean;
    is_held: boolean;
    updated_at: Date;
  }>(
    `SELECT channel, state, since, detail, pairing_sealed, is_pairable, updated_at, ${isHeld('h')} AS is_held
       FROM channel_health h ORDER BY channel`,
  );
  return rows.map((row) => {
    const isOn = row.is_held && row.state !== 'stopped';
    const pairing =
      isOn && row.pairing_sealed
        ? pairingSchema.safeParse(deps.vault.openJson(row.pairing_sealed, sealed.channelPairing)).data
        : undefined;
    return {
      name: row.channel,
      health: isOn
        ? {
            state: row.state,
            since: row.since,
            detail: row.detail,
            ...(pairing ? { pairing: bare(pairing) } : {}),
          }
        : { state: 'stopped', since: row.updated_at, detail: 'no process holds it' },
      isPairable: row.is_pairable,
      isHeld: isOn,
    };
  });
}

function bare({ qr, code }: z.output<typeof pairingSchema>): NonNullable<ChannelHealth['pairing']> {
  return { ...(qr === undefined ? {} : { qr }), ...(code === undefined ? {} : { code }) };
}

/** By the database's time, as the lease itself. */
function isHeld(table: string): string {
  return `EXISTS (SELECT 1 FROM lease l WHERE l.name = ${table}.channel AND l.holder = ${table}.holder
                                          AND l.expires_at > clock_timestamp())`;
}
