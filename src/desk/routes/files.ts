import { Hono } from 'hono';
import { z } from 'zod';
import { sendOfficerMessage } from '../../actions/send-officer-message.ts';
import { dropFile } from '../../store/drop-file.ts';
import { sealed } from '../../store/sealed.ts';
import { allow } from '../allow.ts';
import type { DeskEnv, SignedIn } from '../allow.ts';
import { kindOfBytes } from '../file-kinds.ts';
import { idParam, onceKeyField, orNothing } from '../fields.ts';
import { canReadConcern, canReadConversation, canWriteConversation } from '../policy.ts';
import type { DeskDeps } from '../ports.ts';
import { findConcernSubject } from '../reads/concern-subject.ts';
import { findConversationSubject } from '../reads/conversation.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';
import { serveFile } from '../serve-file.ts';

const maxUploadBytes = 10 * 1024 * 1024;

/** Files of messages, both ways. Whoever may read the message may have its file. */
export function fileRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/files/:id', allow('conversation.read'), check('param', idParam), async (c) => {
      const { rows } = await deps.db.query<{
        conversation_id: string;
        concern_id: string | null;
        mime: string | null;
        name_sealed: Uint8Array | null;
        file_key: string | null;
      }>(
        `SELECT m.conversation_id, m.concern_id, t.mime, t.name_sealed, t.file_key
           FROM attachment t JOIN message m ON m.id = t.message_id
          WHERE t.id = $1 AND t.status = 'stored'`,
        [c.req.valid('param').id],
      );
      const row = rows[0];
      if (!row?.file_key || !(await mayRead(deps, c.get('officer'), row))) {
        return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      }
      const bytes = await deps.files.get(row.file_key);
      if (!bytes) return refuse(c, 404, 'GONE', 'Berkas ini sudah tidak tersimpan.');
      const name =
        row.name_sealed === null ? null : deps.vault.openText(row.name_sealed, sealed.attachmentName);
      return serveFile(c, { bytes, mime: row.mime, name });
    })
    .put(
      '/conversations/:id/files',
      allow('conversation.write'),
      check('param', idParam),
      check('query', z.object({ name: orNothing(120), caption: orNothing(1000), onceKey: onceKeyField })),
      async (c) => {
        const { id } = c.req.valid('param');
        const officer = c.get('officer');
        const subject = await findConversationSubject(deps.db, id);
        if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        if (!canWriteConversation(officer, subject)) {
          return refuse(c, 403, 'NOT_YOURS', 'Ambil chat ini dulu, baru bisa mengirim berkas.');
        }
        const length = Number(c.req.header('content-length') ?? Number.NaN);
        if (length > maxUploadBytes)
          return refuse(c, 413, 'TOO_LARGE', 'Berkas lebih dari 10 MB. Kecilkan dulu.');
        const bytes = new Uint8Array(await c.req.arrayBuffer());
        if (bytes.length > maxUploadBytes)
          return refuse(c, 413, 'TOO_LARGE', 'Berkas lebih dari 10 MB. Kecilkan dulu.');
        const mime = kindOfBytes(bytes);
        if (mime === null) {
          return refuse(
            c,
            415,
            'WRONG_KIND',
            'Yang bisa dikirim: foto (JPG, PNG, WebP), PDF, dan pesan suara (OGG).',
          );
        }
        const { name, caption, onceKey } = c.req.valid('query');
        const fileKey = await deps.files.put(bytes, { kind: 'attachment' });
        const result = await deps.transact((tx) =>
          sendOfficerMessage(tx, {
            conversationId: id,
            officerId: officer.id,
            onceKey,
            content: {
              kind: 'file',
              name: name ?? 'berkas',
              mime,
              source: { from: 'store', fileKey, size: bytes.length },
              caption,
            },
          }),
        );
        if (result.kind === 'sent') return c.json({ messageId: result.messageId });
        // A repeat, or the chat was taken away meanwhile: the message does not use these bytes.
        await dropFile(deps.db, fileKey);
        if (result.kind === 'repeated') return c.json({ messageId: result.messageId });
        return refuse(c, 409, 'NOT_HELD', 'Chat ini tidak lagi Anda pegang.');
      },
    );
}

/** By the conversation or by the concern that the message is filed under. */
async function mayRead(
  deps: DeskDeps,
  officer: SignedIn,
  message: { conversation_id: string; concern_id: string | null },
): Promise<boolean> {
  const subject = await findConversationSubject(deps.db, message.conversation_id);
  if (subject && canReadConversation(officer, subject)) return true;
  if (message.concern_id === null) return false;
  const concern = await findConcernSubject(deps, message.concern_id);
  return concern !== null && canReadConcern(officer, concern);
}
