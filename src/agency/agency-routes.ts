import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { agencySteps, noteAgencyStep } from '../actions/note-agency-step.ts';
import type { AgencyStep } from '../actions/note-agency-step.ts';
import { openReferralFile, openReferralLink } from '../actions/open-referral-link.ts';
import type { OpenedReferral } from '../actions/open-referral-link.ts';
import { networkAddress } from '../desk/network-address.ts';
import { serveFile } from '../desk/serve-file.ts';
import { fileName } from '../domain/referral-packet.ts';
import { dayOf } from '../domain/wita.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import type { FileStore } from '../store/file-store.ts';
import type { RoomFactsReader } from '../store/room-facts.ts';
import type { Transact } from '../store/transact.ts';
import { closedPage, referralPage, tooManyPage } from './agency-page.ts';
import type { Note, Sender, Typed } from './agency-page.ts';
import { agencyStyle, weave } from './agency-style.ts';

export type AgencyDeps = {
  db: Database;
  transact: Transact;
  files: Pick<FileStore, 'get'>;
  facts: RoomFactsReader;
  clock: Clock;
  /** 0 when this network address may ask once more now. */
  allowance: { take(key: string): number };
};

const pagePolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** 32 random bytes; anything else was not made here. */
const tokenShape = /^[\w-]{43}$/;
const untyped: Typed = { words: '', expectedBy: '', betterAgencyId: '' };
const longest = 8000;

/**
 * An agency's page, mounted at `/rujukan`: whoever has the link in the letter sees the packet and says what becomes of
 * it. Only a POST changes anything, for mail scanners follow every link; nothing needs a script or an account.
 */
export function agencyRoutes(deps: AgencyDeps): Hono {
  const sender = async (): Promise<Sender> => {
    const { room } = (await deps.facts.read()).calendar;
    return { room: room.name, place: room.place, address: room.address };
  };
  const closed = async (c: Context) => c.html(closedPage(await sender()), 404);

  const show = async (
    c: Context,
    opened: OpenedReferral,
    more: { status?: 200 | 400 | 409; note?: Note; typed?: Typed } = {},
  ) => {
    const agencies = await deps.db.query<{ id: string; name: string }>(
      `SELECT id, name FROM agency WHERE is_active AND id <> $1 ORDER BY name`,
      [opened.agencyId],
    );
    const body = referralPage({
      from: await sender(),
      opened,
      token: c.req.param('token') ?? '',
      now: deps.clock.now(),
      note: more.note ?? null,
      typed: more.typed ?? untyped,
      agencies: agencies.rows,
    });
    return c.html(body, more.status ?? 200);
  };

  const openLink = (token: string) => deps.transact((tx) => openReferralLink(tx, { token }));

  return new Hono()
    .use(async (c, next) => {
      await next();
      if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', pagePolicy);
      c.header('x-content-type-options', 'nosniff');
      c.header('x-frame-options', 'DENY');
      c.header('x-robots-tag', 'noindex, nofollow');
      // The address is the key: no other page may learn it.
      c.header('referrer-policy', 'no-referrer');
      c.header('cross-origin-opener-policy', 'same-origin');
      c.header('cross-origin-resource-policy', 'same-origin');
      if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
    })
    .get('/-/style.css', (c) =>
      c.body(agencyStyle, 200, {
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'public, max-age=3600',
      }),
    )
    .get('/-/weave.svg', (c) =>
      c.body(weave, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }),
    )
    .use('/:token/*', async (c, next) => {
      const wait = deps.allowance.take(networkAddress(c));
      if (wait > 0) {
        c.header('retry-after', String(Math.ceil(wait)));
        return c.html(tooManyPage(await sender()), 429);
      }
      if (!tokenShape.test(c.req.param('token'))) return closed(c);
      return next();
    })
    .get('/:token', async (c) => {
      const opened = await openLink(c.req.param('token'));
      if (!opened) return closed(c);
      const done = agencySteps.find((step) => step === c.req.query('sudah'));
      return show(c, opened, done === undefined ? {} : { note: { isBad: false, text: doneWords[done] } });
    })
    .get('/:token/berkas/:id', async (c) => {
      const attachmentId = z.guid().safeParse(c.req.param('id'));
      if (!attachmentId.success) return closed(c);
      const file = await deps.transact((tx) =>
        openReferralFile(tx, { token: c.req.param('token'), attachmentId: attachmentId.data }),
      );
      const bytes = file && (await deps.files.get(file.fileKey));
      // The name that the resident's file had may tell who they are.
      return bytes ? serveFile(c, { bytes, mime: file.mime, name: fileName(file.kind) }) : closed(c);
    })
    .post(
      '/:token',
      bodyLimit({ maxSize: 128 * 1024, onError: (c) => c.text('Terlalu panjang.', 413) }),
      async (c) => {
        const token = c.req.param('token');
        const opened = await openLink(token);
        if (!opened) return closed(c);
        const form: Record<string, unknown> = await c.req.parseBody().catch(() => ({}));
        const typed: Typed = {
          words: textOf(form['words']),
          expectedBy: textOf(form['expectedBy']),
          betterAgencyId: textOf(form['betterAgencyId']),
        };
        const wrong = (text: string) => show(c, opened, { status: 400, note: { isBad: true, text }, typed });
        const step = agencySteps.find((one) => one === form['step']);
        if (step === undefined || opened.kind === 'over') return show(c, opened);
        if (step !== 'acknowledge' && typed.words === '')
          return wrong('Tulis dulu satu dua kalimat, supaya petugas kami tahu apa yang disampaikan.');
        if (typed.words.length > longest)
          return wrong(`Tulisannya terlalu panjang, paling banyak ${longest} huruf.`);
        const today = dayOf(deps.clock.now());
        const isDay = typed.expectedBy === '' || z.iso.date().safeParse(typed.expectedBy).success;
        if (!isDay || (typed.expectedBy !== '' && typed.expectedBy < today))
          return wrong('Perkiraan selesai belum benar. Pilih tanggal mulai hari ini, atau kosongkan.');
        const better = await deps.db.query<{ id: string }>(`SELECT id FROM agency WHERE id = $1`, [
          typed.betterAgencyId,
        ]);
        const { calendar } = await deps.facts.read();
        const noted = await deps.transact((tx) =>
          noteAgencyStep(tx, {
            referralId: opened.id,
            version: Number(form['version']),
            step,
            words: typed.words === '' ? null : typed.words,
            expectedBy: typed.expectedBy === '' || step === 'disown' ? null : typed.expectedBy,
            betterAgencyId: step === 'disown' ? (better.rows[0]?.id ?? null) : null,
            officerId: null,
            calendar,
          }),
        );
        // To a page of its own, so that reading it again does not say it again.
        if (noted.kind === 'noted') return c.redirect(`/rujukan/${token}?sudah=${step}`, 303);
        const now = await openLink(token);
        return now
          ? show(c, now, { status: 409, note: { isBad: true, text: staleWords }, typed })
          : closed(c);
      },
    )
    .all('*', closed);
}

const doneWords: Readonly<Record<AgencyStep, string>> = {
  acknowledge: 'Terima kasih. Warganya sudah kami beri tahu bahwa rujukan ini sudah Anda terima.',
  follow_up: 'Terima kasih, kabar Anda sudah kami terima.',
  answer: 'Terima kasih, jawaban Anda sudah kami terima.',
  disown: 'Terima kasih, petugas kami akan mencari tempat yang tepat.',
};

const staleWords =
  'Sementara halaman ini terbuka, sudah ada langkah lain pada rujukan ini (mungkin dari tab lain, atau Anda menekan dua kali). Ini keadaannya sekarang; yang Anda tulis masih ada di bawah, kirim lagi bila memang perlu.';

// oxlint-disable-next-line no-control-regex -- exactly these are meant
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').replace(control, '').trim() : '';
}
