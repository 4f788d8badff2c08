import type { AddressRef, Inbound, InboundInput } from '../domain/message.ts';
import { inboundSchema } from '../domain/message.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database, Queryable } from '../store/database.ts';
import { isUniqueViolation } from '../store/database.ts';
import { dropFile } from '../store/drop-file.ts';
import { gather } from '../store/gather.ts';
import { sealed } from '../store/sealed.ts';
import type { Vault } from '../store/vault.ts';
import { freshDialog } from './dialog.ts';

export type Received =
  { kind: 'stored'; conversationId: string; attachmentId: string | null } | { kind: 'duplicate' };

export type ReceiveDeps = {
  db: Database;
  vault: Vault;
  clock: Clock;
  /** Seals bytes that came with the message into the file store; null when they are over the room's limit. */
  keepFile: (bytes: Uint8Array) => Promise<string | null>;
};

type Params = {
  inbound: Inbound;
  hash: Uint8Array;
  fileKey: string | null;
  now: Date;
};

/**
 * Dedupes and stores inbound messages. When the answer resolves the row is committed, and only then may the platform
 * be told "yes". The happy path is one statement, which many share when many write at once; a resident's first word ever
 * costs three more.
 */
export function createReceiver(deps: ReceiveDeps): (input: InboundInput) => Promise<Received> {
  const storeGathered = gather((batch: readonly Params[]) => storeAll(deps, deps.db, batch));
  const inTurn = createTurns();

  return async (input) => {
    const inbound = inboundSchema.parse(wellFormed(input));
    const { channel } = inbound.address;
    const media = inbound.content.kind === 'media' ? inbound.content.media : null;
    const params: Params = {
      inbound,
      hash: deps.vault.fingerprint(`event:${channel}:${inbound.externalId}`),
      fileKey: media?.bytes ? await deps.keepFile(media.bytes) : null,
      now: deps.clock.now(),
    };
    const received = await inTurn(
      `${channel} ${inbound.address.value}`,
      async () => (await storeGathered(params)) ?? (await receiveFirst(deps, params)),
    );
    // The first delivery of this event has its own copy; unless that was this very one, whose "stored" never came back
    // to us. The file that a row names stays.
    if (received.kind === 'duplicate' && params.fileKey) await dropFile(deps.db, params.fileKey);
    return received;
  };
}

/**
 * What comes from one address is stored one after another: an event that comes twice finds itself there, and an edit
 * finds what it edits, as they would not within one statement.
 */
function createTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = before ? before.then(work, work) : work();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

/** A first word on an address: the conversation is made with it. */
async function receiveFirst(deps: ReceiveDeps, params: Params): Promise<Received> {
  try {
    return await deps.db.transaction(async (tx) => {
      await makeConversation(deps, tx, params);
      const [stored] = await storeAll(deps, tx, [params]);
      if (!stored) throw new Error('receive: the conversation just made is not there');
      return stored;
    });
  } catch (error) {
    // Two first words at once: the other one made the address.
    if (!isUniqueViolation(error)) throw error;
    const [again] = await storeAll(deps, deps.db, [params]);
    if (!again) throw error;
    return again;
  }
}

/** Stores messages in their order, each another event; null for one whose address is not known yet. */
async function storeAll(
  { vault }: ReceiveDeps,
  db: Queryable,
  batch: readonly Params[],
): Promise<(Received | null)[]> {
  const { rows } = await db.query<{
    conversation_id: string | null;
    message_id: string | null;
    attachment_id: string | null;
  }>(
    `WITH one AS MATERIALIZED (
       SELECT one.*, decode(address_hash64, 'base64') AS address_hash, decode(event_hash64, 'base64') AS event_hash,
              decode(name64, 'base64') AS name_sealed
         FROM jsonb_to_recordset($1::jsonb) AS one (
           place int, channel text, address_kind text, address_hash64 text, name64 text, event_hash64 text, author text,
           kind text, content64 text, ref_hash64 text, ref64 text, about_hash64 text, is_late boolean,
           is_forwarded boolean, sent_at timestamptz, created_at timestamptz, file_kind text, mime text, size_bytes bigint,
           duration_seconds double precision, file_name64 text, source64 text, file_status text, file_key text)
     ), known AS MATERIALIZED (
       SELECT one.*, c.id AS conversation_id FROM one CROSS JOIN LATERAL (
         SELECT c.id FROM address a
           JOIN address own ON own.resident_id = a.resident_id AND own.channel = a.channel
           JOIN conversation c ON c.address_id = own.id
          WHERE a.channel = one.channel AND a.kind = one.address_kind AND a.value_hash = one.address_hash
          ORDER BY (own.id = a.id) DESC, c.created_at LIMIT 1) c
     ), named AS (
       UPDATE address a SET profile_name_sealed = one.name_sealed FROM one
        WHERE a.channel = one.channel AND a.kind = one.address_kind AND a.value_hash = one.address_hash
          AND a.profile_name_sealed IS NULL AND one.name_sealed IS NOT NULL
     ), stored AS (
       INSERT INTO message (conversation_id, direction, author, kind, content_sealed, external_hash, ref_hash, ref_sealed,
                            about_message_id, is_late, is_forwarded, sent_at, created_at)
       SELECT known.conversation_id, 'in', author, kind, decode(content64, 'base64'), event_hash,
              decode(ref_hash64, 'base64'), decode(ref64, 'base64'),
              (SELECT m.id FROM message m WHERE m.ref_hash = decode(about_hash64, 'base64')
                  AND m.conversation_id = known.conversation_id LIMIT 1),
              is_late, is_forwarded, sent_at, created_at
         FROM known ORDER BY place
       ON CONFLICT (external_hash) WHERE external_hash IS NOT NULL DO NOTHING
       RETURNING id, external_hash
     ), attached AS (
       INSERT INTO attachment (message_id, kind, mime, size_bytes, duration_seconds, name_sealed, source_sealed, status,
                               file_key, next_attempt_at, created_at)
       SELECT stored.id, file_kind, mime, size_bytes, duration_seconds, decode(file_name64, 'base64'),
              decode(source64, 'base64'), file_status, file_key, created_at, created_at
         FROM known JOIN stored ON stored.external_hash = event_hash WHERE file_kind IS NOT NULL
       RETURNING id, message_id
     )
     SELECT known.conversation_id, stored.id AS message_id, attached.id AS attachment_id
       FROM one LEFT JOIN known USING (place)
       LEFT JOIN stored ON stored.external_hash = one.event_hash
       LEFT JOIN attached ON attached.message_id = stored.id
      ORDER BY one.place`,
    [JSON.stringify(batch.map((params, place) => ({ place, ...rowOf(vault, params) })))],
  );
  return rows.map((row) => {
    if (!row.conversation_id) return null;
    if (!row.message_id) return { kind: 'duplicate' };
    return { kind: 'stored', conversationId: row.conversation_id, attachmentId: row.attachment_id };
  });
}

/** One message as the statement above takes it; bytes as base64. */
function rowOf(vault: Vault, { inbound, hash, fileKey, now }: Params): Record<string, unknown> {
  const { address, content } = inbound;
  const { channel } = address;
  const media = content.kind === 'media' ? content.media : null;
  // The bytes live in the file store and the platform's ref beside the attachment, not in the message.
  const kept = media ? { ...content, media: { ...media, bytes: null, ref: null } } : content;
  const aboutRef =
    content.kind === 'edit' || content.kind === 'delete' ? content.messageRef : inbound.replyToRef;
  return {
    channel,
    address_kind: address.kind,
    address_hash64: base64(addressHash(vault, address)),
    name64: base64(sealedName(vault, inbound)),
    event_hash64: base64(hash),
    author: inbound.author,
    kind: content.kind,
    content64: base64(vault.sealJson(kept, sealed.messageContent)),
    ref_hash64: inbound.messageRef === null ? null : base64(refHash(vault, channel, inbound.messageRef)),
    ref64: inbound.messageRef === null ? null : base64(vault.seal(inbound.messageRef, sealed.messageRef)),
    about_hash64: aboutRef === null ? null : base64(refHash(vault, channel, aboutRef)),
    is_late: inbound.late,
    is_forwarded: inbound.forwarded,
    sent_at: inbound.sentAt,
    created_at: now,
    ...(media && {
      file_kind: media.kind,
      mime: media.mime,
      size_bytes: media.size ?? media.bytes?.length ?? null,
      duration_seconds: media.durationSeconds,
      file_name64: media.name == null ? null : base64(vault.seal(media.name, sealed.attachmentName)),
      source64: media.ref == null ? null : base64(vault.seal(media.ref, sealed.attachmentSource)),
      file_status: fileKey ? 'stored' : media.bytes ? 'too_large' : media.ref ? 'pending' : 'gone',
      file_key: fileKey,
    }),
  };
}

function base64(bytes: Uint8Array): string;
function base64(bytes: Uint8Array | null): string | null;
function base64(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('base64');
}

/**
 * A resident's first word on this address. When the platform says that the address is another name of one that is
 * known (a WhatsApp lid and its phone), it joins that resident and their conversation; otherwise all is new.
 */
async function makeConversation(deps: ReceiveDeps, tx: Queryable, params: Params): Promise<void> {
  const { inbound, now } = params;
  const { vault } = deps;
  const known = await findResident(vault, tx, inbound.aliases);
  const { languageHint } = inbound;
  const language = languageHint && /^en/i.test(languageHint) ? 'en' : 'id';
  // What the platform says of the language stands; where it says nothing, the first words tell.
  const dialog =
    languageHint === null ? null : vault.sealJson({ ...freshDialog, isLanguageSettled: true }, sealed.dialog);
  const residentId = await insertAddress(vault, tx, { ...params, known, language, dialog });
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
  input: Params & { known: string | null; language: string; dialog: Uint8Array | null },
): Promise<string> {
  const { inbound, known, language, dialog, now } = input;
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
       INSERT INTO conversation (address_id, created_at, dialog_sealed)
       SELECT named.id, $7, $9::bytea FROM named WHERE $1::uuid IS NULL
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
      dialog,
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
