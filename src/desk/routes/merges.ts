import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { mergeResidents } from '../../actions/merge-residents.ts';
import type { MergeResult } from '../../actions/merge-residents.ts';
import { undoMerge } from '../../actions/undo-merge.ts';
import { formatMoment } from '../../domain/wita.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam, line } from '../fields.ts';
import { canReadConversation } from '../policy.ts';
import type { DeskDeps } from '../ports.ts';
import { findConversationSubject } from '../reads/conversation.ts';
import { findResidentByCode, findResidentOf, readMerges, readMergeSide } from '../reads/merge.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';

const codeField = z.object({ code: line(20) });
const noSuchCode = 'Tidak ada jadwal atau curhat dengan kode itu. Periksa lagi, seperti BST-4K7Q2M.';

/** Two chats of one person, made one and taken apart again: every time by a named officer, and written down. */
export function mergeRoutes(deps: DeskDeps) {
  /** The resident of a chat that this officer may open, or the refusal. */
  const residentOf = async (c: Context<DeskEnv>, conversationId: string) => {
    const subject = await findConversationSubject(deps.db, conversationId);
    const residentId = subject && (await findResidentOf(deps.db, conversationId));
    if (!subject || !residentId) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
    if (!canReadConversation(c.get('officer'), subject))
      return refuse(c, 403, 'NOT_YOURS', 'Ambil chat ini dulu, baru bisa disatukan dengan yang lain.');
    return residentId;
  };

  return new Hono<DeskEnv>()
    .get('/conversations/:id/merges', allow('resident.merge'), check('param', idParam), async (c) => {
      const residentId = await residentOf(c, c.req.valid('param').id);
      if (typeof residentId !== 'string') return residentId;
      return c.json({ items: await readMerges(deps.db, residentId) });
    })
    .get(
      '/conversations/:id/merge-preview',
      allow('resident.merge'),
      check('param', idParam),
      check('query', codeField),
      async (c) => {
        const residentId = await residentOf(c, c.req.valid('param').id);
        if (typeof residentId !== 'string') return residentId;
        const otherId = await findResidentByCode(deps.db, c.req.valid('query').code);
        const here = await readMergeSide(deps.db, deps.vault, residentId);
        const there = otherId && (await readMergeSide(deps.db, deps.vault, otherId));
        if (!here || !there) return refuse(c, 404, 'NO_SUCH_CODE', noSuchCode);
        return c.json({ here, there, isSame: residentId === otherId });
      },
    )
    .post(
      '/conversations/:id/merge',
      allow('resident.merge'),
      check('param', idParam),
      check('json', codeField),
      async (c) => {
        const residentId = await residentOf(c, c.req.valid('param').id);
        if (typeof residentId !== 'string') return residentId;
        const otherId = await findResidentByCode(deps.db, c.req.valid('json').code);
        if (!otherId) return refuse(c, 404, 'NO_SUCH_CODE', noSuchCode);
        const result = await deps.transact((tx) =>
          mergeResidents(tx, { residentId, otherId, how: 'desk', officerId: c.get('officer').id }),
        );
        return result.kind === 'merged' ? c.json({ mergeId: result.mergeId }) : answerNotMerged(c, result);
      },
    )
    .post('/merges/:id/undo', allow('resident.merge'), check('param', idParam), async (c) => {
      const result = await deps.transact((tx) =>
        undoMerge(tx, { mergeId: c.req.valid('param').id, officerId: c.get('officer').id }),
      );
      switch (result.kind) {
        case 'undone':
          return c.json({ ok: true as const });
        case 'already_undone':
          return refuse(c, 409, 'ALREADY_UNDONE', 'Penyatuan ini sudah dibatalkan.');
        case 'merged_again':
          return refuse(
            c,
            409,
            'MERGED_AGAIN',
            'Sesudah itu warga ini disatukan lagi dengan yang lain. Batalkan dulu penyatuan yang terakhir.',
          );
        case 'not_found':
          return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      }
    });
}

function answerNotMerged(c: Context, result: Exclude<MergeResult, { kind: 'merged' }>) {
  switch (result.kind) {
    case 'same':
      return refuse(c, 409, 'SAME', 'Kode itu memang milik warga di chat ini.');
    case 'two_drafts':
      return refuse(
        c,
        409,
        'TWO_DRAFTS',
        'Di kedua chat warga masih menulis curhat. Tunggu sampai salah satunya selesai.',
      );
    case 'two_bookings': {
      const named = [result.ours, result.theirs].map(
        ({ code, day, time }) => `${code} (${formatMoment(day, time, 'id')})`,
      );
      const sentence = `Keduanya masih punya jadwal: ${named.join(' dan ')}. Satu orang satu jadwal; batalkan dulu salah satunya.`;
      return refuse(c, 409, 'TWO_BOOKINGS', sentence);
    }
    case 'not_found':
      return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
  }
}
