import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { ChannelClock, ChannelLog, ChannelSink } from '../channel.ts';
import type { AddressRef, InboundContent, InboundInput } from '../../src/domain/message.ts';
import { createAllowance } from './allowance.ts';
import { refuse } from './refusal.ts';
import { isJson } from './same-origin.ts';
import { storable } from './storable.ts';
import type { Visitors } from './visitor.ts';
import { toInboundMedia } from './upload.ts';

export type Receive = ChannelSink['receive'];

export type WriteDeps = {
  visitors: Visitors;
  /** Null while the channel does not receive (not started, or stopping). */
  receive: () => Receive | null;
  speaksOfDanger: (text: string) => boolean;
  clock: ChannelClock;
  log: ChannelLog;
  maxFileBytes: number;
};

/** UTF-16 units of one message. The page splits longer ones at paragraphs. */
const maxTextLength = 20_000;
const maxJsonBytes = 160_000;
/** Around the file: boundaries, names, the two small fields. */
const multipartOverhead = 64 * 1024;
/** Uploads held in memory at once; more wait in the page. */
const uploadsAtOnce = 8;

const clientIdSchema = z.uuid();
const langSchema = z.enum(['id', 'en']).optional();

const writtenText = z.string().transform(storable);

const messageSchema = z.union([
  z.strictObject({ clientId: clientIdSchema, lang: langSchema, text: writtenText }),
  /** `edits`: the clientId of an earlier message of the same visitor. */
  z.strictObject({ clientId: clientIdSchema, lang: langSchema, edits: clientIdSchema, text: writtenText }),
  z.strictObject({
    clientId: clientIdSchema,
    lang: langSchema,
    choice: z.strictObject({
      token: z.string().min(1).max(60),
      label: writtenText.pipe(z.string().max(200)),
    }),
  }),
]);

const fileFormSchema = z.object({
  clientId: clientIdSchema,
  lang: langSchema,
  file: z.instanceof(File),
  /** Recorded here, rather than a sound file that was attached. */
  voice: z.literal('1').optional(),
  seconds: z.coerce.number().nonnegative().max(86_400).optional(),
});

export function createWriteRoutes(deps: WriteDeps): Hono {
  const routes = new Hono();
  // Far above what a person types; below what a script must not do to the room.
  const messages = createAllowance({ burst: 60, perSecond: 1 }, deps.clock);
  const dangerMessages = createAllowance({ burst: 30, perSecond: 0.5 }, deps.clock);
  const files = createAllowance({ burst: 20, perSecond: 0.25 }, deps.clock);
  const newVisitors = createAllowance({ burst: 300, perSecond: 5 }, deps.clock);
  let uploads = 0;

  /**
   * The page asks for its cookie before its first message. Otherwise a lost answer to that message would lose
   * the cookie with it, and the repeated message would come from someone else.
   */
  routes.post('/visitor', tooLarge('TEXT_TOO_LONG', 1000), (c) => {
    const wait = deps.visitors.isNew(c) ? newVisitors.take('all') : 0;
    if (wait > 0) return refuse(c, 'SLOW_DOWN', wait);
    deps.visitors.ensure(c);
    return c.json({ ok: true });
  });

  /** Quick exit and "hapus dari layar ini": this browser is nobody from here on. */
  routes.post('/leave', tooLarge('TEXT_TOO_LONG', 1000), (c) => {
    deps.visitors.forget(c);
    return c.json({ ok: true });
  });

  routes.post('/message', tooLarge('TEXT_TOO_LONG', maxJsonBytes), async (c) => {
    if (!isJson(c.req.header('content-type'))) return refuse(c, 'NOT_JSON');
    const parsed = messageSchema.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return refuse(c, 'BROKEN');
    const message = parsed.data;
    if ('text' in message) {
      if (message.text.trim() === '') return refuse(c, 'EMPTY');
      if (message.text.length > maxTextLength) return refuse(c, 'TEXT_TOO_LONG');
    }
    const known = deps.visitors.find(c);
    const wait = known ? messages.take(known.value) : newVisitors.take('all');
    // Danger is heard in every state, rate-limited too; a second allowance bounds what that lets through.
    const mayPass =
      wait === 0 ||
      ('text' in message &&
        deps.speaksOfDanger(message.text) &&
        dangerMessages.take(known?.value ?? 'new') === 0);
    if (!mayPass) return refuse(c, 'SLOW_DOWN', wait);
    return store(c, (address) => contentOf(address, message), message);
  });

  routes.post('/file', tooLarge('FILE_TOO_LARGE', deps.maxFileBytes + multipartOverhead), async (c) => {
    if (!/^multipart\/form-data\s*;/i.test(c.req.header('content-type') ?? ''))
      return refuse(c, 'NOT_MULTIPART');
    const known = deps.visitors.find(c);
    const wait = known ? files.take(known.value) : newVisitors.take('all');
    if (wait > 0) return refuse(c, 'SLOW_DOWN', wait);
    if (uploads >= uploadsAtOnce) return refuse(c, 'BUSY', 3);
    uploads += 1;
    try {
      const form = await c.req.parseBody().catch(() => null);
      const parsed = fileFormSchema.safeParse(form);
      if (!parsed.success) return refuse(c, 'BROKEN');
      if (parsed.data.file.size === 0) return refuse(c, 'FILE_EMPTY');
      if (parsed.data.file.size > deps.maxFileBytes) return refuse(c, 'FILE_TOO_LARGE');
      const media = toInboundMedia(parsed.data.file, new Uint8Array(await parsed.data.file.arrayBuffer()), {
        isVoice: parsed.data.voice === '1',
        seconds: parsed.data.seconds ?? null,
      });
      return await store(c, () => ({ kind: 'media', media, caption: null }), parsed.data);
    } finally {
      uploads -= 1;
    }
  });

  async function store(
    c: Context,
    content: (address: AddressRef) => InboundContent,
    about: { clientId: string; lang?: 'id' | 'en' | undefined },
  ): Promise<Response> {
    const receive = deps.receive();
    if (!receive) return refuse(c, 'NOT_STORED', 3);
    const address = deps.visitors.ensure(c);
    try {
      const result = await receive(toInbound(address, content(address), about, deps.clock.now()));
      return c.json({ ok: true, result });
    } catch (error) {
      // The name only: a message of the database may quote what the resident wrote.
      deps.log.error(
        { error: error instanceof Error ? error.name : 'unknown' },
        'web chat: message not stored',
      );
      return refuse(c, 'NOT_STORED', 3);
    }
  }

  return routes;
}

function tooLarge(code: 'TEXT_TOO_LONG' | 'FILE_TOO_LARGE', maxSize: number): MiddlewareHandler {
  return bodyLimit({ maxSize, onError: (c) => refuse(c, code) });
}

/** Prefixed, so that one visitor's id can never collide with (or claim) another's message. */
function refOf(address: AddressRef, clientId: string): string {
  return `${address.value}:${clientId.toLowerCase()}`;
}

function contentOf(address: AddressRef, message: z.output<typeof messageSchema>): InboundContent {
  if ('choice' in message) return { kind: 'choice', ...message.choice };
  if (!('edits' in message)) return { kind: 'text', text: message.text };
  return { kind: 'edit', messageRef: refOf(address, message.edits), text: message.text };
}

function toInbound(
  address: AddressRef,
  content: InboundContent,
  about: { clientId: string; lang?: 'id' | 'en' | undefined },
  now: Date,
): InboundInput {
  const externalId = refOf(address, about.clientId);
  return {
    externalId,
    address,
    messageRef: externalId,
    languageHint: about.lang ?? null,
    sentAt: now,
    content,
  };
}
