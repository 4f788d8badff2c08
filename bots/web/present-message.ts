import type { InboundContent, Outbound } from '../../src/domain/message.ts';
import type { PresentedFile, PresentedMessage } from './page-contract.ts';
import type { WebAttachment, WebMessage } from './web-message.ts';

export function presentMessage(message: WebMessage): PresentedMessage {
  const presented: PresentedMessage = {
    seq: message.seq,
    from: message.author,
    at: message.sentAt.toISOString(),
  };
  if (message.direction === 'in' && message.ref !== null) {
    presented.clientId = message.ref.slice(message.ref.indexOf(':') + 1);
  }
  if (message.deletedAt !== null) return { ...presented, deleted: true };
  if (message.editedAt !== null) presented.edited = true;
  if (message.direction === 'in') {
    if (message.content === null) return { ...presented, emptied: true };
    return { ...presented, ...presentIn(message.content, message.attachments) };
  }
  return { ...presented, ...presentOut(message.content, message) };
}

function presentIn(
  content: InboundContent,
  attachments: readonly WebAttachment[],
): Pick<PresentedMessage, 'text' | 'files'> {
  switch (content.kind) {
    case 'text':
      return { text: content.text };
    case 'choice':
      return { text: content.label ?? '' };
    case 'media':
      return {
        ...(content.caption ? { text: content.caption } : {}),
        files: attachments.length > 0 ? attachments.map(presentAttachment) : [presentUnstored(content)],
      };
    default:
      // The page sends nothing else; a row of another kind is an event, not something that was said.
      return {};
  }
}

function presentOut(content: Outbound, message: WebMessage): Partial<PresentedMessage> {
  if (content.kind === 'text') {
    return { text: content.text, ...(content.choices.length > 0 ? { choices: content.choices } : {}) };
  }
  if (content.kind === 'venue') {
    const { latitude, longitude, title, address } = content;
    return { venue: { latitude, longitude, title, address } };
  }
  return { ...(content.caption ? { text: content.caption } : {}), files: [presentOutFile(content, message)] };
}

function presentOutFile(content: Extract<Outbound, { kind: 'file' }>, message: WebMessage): PresentedFile {
  const [stored] = message.attachments;
  if (content.source.from === 'store' && stored) return presentAttachment(stored);
  const file = { kind: 'document', mime: content.mime, name: content.name };
  return content.source.from === 'text'
    ? {
        ...file,
        size: Buffer.byteLength(content.source.text),
        href: `/chat/api/messages/${message.seq}/file`,
      }
    : { ...file, size: null, href: null };
}

function presentAttachment(attachment: WebAttachment): PresentedFile {
  return {
    kind: attachment.kind,
    mime: attachment.mime ?? 'application/octet-stream',
    name: attachment.name ?? '',
    size: attachment.sizeBytes,
    href: attachment.status === 'stored' ? `/chat/api/attachment/${encodeURIComponent(attachment.id)}` : null,
  };
}

function presentUnstored({ media }: Extract<InboundContent, { kind: 'media' }>): PresentedFile {
  return {
    kind: media.kind,
    mime: media.mime ?? 'application/octet-stream',
    name: media.name ?? '',
    size: media.size,
    href: null,
  };
}
