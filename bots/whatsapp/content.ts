import type { OutboundReady } from '../channel.ts';
import type { Library } from './library.ts';
import { withNumberedChoices } from './numbered-choices.ts';
import type { RawMessage } from './raw-message.ts';

export type Prepared = {
  content: unknown;
  options: Record<string, unknown>;
  bytes: number;
  characters: number;
  /** Whether a message of the page is this one, for when its id was not given. */
  isIt(raw: RawMessage): boolean;
};

/**
 * `sendSeen` is off for every send: WhatsApp broke it once (January 2026) and each send failed with it. The
 * chat is marked as seen by itself, when what came in is stored.
 */
const always = { sendSeen: false, linkPreview: false, parseVCards: false };

export function prepare(message: OutboundReady, library: Library): Prepared {
  switch (message.kind) {
    case 'text': {
      const text = withNumberedChoices(message.text, message.choices);
      return {
        content: text,
        options: { ...always, ...(message.replyToRef ? { quotedMessageId: message.replyToRef } : {}) },
        bytes: 0,
        characters: text.length,
        isIt: (raw) => raw.type === 'chat' && raw.body === text,
      };
    }
    case 'venue':
      return {
        content: new library.Location(message.latitude, message.longitude, {
          name: message.title,
          address: message.address,
        }),
        options: always,
        bytes: 0,
        characters: 40,
        isIt: (raw) =>
          raw.type === 'location' && raw.lat === message.latitude && raw.lng === message.longitude,
      };
    case 'file': {
      const isPhoto = /^image\/(?:jpeg|png)$/.test(message.mime);
      const base64 = Buffer.from(message.bytes).toString('base64');
      return {
        content: new library.MessageMedia(message.mime, base64, message.name, message.bytes.byteLength),
        options: {
          ...always,
          ...(isPhoto ? {} : { sendMediaAsDocument: true }),
          ...(message.caption ? { caption: message.caption } : {}),
        },
        bytes: message.bytes.byteLength,
        characters: 40,
        isIt: (raw) =>
          raw.type === (isPhoto ? 'image' : 'document') && (isPhoto || raw.filename === message.name),
      };
    }
  }
}
