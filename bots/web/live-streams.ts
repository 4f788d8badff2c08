import type { ChannelClock } from '../channel.ts';
import type { AddressRef } from '../../src/domain/message.ts';
import type { SubscribeToChanges } from './web-message.ts';

/**
 * The open event streams (server-sent events). A stream carries no content, only "look": the page then fetches
 * what is after the last message it has, so a lost or doubled event changes nothing.
 */
export type LiveStreams = {
  open(address: AddressRef, signal: AbortSignal): Response;
  count(): number;
  /** Ends every stream; browsers reconnect by themselves when the server is back. */
  closeAll(): void;
};

/** Below the 30 to 60 s after which mobile carriers and proxies drop a silent connection. */
const heartbeatMs = 20_000;
/** Tabs of one browser; the oldest stream is ended for a seventh. */
const streamsPerVisitor = 6;
/** Events that nobody reads: the phone is gone, and the connection has not noticed. */
const unreadEvents = 64;

type Stream = { send: (event: 'ready' | 'change') => void; end: () => void };

export function createLiveStreams(deps: { subscribe: SubscribeToChanges; clock: ChannelClock }): LiveStreams {
  const byVisitor = new Map<string, Set<Stream>>();

  function add(key: string, stream: Stream): void {
    const streams = byVisitor.get(key) ?? new Set();
    byVisitor.set(key, streams.add(stream));
    if (streams.size > streamsPerVisitor) streams.values().next().value?.end();
  }

  function remove(key: string, stream: Stream): void {
    const streams = byVisitor.get(key);
    streams?.delete(stream);
    if (streams?.size === 0) byVisitor.delete(key);
  }

  async function beat(write: (text: string) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await deps.clock.sleep(heartbeatMs, signal);
      write(': still here\n\n');
    }
  }

  function openBody(address: AddressRef, requestSignal: AbortSignal): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    const ended = new AbortController();
    let release: (() => void) | null = null;

    return new ReadableStream<Uint8Array>({
      start(controller) {
        const write = (text: string): void => {
          if (ended.signal.aborted) return;
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) < -unreadEvents) stream.end();
        };
        const stream: Stream = {
          send: (event) => write(`event: ${event}\ndata: \n\n`),
          end: () => {
            if (ended.signal.aborted) return;
            release?.();
            controller.close();
          },
        };
        release = () => {
          ended.abort();
          requestSignal.removeEventListener('abort', stream.end);
          unsubscribe();
          remove(address.value, stream);
        };
        // Subscribed before `ready` is said, so whatever comes after the page's next fetch rings.
        const unsubscribe = deps.subscribe(address, () => stream.send('change'));
        requestSignal.addEventListener('abort', stream.end, { once: true });
        add(address.value, stream);
        write('retry: 3000\n');
        stream.send('ready');
        void beat(write, ended.signal);
      },
      cancel() {
        if (!ended.signal.aborted) release?.();
      },
    });
  }

  return {
    open: (address, signal) =>
      new Response(openBody(address, signal), {
        headers: {
          'Content-Type': 'text/event-stream; charset=utf-8',
          // nginx would otherwise hold events back until its buffer is full.
          'X-Accel-Buffering': 'no',
        },
      }),
    count: () => [...byVisitor.values()].reduce((sum, streams) => sum + streams.size, 0),
    closeAll() {
      for (const stream of [...byVisitor.values()].flatMap((streams) => [...streams])) stream.end();
    },
  };
}
