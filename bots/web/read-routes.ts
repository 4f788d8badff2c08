import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { ChannelClock, ChannelSink } from '../channel.ts';
import { createAllowance } from './allowance.ts';
import type { LiveStreams } from './live-streams.ts';
import type { MessagesAnswer, RoomCard } from './page-contract.ts';
import { presentMessage } from './present-message.ts';
import { refuse } from './refusal.ts';
import { isJson } from './same-origin.ts';
import { sendFile } from './send-file.ts';
import type { Visitors } from './visitor.ts';
import type { OpenAttachment, ReadHistory } from './web-message.ts';

/** The room's facts as an admin set them; without it the page shows what it was built with. */
export type ReadRoom = () => Promise<RoomCard>;

export type ReadDeps = {
  visitors: Visitors;
  history: ReadHistory;
  openAttachment: OpenAttachment;
  streams: LiveStreams;
  room?: ReadRoom;
  /** Null while the channel is not started. */
  reportStatus: () => ChannelSink['status'] | null;
  clock: ChannelClock;
};

/** Messages of one answer: a screen and some, as a cheap phone on dear data wants it. */
const pageSize = 50;

const seqSchema = z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const windowSchema = z.union([
  z.strictObject({ after: seqSchema }),
  z.strictObject({ before: seqSchema }),
  z.strictObject({}),
]);
const seenSchema = z.strictObject({ from: seqSchema, to: seqSchema });

export function createReadRoutes(deps: ReadDeps): Hono {
  const routes = new Hono();
  const reads = createAllowance({ burst: 120, perSecond: 4 }, deps.clock);

  /**
   * `?after=seq`: what is new. `?before=seq`: what is older. Neither: the latest ones. `more` says that the
   * window was full. A browser without a conversation is told so, and given no cookie.
   */
  routes.get('/messages', async (c) => {
    const window = windowSchema.safeParse(c.req.query());
    if (!window.success) return refuse(c, 'BROKEN');
    const address = deps.visitors.find(c);
    const isFirst = !('after' in window.data) && !('before' in window.data);
    const room = isFirst && deps.room ? { room: pickRoom(await deps.room()) } : {};
    if (!address) return answer(c, { known: false, more: false, messages: [], ...room });
    const wait = reads.take(address.value);
    if (wait > 0) return refuse(c, 'SLOW_DOWN', wait);
    const messages = await deps.history(
      address,
      'after' in window.data
        ? { after: window.data.after, limit: pageSize }
        : { before: 'before' in window.data ? window.data.before : null, limit: pageSize },
    );
    const more = messages.length >= pageSize;
    return answer(c, { known: true, more, messages: messages.map(presentMessage), ...room });
  });

  routes.get('/events', (c) => {
    const address = deps.visitors.find(c);
    // 204 tells an EventSource to stop asking.
    if (!address || !deps.reportStatus()) return c.body(null, address ? 503 : 204);
    return deps.streams.open(address, c.req.raw.signal);
  });

  /**
   * The page has shown the messages `from`..`to`. Answers `upTo`: how far they count as read. A row that is
   * still on its way through `deliver` has no ref yet; the page asks again from there with its next word.
   */
  routes.post('/seen', bodyLimit({ maxSize: 1000, onError: (c) => refuse(c, 'BROKEN') }), async (c) => {
    if (!isJson(c.req.header('content-type'))) return refuse(c, 'NOT_JSON');
    const seen = seenSchema.safeParse(await c.req.json().catch(() => null));
    if (!seen.success || seen.data.from > seen.data.to) return refuse(c, 'BROKEN');
    const address = deps.visitors.find(c);
    const status = deps.reportStatus();
    if (!address) return refuse(c, 'UNKNOWN_VISITOR');
    const wait = reads.take(address.value);
    if (wait > 0 || !status) return refuse(c, 'SLOW_DOWN', wait || 3);

    const { from, to } = seen.data;
    let upTo = Math.max(0, from - 1);
    for (const message of await deps.history(address, { after: upTo, limit: pageSize })) {
      if (message.seq > to) break;
      if (message.direction === 'out') {
        if (message.status === 'pending' || message.status === 'sending') break;
        if (message.ref !== null && (message.status === 'sent' || message.status === 'delivered')) {
          await status({ channel: 'web', messageRef: message.ref, status: 'read' });
        }
      }
      upTo = message.seq;
    }
    return c.json({ ok: true, upTo });
  });

  routes.get('/attachment/:id', async (c) => {
    const id = c.req.param('id');
    const address = deps.visitors.find(c);
    if (!address || !/^[\w-]{1,100}$/.test(id)) return refuse(c, 'NOT_FOUND');
    const wait = reads.take(address.value);
    if (wait > 0) return refuse(c, 'SLOW_DOWN', wait);
    const file = await deps.openAttachment(address, id);
    return file ? sendFile(c, file) : refuse(c, 'NOT_FOUND');
  });

  /** A file that was sent as text within the message itself (the .ics of a booking). */
  routes.get('/messages/:seq/file', async (c) => {
    const seq = seqSchema.safeParse(c.req.param('seq'));
    const address = deps.visitors.find(c);
    if (!address || !seq.success || seq.data === 0) return refuse(c, 'NOT_FOUND');
    const wait = reads.take(address.value);
    if (wait > 0) return refuse(c, 'SLOW_DOWN', wait);
    const [message] = await deps.history(address, { after: seq.data - 1, limit: 1 });
    if (message?.seq !== seq.data || message.direction !== 'out' || message.deletedAt)
      return refuse(c, 'NOT_FOUND');
    const { content } = message;
    if (content.kind !== 'file' || content.source.from !== 'text') return refuse(c, 'NOT_FOUND');
    return sendFile(c, { bytes: Buffer.from(content.source.text), mime: content.mime, name: content.name });
  });

  return routes;
}

function answer(c: Context, body: MessagesAnswer): Response {
  return c.json(body);
}

/** The app may hand in all of its settings; only these go to a stranger's browser. */
function pickRoom({ openWeekdays, hours: { opens, closes }, place, address }: RoomCard): RoomCard {
  return { openWeekdays, hours: { opens, closes }, place, address };
}
