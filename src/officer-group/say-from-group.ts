import type { GroupEvent } from '../../bots/officer-group.ts';
import { sendOfficerMessage } from '../actions/send-officer-message.ts';
import type { SendOfficerMessageResult } from '../actions/send-officer-message.ts';
import { can } from '../desk/policy.ts';
import { pinned } from '../desk/resident-words.ts';
import type { OutboundInput } from '../domain/message.ts';
import type { Language } from '../domain/wita.ts';
import { dropFile } from '../store/drop-file.ts';
import { groupWords } from './group-words.ts';
import type { Handled, HandleDeps, WaitingEvent } from './handle-events.ts';
import type { KnownOfficer } from './known-officer.ts';
import { noteSaid } from './note-said.ts';

type Said = Extract<GroupEvent, { kind: 'message' }>;
type Target = {
  conversation_id: string;
  language: Language;
  /** Null: nobody holds it. */
  holder_id: string | null;
  holder_name: string | null;
};

/** A message of an officer in a topic goes to the resident, if that officer holds the chat. */
export async function sayFromGroup(
  deps: HandleDeps,
  event: WaitingEvent,
  officer: KnownOfficer,
  said: Said,
): Promise<Handled> {
  if (!can(officer, 'conversation.write')) return { kind: 'handled', answer: groupWords.notAllowed };
  const { rows } = await deps.db.query<Target>(
    `SELECT t.conversation_id, r.language, o.id AS holder_id, o.name AS holder_name
       FROM handoff_topic t JOIN handoff h ON h.id = t.handoff_id
       JOIN conversation c ON c.id = t.conversation_id JOIN address a ON a.id = c.address_id
       JOIN resident r ON r.id = a.resident_id
       LEFT JOIN officer o ON o.id = h.officer_id AND h.status = 'held' WHERE t.id = $1`,
    [event.topic_id],
  );
  const target = rows[0];
  if (!target) return { kind: 'handled', answer: groupWords.gone };
  const { content } = said;
  if (content.kind !== 'media') {
    const words = sayable(content, target.language);
    if (!words) return { kind: 'handled', answer: groupWords.notSentUnreadable };
    return { kind: 'handled', answer: answerOf(await send(deps, event, officer, { target, said, words })) };
  }

  // Fetched only for who may send it; whether they still hold the chat is asked again under its lock.
  if (target.holder_id !== officer.id) {
    const { holder_name: name } = target;
    return { kind: 'handled', answer: name ? groupWords.notSentHeldBy(name) : groupWords.notSentNobody };
  }
  const { media, caption } = content;
  const fetched = await deps.fetchMedia(media.ref ?? '', await deps.maxFileBytes());
  if (!fetched.ok) {
    if (fetched.outcome === 'retry') return { kind: 'again', reason: fetched.reason };
    const answer = fetched.outcome === 'too_large' ? groupWords.notSentTooLarge : groupWords.notSentGone;
    return { kind: 'handled', answer };
  }
  const mime = media.mime ?? fetched.mime ?? 'application/octet-stream';
  const fileKey = await deps.putFile(fetched.bytes);
  const words: Sayable = {
    kind: 'file',
    name: media.name ?? `${media.kind}${endingOf(mime)}`,
    mime,
    source: { from: 'store', fileKey, size: fetched.bytes.length },
    caption: caption ?? null,
  };
  const sent = await send(deps, event, officer, { target, said, words });
  if (sent.kind !== 'sent') await dropFile(deps.db, fileKey);
  return { kind: 'handled', answer: answerOf(sent) };
}

type Sayable = Extract<OutboundInput, { kind: 'text' | 'file' | 'venue' }>;

function sayable(content: Exclude<Said['content'], { kind: 'media' }>, language: Language): Sayable | null {
  switch (content.kind) {
    case 'text':
      return content.text.trim() === '' ? null : { kind: 'text', text: content.text };
    case 'location': {
      const { latitude, longitude, title } = content;
      return {
        kind: 'venue',
        latitude,
        longitude,
        title: title ?? pinned(language),
        address: place(content),
      };
    }
    case 'contact': {
      const words = [content.name, content.phone].filter(Boolean).join(' · ');
      return words === '' ? null : { kind: 'text', text: words };
    }
    default:
      return null;
  }
}

function place({ latitude, longitude }: { latitude: number; longitude: number }): string {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}

async function send(
  deps: HandleDeps,
  event: WaitingEvent,
  officer: KnownOfficer,
  input: { target: Target; said: Said; words: Sayable },
): Promise<SendOfficerMessageResult> {
  const { target, said, words } = input;
  const quoted = said.replyToRef === null ? null : await messageAt(deps, event, said.replyToRef);
  return deps.transact(async (tx) => {
    const sent = await sendOfficerMessage(tx, {
      conversationId: target.conversation_id,
      officerId: officer.id,
      content: words,
      onceKey: `group.${said.key}`,
      replyToMessageId: quoted,
    });
    if (sent.kind === 'sent') {
      const { post_ref: postRef, topic_id: topicId } = event;
      await noteSaid(tx, { topicId: topicId ?? '', postRef, messageIds: sent.messageIds });
    }
    return sent;
  });
}

/** Of several messages in one post, a reply means the last. */
async function messageAt(deps: HandleDeps, event: WaitingEvent, postRef: string): Promise<string | null> {
  const { rows } = await deps.db.query<{ message_id: string | null }>(
    `SELECT message_id FROM officer_group_message
      WHERE topic_id = $1 AND post_ref = $2 AND message_id IS NOT NULL ORDER BY id DESC LIMIT 1`,
    [event.topic_id, postRef],
  );
  return rows[0]?.message_id ?? null;
}

function answerOf(sent: SendOfficerMessageResult): string | null {
  switch (sent.kind) {
    case 'sent':
    case 'repeated':
      return null;
    case 'held_by_other':
      return groupWords.notSentHeldBy(sent.by.name);
    case 'not_held':
      return groupWords.notSentNobody;
    case 'not_found':
      return groupWords.gone;
  }
}

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'audio/ogg': '.ogg',
  'audio/mpeg': '.mp3',
  'video/mp4': '.mp4',
  'video/webm': '.webm',
  'application/pdf': '.pdf',
};

function endingOf(mime: string): string {
  return endings[mime] ?? '';
}
