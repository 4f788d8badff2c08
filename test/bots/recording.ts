import type { ChannelLog, ChannelSink, DeliveryUpdate } from '../../bots/channel.ts';
import { inboundSchema, type Inbound } from '../../src/domain/message.ts';
import { createWaiters } from '../support/bot-api/waiters.ts';

export type RecordingLog = ChannelLog & {
  /** Everything that was written, fields and words, as one text. */
  text(): string;
  readonly lines: readonly { level: 'info' | 'warn' | 'error'; message: string }[];
  /** Resolves when a line like this has been written for the n-th time. */
  nthLine(like: RegExp, n?: number): Promise<void>;
};

export const createRecordingLog = (): RecordingLog => {
  const waiters = createWaiters(30_000);
  const lines: { level: 'info' | 'warn' | 'error'; message: string; fields: string }[] = [];
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (fields: Record<string, unknown>, message: string): void => {
      lines.push({ level, message, fields: show(fields) });
      waiters.check();
    };
  return {
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    lines,
    async nthLine(like, n = 1) {
      await waiters.until(
        () => lines.filter(({ message }) => like.test(message))[n - 1],
        `line ${n} like ${like}`,
      );
    },
    text: () => lines.map((line) => `${line.level} ${line.message} ${line.fields}`).join('\n'),
  };
};

/** Errors as a logger would write them: with message, stack and whatever hangs on them. */
const show = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    each instanceof Error
      ? {
          ...Object.fromEntries(Object.entries(each)),
          name: each.name,
          message: each.message,
          stack: each.stack,
          cause: each.cause,
        }
      : each,
  );

export type RecordingSink = ChannelSink & {
  /** Every call of `receive`, parsed as the room parses it. */
  readonly calls: readonly Inbound[];
  /** What was stored, each external id once. */
  readonly stored: readonly Inbound[];
  readonly statuses: readonly DeliveryUpdate[];
  /** The n-th call of `receive` (1 is the first), made already or still to come. */
  nthCall(n: number): Promise<Inbound>;
  /** The n-th that was stored. */
  nthStored(n: number): Promise<Inbound>;
  /** From now on `receive` does not end until the returned function is called. */
  hold(): () => void;
  /** The next `times` calls for which `when` holds are refused, as by a database that is down. */
  refuse(times: number, when?: (inbound: Inbound) => boolean): void;
};

/** A room that stores in memory, and can be slow or down. */
export const createRecordingSink = (): RecordingSink => {
  const waiters = createWaiters(30_000);
  const calls: Inbound[] = [];
  const stored: Inbound[] = [];
  const statuses: DeliveryUpdate[] = [];
  const refusals: { left: number; when: (inbound: Inbound) => boolean }[] = [];
  let held: Promise<void> | null = null;

  return {
    calls,
    stored,
    statuses,
    async receive(input) {
      const inbound = inboundSchema.parse(input);
      calls.push(inbound);
      waiters.check();
      const refusal = refusals.find(({ left, when }) => left > 0 && when(inbound));
      if (refusal) {
        refusal.left -= 1;
        throw new Error(`the database is down; it was about ${JSON.stringify(inbound.content)}`);
      }
      if (held) await held;
      if (stored.some(({ externalId }) => externalId === inbound.externalId)) return 'duplicate';
      stored.push(inbound);
      waiters.check();
      return 'stored';
    },
    async status(update) {
      statuses.push(update);
    },
    nthCall: (n) => waiters.until(() => calls[n - 1], `call ${n} of receive`),
    nthStored: (n) => waiters.until(() => stored[n - 1], `inbound ${n} to be stored`),
    hold() {
      let release = (): void => {};
      held = new Promise((resolve) => (release = resolve));
      return () => {
        held = null;
        release();
      };
    },
    refuse(times, when = () => true) {
      refusals.push({ left: times, when });
    },
  };
};
