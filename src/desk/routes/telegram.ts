import { Hono } from 'hono';
import { makeOfficerCode, unlinkTelegram } from '../../actions/officer-code.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import type { DeskDeps } from '../ports.ts';

/** An officer's own Telegram account: by it the officers' group knows who speaks. */
export function telegramRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/me/telegram', allow('contact.own'), async (c) => {
      const linked = await deps.prisma.officerContact.findFirst({
        where: { officerId: c.get('officer').id, kind: 'telegram' },
        select: { createdAt: true },
      });
      return c.json({ linkedAt: linked?.createdAt.toISOString() ?? null });
    })
    .post('/me/telegram/code', allow('contact.own'), async (c) =>
      c.json(await deps.transact((tx) => makeOfficerCode(tx, { officerId: c.get('officer').id }))),
    )
    .post('/me/telegram/unlink', allow('contact.own'), async (c) => {
      await deps.transact((tx) => unlinkTelegram(tx, { officerId: c.get('officer').id }));
      return c.json({ ok: true as const });
    });
}
