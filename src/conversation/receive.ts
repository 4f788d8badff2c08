import type { AddressRef, Inbound, InboundInput } from '../domain/message.ts';
import { inboundSchema } from '../domain/message.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database, Queryable } from '../store/database.ts';
import { isUniqueViolation } from '../store/database.ts';
import { sealed } from '../store/sealed.ts';
import type { Vault } from '../store/vault.ts';

export type Received =
  { kind: 'stored'; conversationId: string; attachmentId: string | null } | { kind: 'duplicate' };

export type ReceiveDeps = {
  db: Database;
  vault: Vault;
  clock: Clock;
  /** Seals bytes that came with the message into the file store; null when they are over the room's limit. */
  keepFile: (bytes: Uint8Array) => Promise<string | null>;
  dropFile: (fileKey: string) => Promise<void>;
};

type Params = {
  inbound: Inbound;
  hash: Uint8Array;
  fileKey: string | null;
  now: Date;
};

/**
 * Dedupes and stores one inbound message. When it resolves the row is committed, and only then may the platform be
 * told "yes". The happy path is one statement; a resident's first word ever costs three more.
 */
export async function receive(deps: ReceiveDeps, input: InboundInput): Promise<Received> {
  const inbound = inboundSchema.parse(wellFormed(input));
  const { channel } = inbound.address;
  const media = inbound.content.kind === 'media' ? inbound.content.media : null;
  const params: Params = {
    inbound,
    hash: deps.vault.fingerprint(`event:${channel}:${inbound.externalId}`),
    fileKey: media?.bytes ? await deps.keepFile(media.bytes) : null,
    now: deps.clock.now(),
  };
  const received = (await store(deps, deps.db, params)) ?? (await receiveFirst(deps, params));
  // The first delivery of this event has its own copy.
  if (received.kind === 'duplicate' && params.fileKey) await deps.dropFile(params.fileKey);
  return received;
}

/** A first word on an address: the conversation is made with it. */
async function receiveFirst(deps: ReceiveDeps, params: Params): Promise<Received> {
  try {
    return await deps.db.transaction(async (tx) => {
      await makeConversation(deps, tx, params);
      const stored = await store(deps, tx, params);
      if (!stored) throw new Error('receive: the conversation just made is not there');
      return stored;
    });
  } catch (error) {
    // Two first words at once: the other one made the address.
    if (!isUniqueViolation(error)) throw error;
    const again = await store(deps, deps.db, params);
    if (!again) throw error;
    return again;
  }
}

/** Null when the address is not known yet. */
async function store(deps: ReceiveDeps, db: Queryable, params: Params): Promise<Received | null> {
  const { inbound, hash, fileKey, now } = params;
  const { vault } = deps;
  const { address, content } = inbound;
  const media = content.kind === 'media' ? content.media : null;
  // The bytes live in the file store and the platform's ref beside the attachment, not in the message.
  const kept = media ? { ...content, media: { ...media, bytes: null, ref: null } } : content;
  const aboutRef =
    content.kind === 'edit' || content.kind === 'delete' ? content.messageRef : inbound.replyToRef;
  const { rows } = await db.query<{
    conversation_id: string | null;
    message_id: string | null;
    attachment_id: string | null;
  }>(
    `WITH known AS (
       SELECT c.id FROM address a
         JOIN address own ON own.resident_id = a.resident_id AND own.channel = a.channel
         JOIN conversation c ON c.address_id = own.id
        WHERE a.channel = $1 AND a.kind = $2 AND a.value_hash = $3
        ORDER BY (own.id = a.id) DESC, c.created_at LIMIT 1
     ), named AS (
       UPDATE address SET profile_name_sealed = $23
        WHERE channel = $1 AND kind = $2 AND value_hash = $3 AND profile_name_sealed IS NULL AND $23::bytea IS NOT NULL
     ), stored AS (
       INSERT INTO message (conversation_id, direction, author, kind, content_sealed, external_hash, ref_hash, ref_sealed,
                            about_message_id, is_late, is_forwarded, sent_at, created_at)
       SELECT known.id, 'in', $4, $5, $6, $7, $8, $9,
              (SELECT m.id FROM message m WHERE m.ref_hash = $10 AND m.conversation_id = known.id LIMIT 1),
              $11, $12, $13, $14
         FROM known
       ON CONFLICT (external_hash) WHERE external_hash IS NOT NULL DO NOTHING
       RETURNING id
     ), attached AS (
       INSERT INTO attachment (message_id, kind, mime, size_bytes, duration_seconds, name_sealed, source_sealed, status,
                               file_key, next_attempt_at, created_at)
       SELECT stored.id, $15, $16, $17, $18, $19, $20, $21, $22, $14, $14 FROM stored WHERE $15::text IS NOT NULL
       RETURNING id
     )
     SELECT (SELECT id FROM known) AS conversation_id, (SELECT id FROM stored) AS message_id,
            (SELECT id FROM attached) AS attachment_id`,
    [
      address.channel,
      address.kind,
      addressHash(vault, address),
      inbound.author,
      content.kind,
      vault.sealJson(kept, sealed.messageContent),
      hash,
      inbound.messageRef === null ? null : refHash(vault, address.channel, inbound.messageRef),
      inbound.messageRef === null ? null : vault.seal(inbound.messageRef, sealed.messageRef),
      aboutRef === null ? null : refHash(vault, address.channel, aboutRef),
      inbound.late,
      inbound.forwarded,
      inbound.sentAt,
      now,
      media?.kind ?? null,
      media?.mime ?? null,
      media?.size ?? media?.bytes?.length ?? null,
      media?.durationSeconds ?? null,
      media?.name == null ? null : vault.seal(media.name, sealed.attachmentName),
      media?.ref == null ? null : vault.seal(media.ref, sealed.attachmentSource),
      media === null ? null : fileKey ? 'stored' : media.bytes ? 'too_large' : media.ref ? 'pending' : 'gone',
      fileKey,
      sealedName(vault, inbound),
    ],
  );
  const row = rows[0];
  if (!row?.conversation_id) return null;
  if (!row.message_id) return { kind: 'duplicate' };
  return { kind: 'stored', conversationId: row.conversation_id, attachmentId: row.attachment_id };
}

/**
 * A resident's first word on this address. When the platform says that the address is another name of one that is
 * known (a WhatsApp lid and its phone), it joins that resident and their conversation; otherwise all is new.
 */
async function makeConversation(deps: ReceiveDeps, tx: Queryable, params: Params): Promise<void> {
  const { inbound, now } = params;
  const { vault } = deps;
  const known = await findResident(vault, tx, inbound.aliases);
  const language = inbound.languageHint && /^en/i.test(inbound.languageHint) ? 'en' : 'id';
  const residentId = await insertAddress(vault, tx, { ...params, known, language });
  for (const alias of inbound.aliases) {
    await tx.query(
      `INSERT INTO address (resident_id, channel, kind, value_hash, value_sealed, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (channel, kind, value_hash) DO NOTHING`,
      [
        residentId,
        alias.channel,
        alias.kind,
        addressHash(vault, alias),
        vault.seal(alias.value, sealed.addressValue),
        now,
      ],
    );
  }
}

/** The address of a resident who is known, or else with a new resident and their conversation. Answers the resident. */
async function insertAddress(
  vault: Vault,
  tx: Queryable,
  input: Params & { known: string | null; language: string },
): Promise<string> {
  const { inbound, known, language, now } = input;
  const { address } = inbound;
  const { rows } = await tx.query<{ id: string }>(
    `WITH fresh AS (
       INSERT INTO resident (language, created_at) SELECT $8, $7 WHERE $1::uuid IS NULL RETURNING id
     ), owner AS (
       SELECT coalesce($1::uuid, (SELECT id FROM fresh)) AS id
     ), named AS (
       INSERT INTO address (resident_id, channel, kind, value_hash, value_sealed, profile_name_sealed, created_at)
       SELECT owner.id, $2, $3, $4, $5, $6, $7 FROM owner RETURNING id
     ), talking AS (
       INSERT INTO conversation (address_id, created_at) SELECT named.id, $7 FROM named WHERE $1::uuid IS NULL
     )
     SELECT id FROM owner`,
    [
      known,
      address.channel,
      address.kind,
      addressHash(vault, address),
      vault.seal(address.value, sealed.addressValue),
      sealedName(vault, inbound),
      now,
      language,
    ],
  );
  return rows[0]?.id ?? '';
}

async function findResident(
  vault: Vault,
  tx: Queryable,
  aliases: readonly AddressRef[],
): Promise<string | null> {
  for (const alias of aliases) {
    const { rows } = await tx.query<{ resident_id: string }>(
      `SELECT resident_id FROM address WHERE channel = $1 AND kind = $2 AND value_hash = $3`,
      [alias.channel, alias.kind, addressHash(vault, alias)],
    );
    if (rows[0]) return rows[0].resident_id;
  }
  return null;
}

export function addressHash(vault: Vault, address: AddressRef): Uint8Array {
  return vault.fingerprint(`address:${address.channel}:${address.kind}:${address.value}`);
}

export function refHash(vault: Vault, channel: string, messageRef: string): Uint8Array {
  return vault.fingerprint(`ref:${channel}:${messageRef}`);
}

function sealedName(vault: Vault, { profileName }: Inbound): Uint8Array | null {
  return profileName === null ? null : vault.seal(profileName, sealed.profileName);
}

/** JSON and PostgreSQL hold neither lone surrogates nor NUL; a bot should have mended them, this makes sure. */
function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('\u0000', '').toWellFormed() as T;
  if (Array.isArray(value)) return value.map(wellFormed) as T;
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, wellFormed(one)])) as T;
}
