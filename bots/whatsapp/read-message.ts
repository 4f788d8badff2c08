import type { InboundInput } from '../../src/domain/message.ts';
import { addressOfChat } from './address.ts';
import type { RawMessage } from './raw-message.ts';
import { storable } from './storable.ts';

type Content = InboundInput['content'];
type MediaKind = Extract<Content, { kind: 'media' }>['media']['kind'];

export type ReadContext = {
  now: Date;
  late: boolean;
  /** Our own ids (phone and lid), to tell whose message a quote quotes. */
  me: readonly string[];
};

const mediaKinds: Record<string, MediaKind> = {
  image: 'photo',
  video: 'video',
  ptv: 'video',
  gif: 'video',
  ptt: 'voice',
  audio: 'audio',
  document: 'document',
  sticker: 'sticker',
};

/** What the room cannot read, in one word. Types that are nobody's message are absent here and ignored. */
const unreadable: Record<string, string> = {
  poll_creation: 'poll',
  event_creation: 'event',
  groups_v4_invite: 'group_invite',
  live_location: 'live_location',
  order: 'order',
  product: 'product',
  payment: 'payment',
  list: 'list',
  interactive: 'interactive',
  unknown: 'unknown',
};

const notMessages = new Set([
  'e2e_notification',
  'notification',
  'notification_template',
  'broadcast_notification',
  'gp2',
  'call_log',
  'protocol',
  'debug',
  'reaction',
  'reaction_enc',
  'poll_update',
  'pinned_message',
  'keep_in_chat',
  // The head of an album; its photos follow as messages of their own.
  'album',
]);

/** One message of the page as an {@link InboundInput}, or null where there is nothing for the room in it. */
export function readMessage(raw: RawMessage, context: ReadContext): InboundInput | null {
  if (raw.isStatusV3 || raw.broadcast) return null;
  const address = addressOfChat(raw.id.remote);
  if (!address || context.me.includes(raw.id.remote)) return null;
  const content = readContent(raw);
  if (!content || (content.kind === 'delete' && raw.id.fromMe)) return null;
  return {
    externalId: externalIdOf(raw, content),
    address,
    messageRef: content.kind === 'delete' ? null : clip(raw.id.serialized, 500),
    replyToRef: quotedRef(raw, context.me),
    profileName: raw.id.fromMe ? null : clip(raw.notifyName, 200),
    sentAt: raw.t ? new Date(raw.t * 1000) : context.now,
    author: raw.id.fromMe ? 'phone' : 'resident',
    late: context.late,
    forwarded: raw.isForwarded === true || (raw.forwardingScore ?? 0) > 0,
    content,
  };
}

export function readEdit(raw: RawMessage, text: string, context: ReadContext): InboundInput | null {
  const message = readMessage({ ...raw, type: 'chat', body: text }, context);
  if (!message || raw.id.fromMe) return null;
  const at = raw.latestEditSenderTimestampMs ?? context.now.getTime();
  return {
    ...message,
    externalId: `${raw.id.serialized}/edit/${at}`,
    sentAt: new Date(at),
    content: { kind: 'edit', messageRef: raw.id.serialized, text: storable(text) },
  };
}

function readContent(raw: RawMessage): Content | null {
  if (raw.type === 'ciphertext') {
    const isViewOnce = raw.subtype?.startsWith('view_once') ?? false;
    return { kind: 'unsupported', what: isViewOnce ? 'view_once' : 'undecryptable' };
  }
  if (raw.type === 'revoked') {
    return { kind: 'delete', messageRef: (raw.protocolMessageKey ?? raw.id).serialized };
  }
  // A view-once photo was meant to leave no copy; the room says so instead of keeping one.
  if (raw.isViewOnce) return { kind: 'unsupported', what: 'view_once' };
  if (raw.type === 'chat' || raw.type === 'buttons_response' || raw.type === 'list_response') {
    return raw.body ? { kind: 'text', text: storable(raw.body) } : null;
  }
  const kind = mediaKinds[raw.type];
  if (kind)
    return {
      kind: 'media',
      media: readMedia(raw, kind),
      caption: raw.caption ? storable(raw.caption) : null,
    };
  if (raw.type === 'location' && raw.lat !== undefined && raw.lng !== undefined) {
    return {
      kind: 'location',
      latitude: raw.lat,
      longitude: raw.lng,
      title: clip(raw.loc?.split('\n')[0], 300),
    };
  }
  if (raw.type === 'vcard' || raw.type === 'multi_vcard') return readContact(raw);
  if (notMessages.has(raw.type)) return null;
  return { kind: 'unsupported', what: unreadable[raw.type] ?? 'unknown' };
}

function readMedia(raw: RawMessage, kind: MediaKind) {
  return {
    kind,
    mime: clip(raw.mimetype, 200),
    name: clip(raw.filename, 300),
    size: raw.size === undefined ? null : Math.round(raw.size),
    ref: raw.id.serialized,
    durationSeconds: raw.duration ?? null,
  };
}

function readContact(raw: RawMessage): Content {
  const card = raw.type === 'vcard' ? raw.body : raw.vcardList?.[0]?.vcard;
  const name =
    raw.vcardFormattedName ?? raw.vcardList?.[0]?.displayName ?? /^FN[^:]*:(.+)$/m.exec(card ?? '')?.[1];
  const phone = /^(?:item\d+\.)?TEL[^:]*:(.+)$/m.exec(card ?? '')?.[1];
  return { kind: 'contact', name: clip(name?.trim(), 200), phone: clip(phone?.trim(), 60) };
}

/** A message that could not be read may still turn up readable, so the two must not share an id. */
function externalIdOf(raw: RawMessage, content: Content): string {
  if (content.kind === 'delete') return clip(`${content.messageRef}/delete`, 500) ?? '';
  const suffix = raw.type === 'ciphertext' ? '/unreadable' : '';
  return clip(`${raw.id.serialized}${suffix}`, 500) ?? '';
}

/** The page gives a quote's bare id; its full one is whose message it was, the chat, and that. */
function quotedRef(raw: RawMessage, me: readonly string[]): string | null {
  if (!raw.quotedStanzaID) return null;
  const isOurs = raw.quotedParticipant !== undefined && me.includes(raw.quotedParticipant);
  return clip(`${isOurs}_${raw.id.remote}_${raw.quotedStanzaID}`, 500);
}

function clip(text: string | undefined | null, length: number): string | null {
  return text ? storable(text.slice(0, length)) : null;
}
