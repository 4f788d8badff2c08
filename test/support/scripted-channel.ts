import type { Channel, ChannelSink, OutboundReady, SendResult } from '../../bots/channel.ts';
import type { ChannelName, InboundInput } from '../../src/domain/message.ts';

/** A channel without a platform: tests hand in what arrives and read what leaves. */
export type ScriptedChannel = Channel & {
  receive(inbound: InboundInput): Promise<string>;
  sink(): ChannelSink;
  /** What reached somebody, oldest first. */
  sentTo(value: string): OutboundReady[];
  /** Every call of `send` to somebody, refused ones too. */
  triedTo(value: string): OutboundReady[];
  /** Answers of the next sendings, in order; then all succeed again. A promise keeps a sending in flight. */
  willAnswer(...results: (SendResult | Promise<SendResult> | Error)[]): void;
  /** The most sendings to one person that were in flight at once. */
  mostInFlight(): number;
  /** The platform's id of what was sent last to somebody. */
  lastRefTo(value: string): string | null;
  /** What `fetchMedia` finds. */
  keepsFile(ref: string, bytes: Uint8Array): void;
  fetches(): number;
};

export function createScriptedChannel(name: ChannelName): ScriptedChannel {
  const sent = new Map<string, OutboundReady[]>();
  const tried = new Map<string, OutboundReady[]>();
  const lastRefs = new Map<string, string | null>();
  const flying = new Map<string, number>();
  const files = new Map<string, Uint8Array>();
  const answers: (SendResult | Promise<SendResult> | Error)[] = [];
  let sink: ChannelSink | null = null;
  let refs = 0;
  let most = 0;
  let fetched = 0;
  const given = (): ChannelSink => {
    if (!sink) throw new Error('the channel has not been started');
    return sink;
  };
  const nextAnswer = async (): Promise<SendResult> => {
    const answer = answers.shift() ?? { ok: true, messageRef: `out-${(refs += 1)}` };
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return {
    name,
    capabilities: {
      choices: 'buttons',
      replyWindowHours: null,
    },
    start: async (to) => void (sink = to),
    send: async ({ value }, message) => {
      tried.set(value, [...(tried.get(value) ?? []), message]);
      const now = (flying.get(value) ?? 0) + 1;
      flying.set(value, now);
      most = Math.max(most, now);
      try {
        const answer = await nextAnswer();
        if (answer.ok) {
          sent.set(value, [...(sent.get(value) ?? []), message]);
          lastRefs.set(value, answer.messageRef);
        }
        return answer;
      } finally {
        flying.set(value, (flying.get(value) ?? 1) - 1);
      }
    },
    fetchMedia: async (ref, maxBytes) => {
      fetched += 1;
      const bytes = files.get(ref);
      if (!bytes) return { ok: false, outcome: 'gone', reason: 'no such file' };
      return bytes.length > maxBytes
        ? { ok: false, outcome: 'too_large', reason: 'too large' }
        : { ok: true, bytes, mime: null };
    },
    health: () => ({ state: 'connected', since: new Date(0), detail: '' }),
    stop: async () => undefined,
    receive: (inbound) => given().receive(inbound),
    sink: given,
    sentTo: (value) => sent.get(value) ?? [],
    triedTo: (value) => tried.get(value) ?? [],
    willAnswer: (...results) => void answers.push(...results),
    mostInFlight: () => most,
    lastRefTo: (value) => lastRefs.get(value) ?? null,
    keepsFile: (ref, bytes) => void files.set(ref, bytes),
    fetches: () => fetched,
  };
}
