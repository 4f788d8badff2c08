import type { AddressRef, InboundInput } from '../../src/domain/message.ts';
import type { DeliveryUpdate } from '../channel.ts';
import type { CloudCall, CloudMessage, CloudStatus } from './payload.ts';
import { storable } from './storable.ts';

type Content = InboundInput['content'];
type MediaKind = Extract<Content, { kind: 'media' }>['media']['kind'];

/** Meta's `from` is the number in digits; anything else (a user id without a number) has no address here. */
export function addressOf(number: string | undefined): AddressRef | null {
  return number && /^\d{5,20}$/.test(number) ? { channel: 'whatsapp', kind: 'phone', value: number } : null;
}

export function readMessage(
  message: CloudMessage,
  profileName: string | null,
  author: 'resident' | 'phone' = 'resident',
): InboundInput | null {
  const address = addressOf(author === 'phone' ? message.to : message.from);
  if (!address || message.group_id) return null;
  const content = readContent(message);
  if (!content) return null;
  return {
    externalId: message.id,
    address,
    messageRef: content.kind === 'edit' || content.kind === 'delete' ? null : message.id,
    replyToRef: clip(message.context?.id, 500),
    profileName: clip(profileName, 200),
    sentAt: new Date(message.timestamp * 1000),
    author,
    forwarded: message.context?.forwarded === true || message.context?.frequently_forwarded === true,
    content,
  };
}

export function readCall(call: CloudCall, now: Date): InboundInput | null {
  const address = addressOf(call.from);
  if (!address || call.direction === 'BUSINESS_INITIATED' || (call.event && call.event !== 'connect'))
    return null;
  return {
    externalId: `call_${call.id}`,
    address,
    sentAt: call.timestamp ? new Date(call.timestamp * 1000) : now,
    content: { kind: 'call' },
  };
}

/** `131047`, because Meta says only here, not when it takes the message, that the window was closed. */
export function readStatus(status: CloudStatus): DeliveryUpdate | null {
  const known: Record<string, DeliveryUpdate['status']> = {
    sent: 'sent',
    delivered: 'delivered',
    read: 'read',
    played: 'read',
    failed: 'failed',
  };
  const word = known[status.status];
  if (!word) return null;
  const code = status.errors?.[0]?.code;
  const reason = code === 131047 ? 'window_closed' : code === undefined ? null : `WhatsApp error ${code}`;
  return { channel: 'whatsapp', messageRef: status.id, status: word, ...(reason ? { reason } : {}) };
}

type Contents = Omit<
  CloudMessage,
  'id' | 'from' | 'to' | 'timestamp' | 'context' | 'group_id' | 'edit' | 'revoke' | 'errors'
>;

function readContent(message: CloudMessage): Content | null {
  if (message.type === 'edit' && message.edit) {
    const changed = message.edit.message;
    const text =
      changed.text?.body ?? changed.image?.caption ?? changed.video?.caption ?? changed.document?.caption;
    const messageRef = message.edit.original_message_id;
    return text ? { kind: 'edit', messageRef, text: storable(text) } : null;
  }
  if (message.type === 'revoke' && message.revoke) {
    return { kind: 'delete', messageRef: message.revoke.original_message_id };
  }
  // Nobody answers a thumb; a `system` message tells of a changed number, which has its own webhook.
  if (message.type === 'reaction' || message.type === 'system') return null;
  return readCommon(message) ?? { kind: 'unsupported', what: plainWord(message) };
}

function readCommon(message: Contents): Content | null {
  if (message.type === 'text')
    return message.text ? { kind: 'text', text: storable(message.text.body) } : null;
  const reply = message.interactive?.button_reply ?? message.interactive?.list_reply;
  if (message.type === 'interactive' && reply) {
    const label = [reply.title, reply.description].filter(Boolean).join(' ');
    return { kind: 'choice', token: storable(reply.id.slice(0, 200)), label: storable(label) };
  }
  if (message.type === 'button' && message.button) {
    const label = message.button.text ? storable(message.button.text) : null;
    return { kind: 'choice', token: storable(message.button.payload.slice(0, 200)), label };
  }
  if (message.type === 'location' && message.location) {
    const { latitude, longitude, name } = message.location;
    return { kind: 'location', latitude, longitude, title: clip(name, 300) };
  }
  if (message.type === 'contacts' && message.contacts) {
    const card = message.contacts[0];
    return {
      kind: 'contact',
      name: clip(card?.name?.formatted_name, 200),
      phone: clip(card?.phones?.[0]?.phone, 60),
    };
  }
  return readMedia(message);
}

function readMedia(message: Contents): Content | null {
  const kinds: [string, MediaKind, CloudMessage['image']][] = [
    ['image', 'photo', message.image],
    ['video', 'video', message.video],
    ['audio', message.audio?.voice ? 'voice' : 'audio', message.audio],
    ['document', 'document', message.document],
    ['sticker', 'sticker', message.sticker],
  ];
  const [, kind, file] = kinds.find(([type]) => type === message.type) ?? [];
  if (!kind || !file) return null;
  return {
    kind: 'media',
    media: {
      kind,
      mime: clip(file.mime_type, 200),
      name: clip(file.filename, 300),
      size: null,
      ref: file.id,
    },
    caption: file.caption ? storable(file.caption) : null,
  };
}

/** Meta's `unsupported` covers view-once, polls and whatever is new; its code does not tell which. */
function plainWord(message: CloudMessage): string {
  const known = ['order', 'poll', 'unsupported', 'request_welcome', 'interactive'];
  return known.includes(message.type) ? message.type : 'unknown';
}

function clip(text: string | null | undefined, length: number): string | null {
  return text ? storable(text.slice(0, length)) : null;
}
