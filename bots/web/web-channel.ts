import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Channel, ChannelClock, ChannelHealth, ChannelLog, ChannelSink } from '../channel.ts';
import { createLiveStreams } from './live-streams.ts';
import { createPageRoutes } from './page-routes.ts';
import { createReadRoutes, type ReadRoom } from './read-routes.ts';
import { refuse } from './refusal.ts';
import { requireSameOrigin } from './same-origin.ts';
import { neverCached, securityHeaders } from './security-headers.ts';
import { createVisitors } from './visitor.ts';
import type { OpenAttachment, ReadHistory, SubscribeToChanges } from './web-message.ts';
import { createWriteRoutes } from './write-routes.ts';

export type WebChannelDeps = {
  readonly history: ReadHistory;
  readonly subscribe: SubscribeToChanges;
  readonly openAttachment: OpenAttachment;
  /** Lets a text through that the rate limit would hold back: danger is heard in every state. */
  readonly speaksOfDanger: (text: string) => boolean;
  /** The header's opening hours and place; the page has defaults of its own. */
  readonly room?: ReadRoom;
  readonly clock: ChannelClock;
  readonly log: ChannelLog;
  /** Where residents open the page, such as `https://bestie.kupangkota.go.id`; decides the cookie's `Secure`. */
  readonly publicUrl: string;
  /** The folder with the built page (`dist/web-chat`). */
  readonly pageRoot: string;
  /** Of one upload. */
  readonly maxFileBytes?: number;
};

/** `routes` serve `/` and `/chat/*`; the app mounts them at its root. */
export type WebChannel = Channel & { readonly routes: Hono };

/**
 * The room's own page as a channel. There is no platform in between: a row in the database is already the
 * delivery, because the page reads rows. So `send` has nothing to do; it only gives the row a random ref, by
 * which the page's "seen" later moves it to `read`. A resident whose browser is closed simply has not read it.
 */
export function createWebChannel(deps: WebChannelDeps): WebChannel {
  const maxFileBytes = deps.maxFileBytes ?? 20 * 1024 * 1024;
  const visitors = createVisitors(deps.publicUrl);
  const streams = createLiveStreams(deps);
  const storing = new Set<Promise<unknown>>();
  let sink: ChannelSink | null = null;
  let since = deps.clock.now();
  let state: ChannelHealth['state'] = 'starting';

  const become = (next: ChannelHealth['state']): void => {
    if (state !== next) since = deps.clock.now();
    state = next;
  };

  /** `stop` waits for what is being stored; a request that comes later finds no sink and is told to retry. */
  const receive = (): ChannelSink['receive'] | null => {
    const current = sink;
    if (!current) return null;
    return async (inbound) => {
      const stored = current.receive(inbound);
      storing.add(stored);
      try {
        return await stored;
      } finally {
        storing.delete(stored);
      }
    };
  };

  const reportStatus = (): ChannelSink['status'] | null => {
    const current = sink;
    return current && ((update) => current.status(update));
  };

  const routes = new Hono();
  for (const path of ['/', '/chat/*']) routes.use(path, securityHeaders);
  routes.use('/chat/api/*', neverCached, requireSameOrigin(deps.publicUrl));
  routes.route('/chat/api', createWriteRoutes({ ...deps, visitors, receive, maxFileBytes }));
  routes.route('/chat/api', createReadRoutes({ ...deps, visitors, streams, reportStatus }));
  routes.all('/chat/api/*', (c) => refuse(c, 'NOT_FOUND'));
  routes.route('/', createPageRoutes(deps.pageRoot));
  routes.onError((error, c) => {
    // The name only: a message of the database may quote what a resident wrote.
    deps.log.error({ error: error.name, path: c.req.routePath }, 'web chat: request failed');
    return refuse(c, 'FAILED');
  });

  return {
    name: 'web',
    capabilities: {
      choices: 'buttons',
      replyWindowHours: null,
    },
    routes,
    async start(to) {
      sink = to;
      become('connected');
    },
    async send(to, _message) {
      if (to.channel !== 'web')
        return { ok: false, outcome: 'refused', reason: 'not an address of the web chat' };
      return { ok: true, messageRef: randomUUID() };
    },
    // Uploads arrive with their bytes; nothing is ever left to fetch.
    fetchMedia: async () => ({ ok: false, outcome: 'gone', reason: 'the web chat keeps no files' }),
    health: () => ({ state, since, detail: `${streams.count()} pages open` }),
    async stop() {
      sink = null;
      streams.closeAll();
      // A failure among them is answered by its own request.
      await Promise.allSettled(storing);
      become('stopped');
    },
  };
}
