import { z } from 'zod';

/**
 * A message as the page serialises it. It is WhatsApp's minified program that decides these shapes, so every
 * field but the key is optional and a field of the wrong type counts as absent.
 */
const widSchema = z.union([
  z.string(),
  z.object({ _serialized: z.string() }).transform((wid) => wid._serialized),
  z.object({ user: z.string(), server: z.string() }).transform((wid) => `${wid.user}@${wid.server}`),
]);

/**
 * The id is rebuilt from its parts, never read from one field: WhatsApp renamed `_serialized` to `$1` in
 * July 2026 and may rename it again.
 */
const keySchema = z
  .object({
    fromMe: z.boolean(),
    remote: widSchema,
    id: z.string().min(1),
    participant: widSchema.nullish().catch(null),
  })
  .transform((key) => ({ ...key, serialized: serializeKey(key) }));

function serializeKey(key: {
  fromMe: boolean;
  remote: string;
  id: string;
  participant?: string | null | undefined;
}) {
  return [String(key.fromMe), key.remote, key.id, key.participant].filter(Boolean).join('_');
}

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const someNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(?:\.\d+)?$/)
    .transform(Number),
]);
const number = someNumber.optional().catch(undefined);
const size = someNumber
  .pipe(
    z
      .number()
      .min(0)
      .max(2 ** 40),
  )
  .optional()
  .catch(undefined);
/** In seconds, up to the year 2100; beyond that it is no time. */
const seconds = someNumber.pipe(z.number().positive().max(4_102_444_800)).optional().catch(undefined);
const someWid = widSchema.optional().catch(undefined);
const someKey = keySchema.optional().catch(undefined);

export const rawMessageSchema = z.object({
  id: keySchema,
  type: z.string().catch('unknown'),
  subtype: text,
  t: seconds,
  ack: number,
  from: someWid,
  to: someWid,
  author: someWid,
  body: text,
  caption: text,
  notifyName: text,
  isForwarded: flag,
  forwardingScore: number,
  isViewOnce: flag,
  isGif: flag,
  isStatusV3: flag,
  broadcast: flag,
  directPath: text,
  mimetype: text,
  filename: text,
  size,
  duration: size,
  lat: number,
  lng: number,
  loc: text,
  vcardFormattedName: text,
  vcardList: z
    .array(z.object({ displayName: text, vcard: z.string() }))
    .optional()
    .catch(undefined),
  quotedStanzaID: text,
  quotedParticipant: someWid,
  protocolMessageKey: someKey,
  latestEditSenderTimestampMs: someNumber
    .pipe(z.number().positive().max(4_102_444_800_000))
    .optional()
    .catch(undefined),
});
export type RawMessage = z.output<typeof rawMessageSchema>;

/** Null for anything that has not even an id: it cannot be told from the next one, so it cannot be stored. */
export function parseRawMessage(data: unknown): RawMessage | null {
  const parsed = rawMessageSchema.safeParse(data);
  return parsed.success ? parsed.data : null;
}
