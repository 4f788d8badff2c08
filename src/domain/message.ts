import { z } from 'zod';

/**
 * What may be said, in and out, on any channel. Nothing here knows a platform; a bot turns its platform's
 * update into an {@link Inbound} and an {@link Outbound} into its platform's calls.
 */

/** `whatsapp` is one channel whether the library or the official API carries it: the resident is the same. */
export const channelNames = ['telegram', 'whatsapp', 'web'] as const;
export type ChannelName = (typeof channelNames)[number];

/**
 * One channel identity. `kind` tells the platform's kinds of id apart:
 * telegram `chat`, whatsapp `phone` (digits only) or `lid` (digits only), web `visitor`.
 */
export const addressRefSchema = z.object({
  channel: z.enum(channelNames),
  kind: z.enum(['chat', 'phone', 'lid', 'visitor']),
  value: z.string().min(1).max(200),
});
export type AddressRef = z.output<typeof addressRefSchema>;

export const mediaKinds = ['voice', 'audio', 'photo', 'video', 'document', 'sticker'] as const;

/**
 * A file a resident sent. Either `bytes` are at hand (web upload) or `ref` names it on the platform, to be
 * fetched after the message is safely stored. `size` in bytes, null when the platform does not say.
 */
export const inboundMediaSchema = z.object({
  kind: z.enum(mediaKinds),
  mime: z.string().max(200).nullable(),
  name: z.string().max(300).nullable(),
  size: z.int().nonnegative().nullable(),
  ref: z.string().max(2000).nullable(),
  bytes: z.instanceof(Uint8Array).nullable().default(null),
  durationSeconds: z.number().nonnegative().nullable().default(null),
});
export type InboundMedia = z.output<typeof inboundMediaSchema>;

export const inboundContentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** A pressed button: `token` is what {@link Choice.token} carried; `label` what the person saw, if known. */
  z.object({
    kind: z.literal('choice'),
    token: z.string().max(200),
    label: z.string().nullable().default(null),
  }),
  z.object({
    kind: z.literal('media'),
    media: inboundMediaSchema,
    caption: z.string().nullable().default(null),
  }),
  z.object({
    kind: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    title: z.string().nullable().default(null),
  }),
  z.object({ kind: z.literal('contact'), name: z.string().nullable(), phone: z.string().nullable() }),
  /** An edit of an earlier message, kept beside the original. `messageRef` is the edited one's. */
  z.object({ kind: z.literal('edit'), messageRef: z.string(), text: z.string() }),
  z.object({ kind: z.literal('delete'), messageRef: z.string() }),
  /** The resident blocked (`reachable` false) or unblocked the bot. Nothing is answered. */
  z.object({ kind: z.literal('reachability'), reachable: z.boolean() }),
  /** A call that rang; it is answered once with one polite text. */
  z.object({ kind: z.literal('call') }),
  /** Anything the room cannot read: `what` is a plain word such as `poll`, `view_once`, `undecryptable`. */
  z.object({ kind: z.literal('unsupported'), what: z.string().max(60) }),
]);
export type InboundContent = z.output<typeof inboundContentSchema>;

export const inboundSchema = z.object({
  /** Unique on its channel for this very event (an edit is another event than the message it edits). */
  externalId: z.string().min(1).max(500),
  address: addressRefSchema,
  /** Other addresses that the platform itself says are the same person (a WhatsApp lid and its phone). */
  aliases: z.array(addressRefSchema).max(4).default([]),
  /** The platform's id of the message, for edits, quotes and statuses; null for events that are none. */
  messageRef: z.string().max(500).nullable().default(null),
  replyToRef: z.string().max(500).nullable().default(null),
  profileName: z.string().max(200).nullable().default(null),
  /** BCP 47 tag the platform gave, only a hint. */
  languageHint: z.string().max(20).nullable().default(null),
  sentAt: z.date(),
  /** `phone`: a person typed on the paired phone itself, so an officer has taken over. */
  author: z.enum(['resident', 'phone']).default('resident'),
  /** Came in by catching up after a pause: read, answered, but stale choices in it are not obeyed. */
  late: z.boolean().default(false),
  forwarded: z.boolean().default(false),
  content: inboundContentSchema,
});
export type Inbound = z.output<typeof inboundSchema>;
export type InboundInput = z.input<typeof inboundSchema>;

/** One thing to press. `token` is opaque, at most 60 bytes; `label` at most 60 characters. */
export const choiceSchema = z.object({ token: z.string().max(60), label: z.string().min(1) });
export type Choice = z.output<typeof choiceSchema>;

export const outboundSchema = z.discriminatedUnion('kind', [
  /**
   * Plain text, never markup. `choices` are laid out by the channel, in this order; where it has no buttons
   * it writes them as a numbered list under the text.
   */
  z.object({
    kind: z.literal('text'),
    text: z.string().min(1),
    choices: z.array(choiceSchema).default([]),
    /** Platform ref of the message that this quotes. */
    replyToRef: z.string().nullable().default(null),
    /** Help for somebody in danger: goes before all that waits, and no ceiling of a day holds it back. */
    isUrgent: z.literal(true).optional(),
  }),
  z.object({
    kind: z.literal('venue'),
    latitude: z.number(),
    longitude: z.number(),
    title: z.string(),
    address: z.string(),
  }),
  /** `source` is inline text (an .ics) or a file in the store, which deliver loads before it calls `send`. */
  z.object({
    kind: z.literal('file'),
    name: z.string(),
    mime: z.string(),
    source: z.discriminatedUnion('from', [
      z.object({ from: z.literal('text'), text: z.string() }),
      /** `size` in bytes, where it is known. */
      z.object({
        from: z.literal('store'),
        fileKey: z.string(),
        size: z.int().nonnegative().optional(),
      }),
    ]),
    caption: z.string().nullable().default(null),
  }),
]);
export type Outbound = z.output<typeof outboundSchema>;
export type OutboundInput = z.input<typeof outboundSchema>;

/** Message statuses of what leaves. They only move forward; `failed` and `undeliverable` end it. */
export const outboundStatuses = [
  'pending',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'undeliverable',
] as const;
export type OutboundStatus = (typeof outboundStatuses)[number];

/** UTF-16 units of one text on a channel; a longer one leaves as several messages, none of it cut off. */
export const textLimits: Readonly<Record<ChannelName, number>> = {
  telegram: 4096,
  whatsapp: 1500,
  web: 6000,
};
