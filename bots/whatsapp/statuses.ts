import type { ChannelClock, ChannelLog, ChannelSink, DeliveryUpdate } from '../channel.ts';

type Status = DeliveryUpdate['status'];

export type Statuses = {
  note(ref: string, ack: number): void;
  /** A send is on its way: the app does not know its ref yet, so what comes for it is held back. */
  hold(): () => void;
};

/** Hands on WhatsApp's ticks, the newest of each message, never before the app can know the message. */
export function createStatuses(
  sink: ChannelSink,
  clock: ChannelClock,
  log: ChannelLog,
  delayMs: number,
): Statuses {
  const newest = new Map<string, Status>();
  const held = new Set<Promise<void>>();

  async function handOn(ref: string): Promise<void> {
    await Promise.all(held);
    if (delayMs > 0) await clock.sleep(delayMs);
    const status = newest.get(ref);
    newest.delete(ref);
    if (!status) return;
    try {
      await sink.status({ channel: 'whatsapp', messageRef: ref, status });
    } catch (error) {
      log.warn(
        { status, error: error instanceof Error ? error.name : 'unknown' },
        'whatsapp status not stored',
      );
    }
  }

  return {
    note(ref, ack) {
      const status = statusOf(ack);
      if (!status) return;
      const isWaiting = newest.has(ref);
      newest.set(ref, status);
      if (!isWaiting) void handOn(ref);
    },
    hold() {
      let release: () => void = () => {};
      const promise = new Promise<void>((resolve) => (release = resolve));
      held.add(promise);
      return () => {
        held.delete(promise);
        release();
      };
    },
  };
}

function statusOf(ack: number): Status | null {
  if (ack === -1) return 'failed';
  if (ack === 1) return 'sent';
  if (ack === 2) return 'delivered';
  return ack >= 3 ? 'read' : null;
}
