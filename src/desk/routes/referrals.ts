import { Hono } from 'hono';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { approveInRoom, askApproval } from '../../actions/ask-approval.ts';
import type { NotMoved } from '../../actions/hold-referral.ts';
import { agencySteps, noteAgencyStep } from '../../actions/note-agency-step.ts';
import { handInReferral, sendReferral } from '../../actions/send-referral.ts';
import { withdrawReferral } from '../../actions/withdraw-referral.ts';
import { writeReading } from '../../actions/write-audit.ts';
import { beginReferral, editPacket, rerouteReferral } from '../../actions/write-packet.ts';
import type { BeginReferralResult, RerouteResult } from '../../actions/write-packet.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { dayField, idParam, line, orNothing, someWords } from '../fields.ts';
import { mayHandle } from '../may-handle.ts';
import { canHandleConcern, canReadConcern } from '../policy.ts';
import type { DeskDeps } from '../ports.ts';
import { findConcernSubject } from '../reads/concern-subject.ts';
import { readFailedLetters, readOverdue, readWaitingLetters } from '../reads/referral-lists.ts';
import { readConcernFiles, readProposal, readReferrals } from '../reads/referrals.ts';
import { readRoomCalendar } from '../reads/room-calendar.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';

const agencyId = z.string().min(1).max(80);
const packet = z.object({
  agencyId,
  summary: someWords(4000),
  attachmentIds: z.array(z.guid()).max(20),
});
const versioned = z.object({ version: z.int() });

const stepFields = versioned
  .extend({
    step: z.enum(agencySteps),
    words: orNothing(8000),
    expectedBy: dayField.nullable(),
    betterAgencyId: agencyId.nullable(),
  })
  .refine(({ step, words }) => words !== null || step === 'acknowledge', {
    path: ['words'],
    message: 'tulis apa kata instansi',
  });

/** Concerns handed to agencies: the packet, the resident's yes, sending, what came back, and what is late. */
export function referralRoutes(deps: DeskDeps) {
  /** Only who handles the referral's concern goes on. */
  const handled = createMiddleware<DeskEnv>(async (c, next) => {
    const { rows } = await deps.db.query<{ concern_id: string }>(
      `SELECT concern_id FROM referral WHERE id = $1`,
      [c.req.param('id')],
    );
    const refused = await mayHandle(deps, c, rows[0]?.concern_id);
    if (refused) return refused;
    await next();
    return undefined;
  });
  const stepOf = (c: Context<DeskEnv>) => ({
    referralId: c.req.param('id') ?? '',
    officerId: c.get('officer').id,
  });

  return new Hono<DeskEnv>()
    .get('/concerns/:id/referral', allow('referral.read'), check('param', idParam), async (c) => {
      const { id } = c.req.valid('param');
      const officer = c.get('officer');
      const subject = await findConcernSubject(deps, id);
      if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      if (!canReadConcern(officer, subject))
        return refuse(
          c,
          403,
          'NOT_YOURS',
          'Rujukan curhat ini hanya untuk yang menanganinya dan supervisor.',
        );
      const view = await deps.transact(async (tx) => {
        await writeReading(tx, {
          officerId: officer.id,
          action: 'read_referral',
          subjectKind: 'concern',
          subjectId: id,
          detail: { code: subject.code },
        });
        return {
          referrals: await readReferrals(tx, id),
          proposal: await readProposal(tx, id),
          files: await readConcernFiles(tx, tx.vault, id),
        };
      });
      return c.json({
        ...view,
        /** False: letters wait for an officer to send them by hand. */
        hasMailServer: deps.hasMailServer ?? false,
        mayHandle: canHandleConcern(officer, subject),
      });
    })
    .post(
      '/concerns/:id/referral',
      allow('referral.handle'),
      check('param', idParam),
      check('json', packet),
      async (c) => {
        const { id } = c.req.valid('param');
        const refused = await mayHandle(deps, c, id);
        if (refused) return refused;
        const result = await deps.transact((tx) =>
          beginReferral(tx, { concernId: id, officerId: c.get('officer').id, packet: c.req.valid('json') }),
        );
        if (result.kind === 'written')
          return c.json({ referralId: result.referralId, version: result.version });
        return notBegun(c, result);
      },
    )
    .post(
      '/referrals/:id/packet',
      allow('referral.handle'),
      check('param', idParam),
      handled,
      check('json', versioned.extend(packet.shape)),
      async (c) => {
        const { version, ...given } = c.req.valid('json');
        const result = await deps.transact((tx) => editPacket(tx, { ...stepOf(c), version, packet: given }));
        if (result.kind === 'written') return c.json({ version: result.version });
        if (result.kind === 'unknown_agency' || result.kind === 'unknown_file') return badPacket(c, result);
        return notMoved(c, result);
      },
    )
    .post(
      '/referrals/:id/ask',
      allow('referral.handle'),
      check('param', idParam),
      handled,
      check('json', versioned),
      async (c) => {
        const result = await deps.transact((tx) => askApproval(tx, { ...stepOf(c), ...c.req.valid('json') }));
        if (result.kind === 'asked') return c.json({ version: result.version });
        if (result.kind === 'no_chat')
          return refuse(
            c,
            409,
            'NO_CHAT',
            'Warga ini tidak punya chat. Tunjukkan ringkasannya di ruang, lalu catat persetujuannya.',
          );
        return notMoved(c, result);
      },
    )
    .post(
      '/referrals/:id/approve-in-room',
      allow('referral.handle'),
      check('param', idParam),
      handled,
      check('json', versioned.extend({ isNameShared: z.boolean() })),
      async (c) => {
        const result = await deps.transact((tx) =>
          approveInRoom(tx, { ...stepOf(c), ...c.req.valid('json') }),
        );
        if (result.kind === 'approved') return c.json({ version: result.version });
        if (result.kind === 'has_chat')
          return refuse(
            c,
            409,
            'HAS_CHAT',
            'Warga ini punya chat. Minta persetujuannya di sana, supaya ia melihat ringkasannya sendiri.',
          );
        if (result.kind === 'no_name')
          return refuse(c, 409, 'NO_NAME', 'Nama warga ini belum ada, jadi tidak bisa disertakan.');
        return notMoved(c, result);
      },
    )
    .post(
      '/referrals/:id/send',
      allow('referral.handle'),
      check('param', idParam),
      handled,
      check('json', versioned),
      async (c) => {
        const result = await deps.transact(async (tx) =>
          sendReferral(tx, {
            ...stepOf(c),
            publicUrl: deps.publicUrl,
            calendar: await readRoomCalendar(tx),
            ...c.req.valid('json'),
          }),
        );
        switch (result.kind) {
          case 'sending':
            return c.json({ version: result.version });
          case 'no_mailbox':
            return refuse(
              c,
              409,
              'NO_MAILBOX',
              'Instansi ini belum punya alamat surel. Isi di Pengaturan, Instansi, atau pakai SP4N-LAPOR!.',
            );
          case 'agency_closed':
            return refuse(c, 409, 'AGENCY_CLOSED', 'Instansi ini sudah tidak dipakai. Pilih yang lain.');
          default:
            return notReady(c, result);
        }
      },
    )
    .post(
      '/referrals/:id/lapor',
      allow('referral.handle'),
      check('param', idParam),
      handled,
      check('json', versioned.extend({ laporId: line(40) })),
      async (c) => {
        const result = await deps.transact(async (tx) =>
          handInReferral(tx, {
            ...stepOf(c),
            calendar: await readRoomCalendar(tx),
            ...c.req.valid('json'),
          }),
        );
        return result.kind === 'sent' ? c.json({ version: result.version }) : notReady(c, result);
      },
    )
    .post(
      '/referrals/:id/withdraw',
      allow('referral.handle'),
      check('param', idParam),
      handled,
      check('json', versioned.extend({ reason: orNothing(2000) })),
      async (c) => {
        const result = await deps.transact(async (tx) =>
          withdrawReferral(tx, {
            ...stepOf(c),
            calendar: await readRoomCalendar(tx),
            ...c.req.valid('json'),
          }),
        );
        return result.kind === 'withdrawn' ? c.json({ version: result.version }) : notMoved(c, result);
      },
    )
    .post(
      '/referrals/:id/reroute',
      allow('referral.handle'),
      check('param', idParam),
      handled,
      check('json', z.object({ agencyId })),
      async (c) => {
        const result = await deps.transact((tx) =>
          rerouteReferral(tx, { ...stepOf(c), ...c.req.valid('json') }),
        );
        if (result.kind === 'written')
          return c.json({ referralId: result.referralId, version: result.version });
        return notBegun(c, result);
      },
    )
    .post(
      '/referrals/:id/record',
      allow('referral.handle'),
      check('param', idParam),
      handled,
      check('json', stepFields),
      async (c) => {
        const result = await deps.transact(async (tx) =>
          noteAgencyStep(tx, {
            ...stepOf(c),
            calendar: await readRoomCalendar(tx),
            ...c.req.valid('json'),
          }),
        );
        return result.kind === 'noted' ? c.json({ version: result.version }) : notMoved(c, result);
      },
    )
    .get('/referrals/overdue', allow('referral.overdue'), async (c) =>
      c.json({ items: await readOverdue(deps.db, deps.clock.now()) }),
    )
    .get('/referrals/unsent', allow('referral.read'), async (c) =>
      c.json({
        items: await readFailedLetters(deps.db),
        waiting: await readWaitingLetters(deps.db, c.get('officer'), deps.clock.now()),
      }),
    );
}

function notMoved(c: Context, result: NotMoved) {
  if (result.kind === 'not_found') return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
  return refuse(c, 409, 'CHANGED', 'Rujukan ini baru saja berubah. Lihat dulu keadaannya, lalu coba lagi.');
}

function notReady(c: Context, result: { kind: 'not_approved' } | { kind: 'settled' } | NotMoved) {
  if (result.kind === 'not_approved')
    return refuse(
      c,
      409,
      'NOT_APPROVED',
      'Isinya tidak lagi sama dengan yang disetujui warga. Minta persetujuannya sekali lagi.',
    );
  return result.kind === 'settled' ? alreadySettled(c) : notMoved(c, result);
}

function alreadySettled(c: Context) {
  return refuse(c, 409, 'SETTLED', 'Curhat ini sudah beres menurut warganya.');
}

function badPacket(c: Context, result: { kind: 'unknown_agency' } | { kind: 'unknown_file' }) {
  return result.kind === 'unknown_agency'
    ? refuse(c, 400, 'UNKNOWN_AGENCY', 'Instansi itu tidak ada lagi. Pilih yang lain.')
    : refuse(c, 400, 'UNKNOWN_FILE', 'Ada lampiran yang bukan dari curhat ini atau sudah dihapus.');
}

function notBegun(c: Context, result: Exclude<BeginReferralResult | RerouteResult, { kind: 'written' }>) {
  switch (result.kind) {
    case 'open_already':
      return refuse(
        c,
        409,
        'OPEN_ALREADY',
        'Curhat ini sedang dirujuk. Selesaikan atau tarik dulu yang itu.',
      );
    case 'settled':
      return alreadySettled(c);
    case 'not_closed':
      return refuse(c, 409, 'NOT_CLOSED', 'Rujukan ini masih berjalan. Tarik dulu, atau ubah ringkasannya.');
    case 'not_found':
      return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
    default:
      return badPacket(c, result);
  }
}
