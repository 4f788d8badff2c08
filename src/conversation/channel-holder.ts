import { randomUUID } from 'node:crypto';
import type { Channel, ChannelLog, ChannelSink } from '../../bots/channel.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Room } from '../domain/room.ts';
import type { Clock } from '../ops/clock.ts';
import type { ChangeFeed } from '../store/change-feed.ts';
import type { Database } from '../store/database.ts';
import { holdLease } from '../store/lease.ts';
import type { RoomFactsReader } from '../store/room-facts.ts';
import type { Vault } from '../store/vault.ts';
import { noteChannelAlert } from './channel-alerts.ts';
import type { ChannelAlertKind } from './channel-alerts.ts';
import { createHealthKeeper } from './channel-health.ts';
import { createChannelLedger } from './channel-ledger.ts';
import type { ChannelLedger } from './channel-ledger.ts';
import { answerChannelRequests } from './channel-request.ts';
import type { ChannelControl } from './channel-request.ts';

/** A channel that this process may hold. `isExclusive`: only one process at a time, under a lease. */
export type ChannelPlan = {
  name: ChannelName;
  isExclusive: boolean;
  make: (given: {
    ledger: ChannelLedger;
    /** The room's settings as they are now. */
    room: () => Promise<Room>;
    onChange: () => void;
    /** It needs a person, or does no more. */
    onAlert: (kind: ChannelAlertKind) => void;
  }) => Channel;
  /** The buttons of the pairing page, while this process holds it. */
  control?: ChannelControl;
};

export type ChannelHolderDeps = {
  db: Database;
  vault: Vault;
  clock: Clock;
  log: ChannelLog;
  facts: RoomFactsReader;
  changes: ChangeFeed;
  /** Filled by the app until `start`. */
  plans: readonly ChannelPlan[];
  /** Those held now; read by all who send. */
  channels: Map<ChannelName, Channel>;
  sink: ChannelSink;
  look: (conversationId: string) => Promise<void>;
  /** Resolves when nothing is being sent or written any more. */
  idle: () => Promise<void>;
  /** The officers' group comes with the channel that has it. */
  takeOverGroup: () => Promise<void>;
  tellAlerts: () => Promise<void>;
};

export type ChannelHolder = {
  /** Starts what this process holds, or will once it gains the lease. Resolves when each has started, or after some seconds. */
  start(): Promise<void>;
  /** Says how the channels are that this process holds alone, and does what another process's desk asks of them. */
  tend(): Promise<void>;
  /** The buttons of a channel that this process holds. */
  controlOf(name: ChannelName): ChannelControl | undefined;
  stop(): Promise<void>;
};

const tendEveryMs = 5_000;
const leaseMs = 15_000;
/** How long "ready" waits for the channels. */
const startWaitMs = 3_000;

/** Holds the channels of this process: those anybody may hold at once, the others while it has their lease. */
export function createChannelHolder(deps: ChannelHolderDeps): ChannelHolder {
  const { db, vault, clock, log, changes, plans, channels } = deps;
  /** Who this process is, in leases and in what it says of its channels. */
  const holder = randomUUID();
  const keepHealth = createHealthKeeper({ db, vault, clock, holder });
  const stopping = new AbortController();
  const loops: Promise<void>[] = [];

  const controlOf = (name: ChannelName): ChannelControl | undefined =>
    channels.has(name) ? plans.find((plan) => plan.name === name)?.control : undefined;

  const tend = async (): Promise<void> => {
    try {
      const held = plans.filter((plan) => plan.isExclusive && channels.has(plan.name));
      let isChanged = false;
      for (const { name, control } of held) {
        const channel = channels.get(name);
        if (channel && (await keepHealth(channel, control !== undefined))) isChanged = true;
      }
      if (isChanged) changes.publish({ kind: 'room', id: 'channels' });
      await answerChannelRequests(
        { db, vault, clock, changes, controlOf },
        held.map(({ name }) => name),
      );
    } catch (error) {
      log.warn({ err: error }, 'other processes could not be told how a channel is; it is tried again');
    }
  };

  /** For what was not rung for: a channel that tells no changes, a request whose ring was lost. */
  const keepTending = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.sleep(tendEveryMs, stopping.signal);
      if (!stopping.signal.aborted) await tend();
    }
  };

  const alarm = async (channel: ChannelName, kind: ChannelAlertKind): Promise<void> => {
    try {
      await noteChannelAlert({ db, clock }, { channel, kind });
      changes.publish({ kind: 'room', id: 'channels' });
      await deps.tellAlerts();
    } catch (error) {
      log.error({ err: error, channel, kind }, "a channel's alert could not be noted");
    }
  };

  /** Nobody else sends on a channel that is ours alone: what a predecessor had claimed and not finished is free. */
  const takeOverClaims = async (channel: ChannelName): Promise<string[]> => {
    const { rows } = await db.query<{ id: string }>(
      `UPDATE message SET claimed_until = $1 WHERE status = 'sending' AND conversation_id IN (
         SELECT c.id FROM conversation c JOIN address a ON a.id = c.address_id WHERE a.channel = $2)
       RETURNING conversation_id AS id`,
      [clock.now(), channel],
    );
    return rows.map((row) => row.id);
  };

  const hold = async (plan: ChannelPlan): Promise<void> => {
    const channel = plan.make({
      ledger: createChannelLedger({ db, vault, channel: plan.name }),
      room: async () => (await deps.facts.read()).calendar.room,
      // Pairing codes and health show on the desk as they change, in whichever process it is.
      onChange: () => void tend(),
      onAlert: (kind) => void alarm(plan.name, kind),
    });
    channels.set(plan.name, channel);
    const isOursAlone = plan.isExclusive || db.engine === 'pglite';
    const freed = isOursAlone ? await takeOverClaims(plan.name) : [];
    if (isOursAlone && channel.group) await deps.takeOverGroup();
    await channel.start(deps.sink);
    // One that tells no changes has said nothing yet.
    await tend();
    for (const conversationId of freed) void deps.look(conversationId);
  };
  const holdSafely = (plan: ChannelPlan): Promise<void> =>
    hold(plan).catch((error: unknown) =>
      log.error({ err: error, channel: plan.name }, 'a channel could not start'),
    );

  const letGo = async (plan: ChannelPlan): Promise<void> => {
    await channels.get(plan.name)?.stop();
    await deps.idle();
    await tend();
    channels.delete(plan.name);
  };

  return {
    tend,
    controlOf,
    start: async () => {
      const starting: Promise<void>[] = [];
      for (const plan of plans) {
        if (!plan.isExclusive || db.engine === 'pglite') {
          starting.push(holdSafely(plan));
          continue;
        }
        loops.push(
          holdLease(db, {
            name: plan.name,
            holder,
            ttlMs: leaseMs,
            clock,
            log,
            // Not awaited: a browser may take minutes, and the lease must be renewed meanwhile.
            onGained: async () => void holdSafely(plan),
            onLost: () => letGo(plan),
            signal: stopping.signal,
          }),
        );
      }
      if (plans.some((plan) => plan.isExclusive)) loops.push(keepTending());
      // A platform that cannot be reached, or a browser that takes its time, holds up nobody else.
      const enough = new AbortController();
      await Promise.race([Promise.all(starting), clock.sleep(startWaitMs, enough.signal)]);
      enough.abort();
    },
    stop: async () => {
      stopping.abort();
      await Promise.allSettled([...channels.values()].map((channel) => channel.stop()));
      await Promise.allSettled(loops);
    },
  };
}
