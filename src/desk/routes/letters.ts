import { Hono } from 'hono';
import { carryLetter } from '../../actions/settle-letter.ts';
import { writeReading } from '../../actions/write-audit.ts';
import { letterFile, messageIdOf } from '../../mail/letter-file.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam } from '../fields.ts';
import { mayHandle } from '../may-handle.ts';
import type { DeskDeps } from '../ports.ts';
import { readLetter } from '../reads/letters.ts';
import { readRoomCalendar } from '../reads/room-calendar.ts';
import { check, refuse } from '../refusal.ts';
import { serveFile } from '../serve-file.ts';

const notWaiting = 'Surat ini tidak lagi menunggu: sudah dikirim, atau tidak jadi dikirim.';

/** Letters to agencies that nothing but an officer's hand sends. One of an erased concern is anybody's of the team. */
export function letterRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/letters/:id/file', allow('referral.handle'), check('param', idParam), async (c) => {
      const { id } = c.req.valid('param');
      const letter = await readLetter(deps.db, deps.vault, id);
      if (!letter) return refuse(c, 409, 'NOT_WAITING', notWaiting);
      const { concernId, code, to, subject, text } = letter;
      const refused = concernId === null ? null : await mayHandle(deps, c, concernId);
      if (refused) return refused;
      await deps.transact((tx) =>
        writeReading(tx, {
          officerId: c.get('officer').id,
          action: 'read_letter',
          ...(concernId === null
            ? { subjectKind: 'room', subjectId: 'letters' }
            : { subjectKind: 'concern', subjectId: concernId }),
          detail: { code },
        }),
      );
      const bytes = await letterFile(
        { to, subject, text, messageId: messageIdOf(id, deps.publicUrl) },
        deps.publicUrl,
      );
      return serveFile(c, { bytes, mime: 'message/rfc822', name: `${code}.eml` });
    })
    .post('/letters/:id/carried', allow('referral.handle'), check('param', idParam), async (c) => {
      const { id } = c.req.valid('param');
      const letter = await readLetter(deps.db, deps.vault, id);
      if (!letter) return refuse(c, 409, 'NOT_WAITING', notWaiting);
      const refused = letter.concernId === null ? null : await mayHandle(deps, c, letter.concernId);
      if (refused) return refused;
      const result = await deps.transact(async (tx) =>
        carryLetter(tx, {
          letterId: id,
          officerId: c.get('officer').id,
          calendar: await readRoomCalendar(tx),
        }),
      );
      return result.kind === 'carried'
        ? c.json({ ok: true as const })
        : refuse(c, 409, 'NOT_WAITING', notWaiting);
    });
}
