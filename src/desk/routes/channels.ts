import { Hono } from 'hono';
import type { Context } from 'hono';
import QRCode from 'qrcode';
import { z } from 'zod';
import { writeAudit } from '../../actions/write-audit.ts';
import type { ChannelAnswer } from '../../conversation/channel-request.ts';
import { channelNames } from '../../domain/message.ts';
import { formatInstant } from '../../domain/wita.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import type { ChannelView, DeskDeps } from '../ports.ts';
import { readHeldBack } from '../reads/held-back.ts';
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
  stuck: 'Macet. Dicoba dinyalakan ulang sendiri; pesan keluar menunggu dan tidak hilang.',
  stopped: 'Mati.',
};
const nobodyHoldsIt =
  'Tidak ada proses yang menjalankan kanal ini. Pesan keluar menunggu dan tidak hilang. Nyalakan prosesnya di server.';

function wordsOf({ state, detail }: ChannelView['health']): string {
  if (state !== 'needs_pairing' || !detail.startsWith('logged out')) return stateWords[state];
  return detail.includes('from the desk')
    ? 'Telepon ruang sudah dilepas dari meja ini. Pindai kodenya untuk memasangkannya lagi.'
    : 'Terlepas: perangkat ini dikeluarkan di telepon ruang. Pindai kodenya untuk memasangkannya lagi.';
}

/** How each channel is, and pairing the room's phone. */
export function channelRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/channels', allow('channels.read'), async (c) => {
      const [views, heldBack] = await Promise.all([deps.channels.list(), readHeldBack(deps.db)]);
      const items = await Promise.all(
        views.map(async ({ name, health, isPairable, isHeld }) => ({
          name: name as string,
          state: health.state as string,
          words: isHeld ? wordsOf(health) : nobodyHoldsIt,
          /** For whoever mends it, in English; the rest says all that there is to say. */
          detail: ['reconnecting', 'stuck'].includes(health.state) ? health.detail : null,
          since: health.since.toISOString(),
          qr: health.pairing?.qr
            ? await QRCode.toString(health.pairing.qr, { type: 'svg', margin: 1 })
            : null,
          code: health.pairing?.code ?? null,
          canPair: isPairable && isHeld,
          heldBack: heldBackWords(heldBack.get(name)),
        })),
      );
      return c.json({ items });
    })
    .post('/channels/:name/log-out', allow('channels.manage'), check('param', channelParam), async (c) => {
      const { name } = c.req.valid('param');
      await record(deps, c.get('officer').id, 'channel_log_out', name);
      const answer = await deps.channels.ask(name, { kind: 'log_out' });
      return answer.kind === 'done' ? c.json({ ok: true as const }) : sayNotDone(c, answer);
    })
    .post(
      '/channels/:name/pair-by-code',
      allow('channels.manage'),
      check('param', channelParam),
      check('json', z.object({ phone: phoneField })),
      async (c) => {
        const { name } = c.req.valid('param');
        await record(deps, c.get('officer').id, 'channel_pair', name);
        const { phone } = c.req.valid('json');
        const answer = await deps.channels.ask(name, { kind: 'pair_by_code', phone });
        return answer.kind === 'done' && answer.code !== null
          ? c.json({ code: answer.code })
          : sayNotDone(c, answer.kind === 'done' ? { kind: 'refused' } : answer);
      },
    )
    .post('/channels/:name/restart', allow('channels.manage'), check('param', channelParam), async (c) => {
      const { name } = c.req.valid('param');
      await record(deps, c.get('officer').id, 'channel_restart', name);
      const answer = await deps.channels.ask(name, { kind: 'restart' });
      return answer.kind === 'done' ? c.json({ ok: true as const }) : sayNotDone(c, answer);
    });
}

function sayNotDone(c: Context, answer: Exclude<ChannelAnswer, { kind: 'done' }>) {
  switch (answer.kind) {
    case 'not_pairable':
      return refuse(c, 409, 'NOT_POSSIBLE', 'Kanal ini tidak punya telepon yang dipasangkan.');
    case 'not_held':
      return refuse(c, 409, 'NOT_HELD', nobodyHoldsIt);
    case 'no_answer':
      return refuse(
        c,
        409,
        'NO_ANSWER',
        'Proses yang menjalankan kanal ini tidak menjawab. Lihat keadaannya sebentar lagi, atau periksa servernya.',
      );
    case 'refused':
      return refuse(
        c,
        409,
        'NO_CODE',
        'WhatsApp belum memberi kode. Periksa nomornya, tunggu sebentar, lalu coba lagi.',
      );
  }
}

function heldBackWords(held: { count: number; until: Date } | undefined): string | null {
  if (!held) return null;
  const until = formatInstant(held.until, 'id');
  return `Batas kiriman hari ini sudah tercapai: ${held.count} pesan menunggu sampai ${until}. Bantuan darurat tetap terkirim. Batasnya bisa dinaikkan di Pengaturan, Jam dan ruang.`;
}

/** Before it is done: a channel that hangs must not leave it unsaid who asked. */
function record(deps: DeskDeps, officerId: string, action: string, name: string): Promise<void> {
  return deps.transact((tx) =>
    writeAudit(tx, { officerId, action, subjectKind: 'channel', subjectId: name }),
  );
}
