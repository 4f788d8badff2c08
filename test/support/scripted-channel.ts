import type { Channel, ChannelSink, OutboundReady, SendResult } from '../../bots/channel.ts';
import type { ChannelName, InboundInput } from '../../src/domain/message.ts';

/** A channel without a platform: tests hand in what arrives and read what leaves. */
export type ScriptedChannel = Channel & {
  receive(inbound: InboundInput): Promise<string>;
  sink(): ChannelSink;
  sentTo(value: string): OutboundReady[];
  /** Answers of the next sendings, in order; then all succeed again. */
  willAnswer(...results: SendResult[]): void;
  /** What `fetchMedia` finds. */
  keepsFile(ref: string, bytes: Uint8Array): void;
  sends(): number;
};

export function createScriptedChannel(name: ChannelName): ScriptedChannel {
  const sent = new Map<string, OutboundReady[]>();
  const files = new Map<string, Uint8Array>();
  const answers: SendResult[] = [];
  let sink: ChannelSink | null = null;
  let refs = 0;
  const given = (): ChannelSink => {
    if (!sink) throw new Error('the channel has not been started');
    return sink;
  };
  return {
    name,
    capabilities: {
      choices: 'buttons',
      maxTextLength: 4096,
      maxChoices: 60,
      maxFileBytes: 50_000_000,
      hasReplyWindow: false,
      replyWindowHours: null,
    },
    start: async (to) => void (sink = to),
    send: async (to, message) => {
      const answer = answers.shift() ?? { ok: true, messageRef: `out-${(refs += 1)}` };
      if (answer.ok) sent.set(to.value, [...(sent.get(to.value) ?? []), message]);
      return answer;
    },
    fetchMedia: async (ref, maxBytes) => {
      const bytes = files.get(ref);
      if (!bytes) return { ok: false, outcome: 'gone', reason: 'no such file' };
      return bytes.length > maxBytes
        ? { ok: false, outcome: 'too_large', reason: 'too large' }
        : { ok: true, bytes, mime: null };
    },
    showTyping: async () => undefined,
    health: () => ({ state: 'connected', since: new Date(0), detail: '' }),
    stop: async () => undefined,
    receive: (inbound) => given().receive(inbound),
    sink: given,
    sentTo: (value) => sent.get(value) ?? [],
    willAnswer: (...results) => void answers.push(...results),
    keepsFile: (ref, bytes) => void files.set(ref, bytes),
    sends: () => refs,
  };
}
