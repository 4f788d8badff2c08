import type { ChannelName } from '../domain/message.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import { sealed } from '../store/sealed.ts';
import type { Change } from '../store/transact.ts';
import type { Vault } from '../store/vault.ts';
import { readKeptHealth } from './channel-health.ts';

/** The buttons of the pairing page, where the channel is. */
export type ChannelControl = {
  /** Unlinks the phone; resolves once the channel was told. */
  logOut(): Promise<void>;
  restart(): Promise<void>;
  /** A code to type on the room's phone, whose number it needs, instead of the picture. */
  pairByCode(phone: string): Promise<{ ok: true; code: string } | { ok: false }>;
};

export type ChannelWish =
  | { kind: 'log_out' }
  | { kind: 'restart' }
  /** `phone` in digits with the country's. */
  | { kind: 'pair_by_code'; phone: string };

export type ChannelAnswer =
  /** `code` of `pair_by_code`. */
  | { kind: 'done'; code: string | null }
  /** The channel was asked and could not. */
  | { kind: 'refused' }
  /** No process holds it just now. */
  | { kind: 'not_held' }
  /** The process that holds it has not answered; what it has not taken by now it will not do. */
  | { kind: 'no_answer' }
  | { kind: 'not_pairable' };

type Deps = {
  db: Database;
  vault: Vault;
  clock: Clock;
  changes: {
    publish(change: Change): void;
    subscribe(fn: (change: Change, isRemote: boolean) => void): () => void;
  };
  /** Of the channels that this process holds. */
  controlOf: (channel: ChannelName) => ChannelControl | undefined;
};

/** Rings in both directions: something was asked, something was answered. */
export const channelRequestChange: Change = { kind: 'room', id: 'channel-requests' };
/** WhatsApp itself may take half a minute to think of a code. */
const patienceMs = { log_out: 15_000, restart: 15_000, pair_by_code: 40_000 } as const;
/** In case the answer's ring is lost. */
const lookAgainMs = 2_000;

/** Does it where the channel is at hand; otherwise asks the process that holds it, and waits for the answer. */
export async function askChannel(
  deps: Deps,
  channel: ChannelName,
  wish: ChannelWish,
): Promise<ChannelAnswer> {
  const control = deps.controlOf(channel);
  if (control) return grant(control, wish);
  const kept = (await readKeptHealth(deps)).find(({ name }) => name === channel);
  if (!kept?.isPairable) return { kind: 'not_pairable' };
  if (!kept.isHeld) return { kind: 'not_held' };
  const { rows } = await deps.db.query<{ id: string }>(
    `INSERT INTO channel_request (channel, kind, phone_sealed, created_at) VALUES ($1, $2, $3, $4) RETURNING id`,
    [
      channel,
      wish.kind,
      wish.kind === 'pair_by_code' ? deps.vault.seal(wish.phone, sealed.channelPhone) : null,
      deps.clock.now(),
    ],
  );
  return waitForAnswer(deps, rows[0]?.id ?? '', patienceMs[wish.kind]);
}

async function waitForAnswer(deps: Deps, id: string, patience: number): Promise<ChannelAnswer> {
  const { clock, changes } = deps;
  const until = clock.now().getTime() + patience;
  let ring: () => void = () => {};
  const stop = changes.subscribe((change) => void (change.id === channelRequestChange.id && ring()));
  changes.publish(channelRequestChange);
  try {
    for (;;) {
      const pause = new AbortController();
      // Before the look, so that an answer between the look and the wait is not slept over.
      const rung = new Promise<void>((resolve) => (ring = resolve));
      const answer = await readAnswer(deps, id);
      if (answer) return answer;
      const left = until - clock.now().getTime();
      if (left <= 0) {
        await withdraw(deps.db, id, clock.now());
        return { kind: 'no_answer' };
      }
      await Promise.race([rung, clock.sleep(Math.min(left, lookAgainMs), pause.signal)]);
      pause.abort();
    }
  } finally {
    stop();
  }
}

async function readAnswer(deps: Pick<Deps, 'db' | 'vault'>, id: string): Promise<ChannelAnswer | null> {
  const { rows } = await deps.db.query<{ is_done: boolean | null; code_sealed: Uint8Array | null }>(
    `SELECT is_done, code_sealed FROM channel_request WHERE id = $1`,
    [id],
  );
  const row = rows[0];
  if (!row || row.is_done === null) return null;
  if (!row.is_done) return { kind: 'refused' };
  const code = row.code_sealed ? deps.vault.openText(row.code_sealed, sealed.channelCode) : null;
  return { kind: 'done', code };
}

/** Nobody waits for it any more: it must not be done an hour later. */
async function withdraw(db: Database, id: string, now: Date): Promise<void> {
  await db.query(`UPDATE channel_request SET taken_at = $2 WHERE id = $1 AND taken_at IS NULL`, [id, now]);
}

/** The holder's side: takes what is asked of its channels, one claim a request, and answers in the same row. */
export async function answerChannelRequests(deps: Deps, held: readonly ChannelName[]): Promise<void> {
  const { db, vault, clock, changes } = deps;
  const mine = held.filter((name) => deps.controlOf(name));
  if (mine.length === 0) return;
  const { rows } = await db.query<{
    id: string;
    channel: ChannelName;
    kind: ChannelWish['kind'];
    phone_sealed: Uint8Array | null;
  }>(
    `UPDATE channel_request SET taken_at = $2
      WHERE channel = ANY ($1::text[]) AND taken_at IS NULL AND created_at > $3
      RETURNING id, channel, kind, phone_sealed`,
    [mine, clock.now(), new Date(clock.now().getTime() - patienceMs.pair_by_code)],
  );
  for (const row of rows) {
    const control = deps.controlOf(row.channel);
    const phone = row.phone_sealed ? vault.openText(row.phone_sealed, sealed.channelPhone) : '';
    const wish: ChannelWish = row.kind === 'pair_by_code' ? { kind: row.kind, phone } : { kind: row.kind };
    const answer = control ? await grant(control, wish) : { kind: 'refused' as const };
    await db.query(
      `UPDATE channel_request SET answered_at = $2, is_done = $3, code_sealed = $4, phone_sealed = NULL WHERE id = $1`,
      [
        row.id,
        clock.now(),
        answer.kind === 'done',
        answer.kind === 'done' && answer.code !== null ? vault.seal(answer.code, sealed.channelCode) : null,
      ],
    );
    changes.publish(channelRequestChange);
  }
}

async function grant(
  control: ChannelControl,
  wish: ChannelWish,
): Promise<Extract<ChannelAnswer, { kind: 'done' | 'refused' }>> {
  switch (wish.kind) {
    case 'log_out':
      await control.logOut();
      return { kind: 'done', code: null };
    case 'restart':
      await control.restart();
      return { kind: 'done', code: null };
    case 'pair_by_code': {
      const given = await control.pairByCode(wish.phone);
      return given.ok ? { kind: 'done', code: given.code } : { kind: 'refused' };
    }
  }
}
