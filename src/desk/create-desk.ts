import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { bodyLimit } from 'hono/body-limit';
import type { DeskEnv } from './allow.ts';
import type { DeskDeps } from './ports.ts';
import { refuse } from './refusal.ts';
import { accountRoutes } from './routes/account.ts';
import { auditRoutes } from './routes/audit.ts';
import { cannedRoutes } from './routes/canned.ts';
import { channelRoutes } from './routes/channels.ts';
import { concernBoardRoutes } from './routes/concern-board.ts';
import { concernRoutes } from './routes/concerns.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { correctionRoutes } from './routes/corrections.ts';
import { contactRoutes } from './routes/contacts.ts';
import { dayRoutes } from './routes/day.ts';
import { dutyRoutes } from './routes/duty.ts';
import { erasureRoutes } from './routes/erasures.ts';
import { eventRoutes } from './routes/events.ts';
import { fileRoutes } from './routes/files.ts';
import { letterRoutes } from './routes/letters.ts';
import { mergeRoutes } from './routes/merges.ts';
import { messageRoutes } from './routes/messages.ts';
import { officerRoutes } from './routes/officers.ts';
import { pushRoutes } from './routes/push.ts';
import { queueRoutes } from './routes/queue.ts';
import { referralRoutes } from './routes/referrals.ts';
import { roomRoutes } from './routes/room.ts';
import { routingRoutes } from './routes/routing.ts';
import { savedViewRoutes } from './routes/saved-views.ts';
import { sentenceRoutes } from './routes/sentences.ts';
import { surveyRoutes } from './routes/survey.ts';
import { telegramRoutes } from './routes/telegram.ts';
import { trendRoutes } from './routes/trends.ts';
import { sameOrigin } from './same-origin.ts';
import { readSession } from './session.ts';
import { createHub } from './typing.ts';
import { webAppRoutes } from './web-app.ts';

/** The types of the browser app's client. */
export type DeskApi = ReturnType<typeof createApi>;

/**
 * The officers' desk. Mount it as it is: `app.route('/desk', createDesk(deps))`; it serves the API below
 * `/desk/api` and the browser app on every other path below `/desk`.
 */
export function createDesk(deps: DeskDeps) {
  return new Hono()
    .route('/api', createApi(deps))
    .all('/api/*', (c) => refuse(c, 404, 'NOT_FOUND', 'Alamat ini tidak ada.'))
    .route('/', webAppRoutes(deps.webRoot));
}

export function createApi(deps: DeskDeps) {
  const hub = createHub();
  return new Hono<DeskEnv>()
    .onError((error, c) => {
      // Broken JSON and the like: hono's own word that the request, not the desk, is at fault.
      if (error instanceof HTTPException && error.status < 500) {
        return refuse(c, 400, 'INVALID', 'Permintaan ini tidak bisa dibaca.');
      }
      // The path may hold ids, which are no secret; the message may hold what a database says, so it stays out.
      deps.log.error(
        { err: error.name, code: codeOf(error), method: c.req.method, path: c.req.path },
        'desk request failed',
      );
      return refuse(
        c,
        500,
        'BROKEN',
        'Ada yang rusak di sistem. Coba sekali lagi; bila tetap, hubungi admin.',
      );
    })
    .use(async (c, next) => {
      c.header('cache-control', 'no-store');
      c.header('x-content-type-options', 'nosniff');
      await next();
    })
    .use(sameOrigin(deps.publicUrl))
    .use(
      bodyLimit({
        maxSize: 11 * 1024 * 1024,
        onError: (c) => refuse(c, 413, 'TOO_LARGE', 'Kiriman terlalu besar.'),
      }),
    )
    .use(readSession(deps))
    .route('/', accountRoutes(deps))
    .route('/', pushRoutes(deps))
    .route('/', telegramRoutes(deps))
    .route('/', dayRoutes(deps))
    .route('/', queueRoutes(deps))
    .route('/', conversationRoutes(deps))
    .route('/', mergeRoutes(deps))
    .route('/', erasureRoutes(deps))
    .route('/', fileRoutes(deps))
    .route('/', messageRoutes(deps))
    .route('/', concernBoardRoutes(deps))
    .route('/', savedViewRoutes(deps))
    .route('/', concernRoutes(deps))
    .route('/', correctionRoutes(deps))
    .route('/', referralRoutes(deps))
    .route('/', letterRoutes(deps))
    .route('/', routingRoutes(deps))
    .route('/', officerRoutes(deps))
    .route('/', dutyRoutes(deps))
    .route('/', contactRoutes(deps))
    .route('/', roomRoutes(deps))
    .route('/', cannedRoutes(deps))
    .route('/', sentenceRoutes(deps))
    .route('/', surveyRoutes(deps))
    .route('/', trendRoutes(deps))
    .route('/', auditRoutes(deps))
    .route('/', channelRoutes(deps))
    .route('/', eventRoutes(deps, hub));
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
