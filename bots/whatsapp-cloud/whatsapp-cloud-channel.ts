import { z } from 'zod';
import type { Channel, ChannelCapabilities, ChannelHealth, ChannelSink, MediaResult } from '../channel.ts';
import { createGraph, type GraphAnswer } from './graph.ts';
import type { WhatsappCloudOptions } from './options.ts';
import { isOurFault, toSendResult } from './send-error.ts';
import { createSender } from './send-message.ts';
import { createWebhook } from './webhook.ts';

export type WhatsappCloudChannel = Channel & Required<Pick<Channel, 'webhook' | 'sendOutsideWindow'>>;

const maxFileBytes = 16 * 1024 * 1024;
const capabilities: ChannelCapabilities = {
  choices: 'buttons',
  replyWindowHours: 24,
};

const mediaSchema = z.object({
  url: z.string(),
  mime_type: z.string().optional(),
  file_size: z.coerce.number().optional().catch(undefined),
});

const firstRetryMs = 5_000;
const lastRetryMs = 5 * 60_000;

/** WhatsApp by Meta's official API: messages come by webhook and leave by plain requests. */
export function createWhatsappCloudChannel(options: WhatsappCloudOptions): WhatsappCloudChannel {
  const { log, clock, phoneId } = options;
  const apiRoot = options.apiRoot.replace(/\/+$/, '');
  const fetchNow: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init));
  const graph = createGraph({
    token: options.token,
    apiRoot,
    timeoutMs: options.timeoutMs ?? 30_000,
    fetch: fetchNow,
  });
  let sink: ChannelSink | null = null;
  let life = new AbortController();
  let checking: Promise<void> = Promise.resolve();
  let health: ChannelHealth = { state: 'stopped', since: clock.now(), detail: 'stopped' };

  const sender = createSender({
    graph,
    phoneId,
    listButton: options.listButton ?? 'Pilih',
    maxFileBytes,
    onAnswer: noteAnswer,
  });
  const webhook = createWebhook({
    phoneId,
    appSecret: options.appSecret,
    verifyToken: options.verifyToken,
    log,
    clock,
    sink: () => sink,
  });

  function setHealth(state: ChannelHealth['state'], detail: string): void {
    if (health.state === state && health.detail === detail) return;
    if (state === 'stuck') log.error({ detail }, 'whatsapp cloud needs attention');
    health = { state, detail, since: health.state === state ? health.since : clock.now() };
  }

  function noteAnswer(answer: GraphAnswer): void {
    if (!sink) return;
    if (answer.ok || (answer.by === 'meta' && answer.status < 500 && !isOurFault(answer))) {
      return setHealth('connected', 'connected');
    }
    if (answer.by === 'meta' && isOurFault(answer)) {
      const detail =
        answer.code === null ? `refused with ${answer.status}` : `refused with error ${answer.code}`;
      return setHealth('stuck', `${detail}: look at the token, the number and the account`);
    }
    setHealth('reconnecting', 'WhatsApp cannot be reached');
  }

  /** Receiving needs no connection of ours; this only finds out early that the token or the number is wrong. */
  async function check(): Promise<boolean> {
    const answer = await graph.get(`${phoneId}?fields=id`);
    noteAnswer(answer);
    // An unknown number is a fault of the settings as well, though Meta has no code of its own for it.
    if (!answer.ok && answer.by === 'meta' && answer.status < 500 && answer.status !== 429) {
      setHealth('stuck', `the number or the token is not accepted (${answer.code ?? answer.status})`);
    }
    return answer.ok;
  }

  async function keepChecking(signal: AbortSignal): Promise<void> {
    let wait = firstRetryMs;
    while (!signal.aborted) {
      await clock.sleep(wait, signal);
      if (signal.aborted || health.state === 'connected' || (await check())) return;
      wait = Math.min(lastRetryMs, wait * 2);
    }
  }

  async function fetchMedia(ref: string, maxBytes: number): Promise<MediaResult> {
    if (!/^[\w.-]{1,200}$/.test(ref)) return { ok: false, outcome: 'gone', reason: 'no such file' };
    const answer = await graph.get(`${ref}?phone_number_id=${phoneId}`);
    if (!answer.ok) {
      // 100 is Meta's "no such object"; a file is kept for some weeks.
      const isGone =
        answer.by === 'meta' && (answer.status === 404 || answer.code === 100 || answer.code === 131052);
      if (isGone) return { ok: false, outcome: 'gone', reason: 'WhatsApp has the file no longer' };
      const failed = toSendResult(answer);
      return { ok: false, outcome: 'retry', reason: failed.ok ? '' : failed.reason };
    }
    const media = mediaSchema.safeParse(answer.body);
    if (!media.success)
      return { ok: false, outcome: 'retry', reason: 'WhatsApp gave no address for the file' };
    const tooLarge = { ok: false, outcome: 'too_large', reason: `more than ${maxBytes} bytes` } as const;
    if ((media.data.file_size ?? 0) > maxBytes) return tooLarge;
    const bytes = await graph.download(media.data.url, maxBytes);
    if (bytes === 'too_large') return tooLarge;
    if (bytes === 'gone') return { ok: false, outcome: 'gone', reason: 'WhatsApp has the file no longer' };
    if (bytes === 'failed') return { ok: false, outcome: 'retry', reason: 'the download failed' };
    return { ok: true, bytes, mime: media.data.mime_type ?? null };
  }

  return {
    name: 'whatsapp',
    capabilities,
    webhook: {
      path: options.webhookPath ?? '/whatsapp/webhook',
      handle: (request) => webhook.handle(request),
    },
    async start(newSink) {
      if (sink) return;
      sink = newSink;
      life = new AbortController();
      setHealth('starting', 'asking WhatsApp about the number');
      if (!(await check())) checking = keepChecking(life.signal);
    },
    send: (to, message) => sender.send(to, message),
    sendOutsideWindow: (to, message, template) => sender.sendTemplate(to, message, template),
    fetchMedia,
    health: () => health,
    async stop() {
      sink = null;
      life.abort();
      await webhook.drain();
      await checking;
      setHealth('stopped', 'stopped');
    },
  };
}
