import { Hono } from 'hono';
import QRCode from 'qrcode';
import { z } from 'zod';
import { writeAudit } from '../../actions/write-audit.ts';
import { channelNames } from '../../domain/message.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import type { ChannelView, DeskDeps } from '../ports.ts';
import { check, refuse } from '../refusal.ts';

const channelParam = z.object({ name: z.enum(channelNames) });

/** As people write it, `0812 …` or `+62 812 …`; the platform wants digits with the country. */
const phoneField = z
  .string()
  .max(30)
  .transform((text) => text.replace(/[^\d]/g, '').replace(/^0/, '62'))
  .refine((digits) => /^[1-9]\d{7,14}$/.test(digits), 'tulis nomor seperti 0812 3456 7890');

const stateWords: Record<ChannelView['health']['state'], string> = {
  starting: 'Sedang dinyalakan.',
  connected: 'Terhubung. Pesan masuk dan keluar.',
  needs_pairing: 'Perlu dipasangkan dengan telepon ruang.',
  reconnecting: 'Terputus, sedang menyambung lagi. Pesan keluar menunggu dan tidak hilang.',
  stuck: 'Macet: tampak hidup, tetapi tidak ada yang masuk. Coba nyalakan ulang.',
  stopped: 'Mati.',
};

/** How each channel is, and pairing the room's phone. */
export function channelRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/channels', allow('channels.read'), async (c) => {
      const views = await deps.channels.list();
      const items = await Promise.all(
        views.map(async ({ name, health }) => ({
          name: name as string,
          state: health.state as string,
          words: stateWords[health.state],
          detail: health.detail,
          since: health.since.toISOString(),
          qr: health.pairing?.qr
            ? await QRCode.toString(health.pairing.qr, { type: 'svg', margin: 1 })
            : null,
          code: health.pairing?.code ?? null,
        })),
      );
      const may = {
        logOut: deps.channels.logOut !== undefined,
        restart: deps.channels.restart !== undefined,
        pairByCode: deps.channels.pairByCode !== undefined,
      };
      return c.json({ items, may });
    })
    .post('/channels/:name/log-out', allow('channels.manage'), check('param', channelParam), async (c) => {
      const { name } = c.req.valid('param');
      if (!deps.channels.logOut)
        return refuse(c, 409, 'NOT_POSSIBLE', 'Kanal ini tidak bisa dilepas dari sini.');
      await record(deps, c.get('officer').id, 'channel_log_out', name);
      await deps.channels.logOut(name);
      return c.json({ ok: true as const });
    })
    .post(
      '/channels/:name/pair-by-code',
      allow('channels.manage'),
      check('param', channelParam),
      check('json', z.object({ phone: phoneField })),
      async (c) => {
        const { name } = c.req.valid('param');
        if (!deps.channels.pairByCode)
          return refuse(c, 409, 'NOT_POSSIBLE', 'Kanal ini tidak dipasangkan dengan kode.');
        await record(deps, c.get('officer').id, 'channel_pair', name);
        const given = await deps.channels.pairByCode(name, c.req.valid('json').phone);
        if (given.ok) return c.json({ code: given.code });
        return refuse(
          c,
          409,
          'NO_CODE',
          'WhatsApp belum memberi kode. Periksa nomornya, tunggu sebentar, lalu coba lagi.',
        );
      },
    )
    .post('/channels/:name/restart', allow('channels.manage'), check('param', channelParam), async (c) => {
      const { name } = c.req.valid('param');
      if (!deps.channels.restart)
        return refuse(c, 409, 'NOT_POSSIBLE', 'Kanal ini tidak bisa dinyalakan ulang dari sini.');
      await record(deps, c.get('officer').id, 'channel_restart', name);
      await deps.channels.restart(name);
      return c.json({ ok: true as const });
    });
}

/** Before it is done: a channel that hangs must not leave it unsaid who asked. */
function record(deps: DeskDeps, officerId: string, action: string, name: string): Promise<void> {
  return deps.transact((tx) =>
    writeAudit(tx, { officerId, action, subjectKind: 'channel', subjectId: name }),
  );
}
