import type { InboundContent, Outbound } from '../domain/message.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import type { Vault } from '../store/vault.ts';
import { heldColumns, packetOf, personOf } from './hold-referral.ts';
import type { HeldReferral } from './hold-referral.ts';

/** Everything that is kept about a resident, as plain JSON for themselves. */
export async function exportResident(
  tx: Tx,
  input: { residentId: string },
): Promise<Record<string, unknown>> {
  const { vault } = tx;
  const one = async (sql: string) => (await tx.query(sql, [input.residentId])).rows;
  const [resident] = await one(
    `SELECT language, name_sealed, wants_reminders, created_at FROM resident WHERE id = $1`,
  );
  const addresses = await one(
    `SELECT channel, kind, value_sealed, profile_name_sealed, created_at FROM address WHERE resident_id = $1`,
  );
  const messages = await one(
    `SELECT m.id, m.direction, m.author, m.kind, m.content_sealed, m.sent_at, m.edited_at, m.deleted_at, k.code AS concern
       FROM message m
       JOIN conversation c ON c.id = m.conversation_id JOIN address a ON a.id = c.address_id
       LEFT JOIN concern k ON k.id = m.concern_id
      WHERE a.resident_id = $1 ORDER BY m.seq`,
  );
  const files = await one(
    `SELECT t.message_id, t.kind, t.mime, t.size_bytes AS "sizeBytes", t.duration_seconds AS "durationSeconds", t.status,
            t.name_sealed
       FROM attachment t JOIN message m ON m.id = t.message_id
       JOIN conversation c ON c.id = m.conversation_id JOIN address a ON a.id = c.address_id
      WHERE a.resident_id = $1 ORDER BY t.created_at`,
  );
  const text = (value: unknown, context: string) =>
    value instanceof Uint8Array ? vault.openText(value, context) : null;
  return {
    resident: {
      language: resident?.['language'],
      name: text(resident?.['name_sealed'], sealed.residentName),
      wantsReminders: resident?.['wants_reminders'],
      since: resident?.['created_at'],
    },
    addresses: addresses.map((row) => ({
      channel: row['channel'],
      kind: row['kind'],
      value: text(row['value_sealed'], sealed.addressValue),
      profileName: text(row['profile_name_sealed'], sealed.profileName),
      since: row['created_at'],
    })),
    consents: await one(
      `SELECT text_version AS "textVersion", text_hash AS "textHash", channel, given_at AS "givenAt",
              withdrawn_at AS "withdrawnAt" FROM consent WHERE resident_id = $1 ORDER BY given_at`,
    ),
    bookings: await one(
      `SELECT code, session_date AS day, slot_time AS time, status, created_at AS "createdAt" FROM booking
        WHERE resident_id = $1 ORDER BY created_at`,
    ),
    waitingLists: await one(
      `SELECT session_date AS day, status, created_at AS "since" FROM waiting WHERE resident_id = $1 ORDER BY created_at`,
    ),
    concerns: await one(
      `SELECT code, status, category, kelurahan_code AS kelurahan, is_name_shared AS "isNameShared",
              received_at AS "receivedAt", settled_at AS "settledAt" FROM concern
        WHERE resident_id = $1 ORDER BY created_at`,
    ),
    referrals: await exportReferrals(tx, input),
    messages: messages.map((row) => ({
      direction: row['direction'],
      author: row['author'],
      kind: row['kind'],
      concern: row['concern'],
      sentAt: row['sent_at'],
      editedAt: row['edited_at'],
      deletedAt: row['deleted_at'],
      content: row['content_sealed'] instanceof Uint8Array ? said(vault, row['content_sealed']) : null,
      files: files
        .filter((file) => file['message_id'] === row['id'])
        .map(({ message_id: _of, name_sealed: name, ...file }) => ({
          ...file,
          name: text(name, sealed.attachmentName),
        })),
    })),
  };
}

/** Of a file that was sent its name alone: one that is kept stands under `files`, an earlier copy of all this is in it. */
function said(vault: Vault, content: Uint8Array): unknown {
  const opened = vault.openJson<InboundContent | Outbound>(content, sealed.messageContent);
  if (opened.kind !== 'file') return opened;
  const { source: _bytes, ...named } = opened;
  return named;
}

/** What went, or would go, to which agency, and what came of it; also what the agency answered. */
async function exportReferrals(tx: Tx, input: { residentId: string }): Promise<Record<string, unknown>[]> {
  const { rows } = await tx.query<HeldReferral>(
    `SELECT ${heldColumns} FROM referral r JOIN concern k ON k.id = r.concern_id JOIN agency g ON g.id = r.agency_id
      WHERE k.resident_id = $1 ORDER BY r.seq`,
    [input.residentId],
  );
  const referrals = [];
  for (const row of rows) {
    const events = await tx.query<{
      at: Date;
      kind: string;
      author: string;
      words_sealed: Uint8Array | null;
    }>(`SELECT at, kind, author, words_sealed FROM referral_event WHERE referral_id = $1 ORDER BY id`, [
      row.id,
    ]);
    referrals.push({
      concern: row.code,
      agency: row.agencyName,
      status: row.status,
      sentAt: row.sentAt,
      packet: packetOf(tx, row, personOf(tx, row)),
      events: events.rows.map(({ words_sealed: words, ...event }) => ({
        ...event,
        words: words && tx.vault.openText(words, sealed.referralWords),
      })),
    });
  }
  return referrals;
}
