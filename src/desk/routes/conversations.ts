import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { addNote } from '../../actions/add-note.ts';
import { claimHandoff } from '../../actions/claim-handoff.ts';
import type { ClaimHandoffResult } from '../../actions/claim-handoff.ts';
import { closeHandoff } from '../../actions/close-handoff.ts';
import type { NotHolder } from '../../actions/lock-conversation.ts';
import { inviteGuest, removeGuest } from '../../actions/invite-guest.ts';
import { returnToBot } from '../../actions/return-to-bot.ts';
import { revealAddress } from '../../actions/reveal-address.ts';
import { sendOfficerMessage } from '../../actions/send-officer-message.ts';
import { takeConversation } from '../../actions/take-conversation.ts';
import { transferHandoff } from '../../actions/transfer-handoff.ts';
import { writeReading } from '../../actions/write-audit.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam, onceKeyField, someWords, words } from '../fields.ts';
import { canReadConversation, canRevealConversation, canSteerConversation } from '../policy.ts';
import type { DeskDeps } from '../ports.ts';
import { findConversationSubject, readConversation } from '../reads/conversation.ts';
import { readThread } from '../reads/thread.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';
import { greeting, returned } from '../resident-words.ts';

const guestField = z.object({ officerId: z.guid() });
const closing = z.object({ word: words(4000) });

/** One chat: reading it, taking it, talking in it, giving it away. */
export function conversationRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/conversations/:id', allow('conversation.read'), check('param', idParam), async (c) => {
      const { id } = c.req.valid('param');
      const officer = c.get('officer');
      const subject = await findConversationSubject(deps.db, id);
      if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      if (!canReadConversation(officer, subject)) return notYours(c, subject.holderName);
      const view = await deps.transact(async (tx) => {
        await recordReading(tx, officer.id, id);
        return readConversation(tx, deps.vault, id);
      });
      if (!view) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      const may = {
        write: subject.holderId === officer.id,
        steer: canSteerConversation(officer, subject),
        claim: subject.isWaiting,
        reveal: canRevealConversation(officer, subject),
      };
      return c.json({ ...view, may });
    })
    .get(
      '/conversations/:id/messages',
      allow('conversation.read'),
      check('param', idParam),
      check('query', z.object({ before: z.coerce.number().int().positive().optional() })),
      async (c) => {
        const { id } = c.req.valid('param');
        const officer = c.get('officer');
        const subject = await findConversationSubject(deps.db, id);
        if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        if (!canReadConversation(officer, subject)) return notYours(c, subject.holderName);
        const page = await deps.transact(async (tx) => {
          await recordReading(tx, officer.id, id);
          const before = c.req.valid('query').before ?? null;
          return readThread(tx, deps.vault, { conversationId: id, before, limit: 80 });
        });
        return c.json(page);
      },
    )
    .post('/conversations/:id/claim', allow('handoff.claim'), check('param', idParam), async (c) => {
      const officer = c.get('officer');
      const result = await deps.transact((tx) =>
        claimHandoff(tx, {
          conversationId: c.req.valid('param').id,
          officerId: officer.id,
          greeting: greeting(officer.name),
        }),
      );
      return answerClaim(c, result);
    })
    .post('/conversations/:id/take', allow('conversation.take'), check('param', idParam), async (c) => {
      const officer = c.get('officer');
      const result = await deps.transact((tx) =>
        takeConversation(tx, {
          conversationId: c.req.valid('param').id,
          officerId: officer.id,
          greeting: greeting(officer.name),
        }),
      );
      return answerClaim(c, result);
    })
    .post(
      '/conversations/:id/messages',
      allow('conversation.write'),
      check('param', idParam),
      check(
        'json',
        z.object({
          text: someWords(8000),
          onceKey: onceKeyField,
          replyToMessageId: z.guid().nullable().default(null),
        }),
      ),
      async (c) => {
        const { text, onceKey, replyToMessageId } = c.req.valid('json');
        const result = await deps.transact((tx) =>
          sendOfficerMessage(tx, {
            conversationId: c.req.valid('param').id,
            officerId: c.get('officer').id,
            content: { kind: 'text', text },
            onceKey,
            replyToMessageId,
          }),
        );
        if (result.kind === 'sent' || result.kind === 'repeated')
          return c.json({ messageId: result.messageId });
        return answerNotHolder(c, result);
      },
    )
    .post(
      '/conversations/:id/notes',
      allow('note.write'),
      check('param', idParam),
      check('json', z.object({ body: someWords(8000) })),
      async (c) => {
        const { id } = c.req.valid('param');
        const officer = c.get('officer');
        const subject = await findConversationSubject(deps.db, id);
        if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        if (!canReadConversation(officer, subject)) return notYours(c, subject.holderName);
        const { body } = c.req.valid('json');
        await deps.transact((tx) => addNote(tx, { conversationId: id, officerId: officer.id, body }));
        return c.json({ ok: true as const });
      },
    )
    .post(
      '/conversations/:id/close',
      allow('handoff.close'),
      check('param', idParam),
      check('json', closing),
      async (c) => {
        const officer = c.get('officer');
        const result = await deps.transact((tx) =>
          closeHandoff(tx, {
            conversationId: c.req.valid('param').id,
            officerId: officer.id,
            outcome: 'closed',
            word: c.req.valid('json').word,
            mayOverride: officer.role === 'supervisor',
          }),
        );
        return result.kind === 'closed' ? c.json({ ok: true as const }) : answerNotHolder(c, result);
      },
    )
    .post(
      '/conversations/:id/return',
      allow('handoff.close'),
      check('param', idParam),
      check('json', closing),
      async (c) => {
        const officer = c.get('officer');
        const { word } = c.req.valid('json');
        const result = await deps.transact((tx) =>
          returnToBot(tx, {
            conversationId: c.req.valid('param').id,
            officerId: officer.id,
            word: word === '' ? returned : word,
            mayOverride: officer.role === 'supervisor',
          }),
        );
        return result.kind === 'closed' ? c.json({ ok: true as const }) : answerNotHolder(c, result);
      },
    )
    .post(
      '/conversations/:id/transfer',
      allow('handoff.transfer'),
      check('param', idParam),
      check('json', z.object({ toOfficerId: z.guid().nullable(), note: words(8000) })),
      async (c) => {
        const officer = c.get('officer');
        const result = await deps.transact((tx) =>
          transferHandoff(tx, {
            conversationId: c.req.valid('param').id,
            officerId: officer.id,
            ...c.req.valid('json'),
            mayOverride: officer.role === 'supervisor',
          }),
        );
        if (result.kind === 'transferred') return c.json({ to: result.to });
        if (result.kind === 'unknown_officer') {
          return refuse(c, 400, 'UNKNOWN_OFFICER', 'Petugas itu tidak aktif lagi. Pilih petugas lain.');
        }
        return answerNotHolder(c, result);
      },
    )
    .post('/conversations/:id/reveal', allow('conversation.reveal'), check('param', idParam), async (c) => {
      const { id } = c.req.valid('param');
      const officer = c.get('officer');
      const subject = await findConversationSubject(deps.db, id);
      if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      if (!canRevealConversation(officer, subject)) return notYours(c, subject.holderName);
      const revealed = await deps.transact((tx) =>
        revealAddress(tx, { conversationId: id, officerId: officer.id }),
      );
      return revealed ? c.json(revealed) : refuse(c, 404, 'NOT_FOUND', notFoundSentence);
    })
    .post(
      '/conversations/:id/guests',
      allow('handoff.invite'),
      check('param', idParam),
      check('json', guestField),
      async (c) => {
        const result = await deps.transact((tx) =>
          inviteGuest(tx, {
            conversationId: c.req.valid('param').id,
            officerId: c.get('officer').id,
            guestId: c.req.valid('json').officerId,
          }),
        );
        if (result.kind === 'invited') return c.json({ name: result.name });
        if (result.kind === 'unknown_officer')
          return refuse(c, 400, 'UNKNOWN_OFFICER', 'Rekan itu tidak bisa diajak. Pilih rekan lain.');
        return answerNotHolder(c, result);
      },
    )
    .post(
      '/conversations/:id/guests/remove',
      allow('handoff.invite'),
      check('param', idParam),
      check('json', guestField),
      async (c) => {
        const result = await deps.transact((tx) =>
          removeGuest(tx, {
            conversationId: c.req.valid('param').id,
            officerId: c.get('officer').id,
            guestId: c.req.valid('json').officerId,
          }),
        );
        return result.kind === 'removed' ? c.json({ ok: true as const }) : answerNotHolder(c, result);
      },
    );
}

function recordReading(tx: Parameters<typeof writeReading>[0], officerId: string, conversationId: string) {
  return writeReading(tx, {
    officerId,
    action: 'read_conversation',
    subjectKind: 'conversation',
    subjectId: conversationId,
  });
}

function notYours(c: Context, holderName: string | null) {
  const sentence = holderName
    ? `Chat ini dipegang ${holderName}. Hanya ${holderName} dan supervisor yang boleh membacanya.`
    : 'Chat ini sedang dipegang bot. Ambil dulu bila Anda perlu membacanya.';
  return refuse(c, 403, holderName ? 'NOT_YOURS' : 'NOBODYS', sentence);
}

function answerClaim(c: Context, result: ClaimHandoffResult) {
  switch (result.kind) {
    case 'claimed':
    case 'already_yours':
      return c.json({ ok: true as const });
    case 'held_by_other':
      return refuse(c, 409, 'TAKEN', `Sudah diambil ${result.by.name}.`);
    case 'not_waiting':
      return refuse(c, 409, 'NOT_WAITING', 'Warga ini tidak lagi menunggu petugas.');
    case 'not_found':
      return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
  }
}

function answerNotHolder(c: Context, result: NotHolder) {
  switch (result.kind) {
    case 'not_found':
      return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
    case 'not_held':
      return refuse(c, 409, 'NOT_HELD', 'Ambil chat ini dulu, baru bisa membalas atau menutupnya.');
    case 'held_by_other':
      return refuse(c, 403, 'HELD_BY_OTHER', `Chat ini dipegang ${result.by.name}.`);
  }
}
