import { join } from 'node:path';
import { Hono } from 'hono';
import type { Channel } from '../bots/channel.ts';
import { createAllowance } from '../bots/web/allowance.ts';
import { createWebChannel } from '../bots/web/web-channel.ts';
import { agencyRoutes } from './agency/agency-routes.ts';
import { createChannelDesk } from './conversation/channel-desk.ts';
import type { ChannelHolder, ChannelPlan } from './conversation/channel-holder.ts';
import { createWebHistory } from './conversation/web-history.ts';
import { createDesk } from './desk/create-desk.ts';
import type { DeskDeps } from './desk/ports.ts';
import type { ChannelName } from './domain/message.ts';
import type { Log } from './ops/log.ts';
import type { Metrics } from './ops/metrics.ts';
import type { ChangeFeed } from './store/change-feed.ts';
import type { Database } from './store/database.ts';
import type { RoomFactsReader } from './store/room-facts.ts';
import { findDanger } from './understanding/danger.ts';

export type HttpDeps = {
  db: Database;
  log: Log;
  /** Those that this process has. */
  channels: ReadonlyMap<ChannelName, Channel>;
  /** Those that it may come to have. */
  plans: readonly ChannelPlan[];
  /** False before the start is through, and while it stops. */
  isReady: () => boolean;
  metrics: Metrics;
};

export type PagesDeps = Omit<DeskDeps, 'channels' | 'changes' | 'log' | 'webRoot'> & {
  log: Log;
  changes: ChangeFeed;
  facts: RoomFactsReader;
  projectFolder: string;
  channels: ReadonlyMap<ChannelName, Channel>;
  /** Channels that some process should hold. */
  configured: readonly ChannelName[];
  controlOf: ChannelHolder['controlOf'];
};

/** What every process serves: its health, its metrics, and what platforms push to its channels. */
export function createHttp(deps: HttpDeps): Hono {
  const { db, log, channels } = deps;
  const http = new Hono();
  http.get('/healthz', async (c) => {
    if (!deps.isReady()) return c.json({ status: 'starting' }, 503);
    await db.query('SELECT 1');
    return c.json({
      status: 'ok',
      channels: [...channels.values()].map(({ name, health }) => ({ name, state: health().state })),
    });
  });
  http.get('/metrics', async (c) => {
    if (!deps.isReady()) return c.text('starting', 503);
    return c.body(await deps.metrics.read(), 200, { 'content-type': deps.metrics.contentType });
  });
  for (const plan of deps.plans) {
    // Mounted before the channel is held: a webhook that comes too early is told to come again.
    http.all(`/${plan.name}/*`, async (c) => {
      const webhook = channels.get(plan.name)?.webhook;
      return webhook?.path === c.req.path ? webhook.handle(c.req.raw) : c.text('not here', 404);
    });
  }
  http.onError((error, c) => {
    log.error({ err: error, path: c.req.routePath }, 'a request failed');
    return c.text('Ada gangguan di pihak kami. Coba lagi sebentar.', 500);
  });
  return http;
}

/** What the web role serves besides: the desk, agencies' pages, and the web chat, whose channel it answers. */
export function addPages(http: Hono, deps: PagesDeps): ChannelPlan {
  const { db, vault, files, changes, clock, log, publicUrl, facts, projectFolder } = deps;
  const web = createWebChannel({
    ...createWebHistory({ db, vault, files, changes }),
    speaksOfDanger: (text) => findDanger(text) !== null,
    room: async () => (await facts.read()).calendar.room,
    clock,
    log,
    publicUrl,
    pageRoot: join(projectFolder, 'dist', 'web-chat'),
  });
  const { controlOf, channels, configured } = deps;
  http.route(
    '/desk',
    createDesk({
      ...deps,
      webRoot: join(projectFolder, 'dist', 'desk-web'),
      channels: createChannelDesk({ db, vault, clock, changes, controlOf, channels, configured }),
    }),
  );
  const allowance = createAllowance({ burst: 60, perSecond: 1 }, clock);
  http.route('/rujukan', agencyRoutes({ db, transact: deps.transact, files, facts, clock, allowance }));
  http.route('/', web.routes);
  return { name: 'web', isExclusive: false, make: () => web };
}
