import type { ReferralClock } from '../domain/referral.ts';
import type { Day } from '../domain/wita.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { addReferralEvent, heldColumns, packetOf, personOf } from './hold-referral.ts';
import type { HeldReferral, ReferralEventKind } from './hold-referral.ts';
import { hashReferralToken } from './plan-letter.ts';

/** What an agency's link opens. Null of it: unknown, run out or withdrawn, which look the same from outside. */
export type OpenedReferral = {
  id: string;
  version: number;
  code: string;
  agencyId: string;
  agency: string;
} & (
  | {
      kind: 'open';
      isAcknowledged: boolean;
      packet: string;
      sentOn: Date | null;
      clocks: OwedClock[];
      files: OpenedFile[];
      said: SaidByAgency[];
    }
  /** Nothing is owed any more: the packet is not shown again. */
  | { kind: 'over'; why: 'answered' | 'not_ours' | 'settled' }
);

export type OwedClock = { clock: ReferralClock; dueOn: Day; isMet: boolean };
export type OpenedFile = { id: string; kind: string; sizeBytes: number | null };
export type SaidByAgency = { at: Date; words: string };

/** Opens a link and writes down that it was, once a quarter of an hour. */
export async function openReferralLink(tx: Tx, input: { token: string }): Promise<OpenedReferral | null> {
  const held = await findByLink(tx, input.token);
  if (!held) return null;
  await noteView(tx, held.id, 'viewed');
  const { id, version, code, agencyId, agencyName } = held;
  const base = { id, version, code, agencyId, agency: agencyName };
  if (held.status === 'answered' || held.status === 'not_ours')
    return { ...base, kind: 'over', why: held.status };
  if (held.concernStatus === 'settled') return { ...base, kind: 'over', why: 'settled' };
  const clocks = await tx.query<OwedClock>(
    `SELECT clock, due_on AS "dueOn", met_at IS NOT NULL AS "isMet" FROM referral_clock
      WHERE referral_id = $1 ORDER BY due_on`,
    [id],
  );
  const files = await tx.query<OpenedFile>(
    `SELECT id, kind, size_bytes AS "sizeBytes" FROM attachment
      WHERE id = ANY ($1::uuid[]) AND status = 'stored' ORDER BY created_at, id`,
    [held.attachmentIds],
  );
  return {
    ...base,
    kind: 'open',
    isAcknowledged: held.status === 'acknowledged',
    packet: packetOf(tx, held, personOf(tx, held)),
    sentOn: held.sentAt,
    clocks: clocks.rows,
    files: files.rows,
    said: await readSaid(tx, id),
  };
}

/** A file of the packet, for whoever has the link while something is owed. Null: not of it, or not there. */
export async function openReferralFile(
  tx: Tx,
  input: { token: string; attachmentId: string },
): Promise<{ fileKey: string; mime: string | null; kind: string } | null> {
  const held = await findByLink(tx, input.token);
  const isOver =
    held?.status === 'answered' || held?.status === 'not_ours' || held?.concernStatus === 'settled';
  if (!held || isOver || !held.attachmentIds.includes(input.attachmentId)) return null;
  const { rows } = await tx.query<{ fileKey: string | null; mime: string | null; kind: string }>(
    `SELECT file_key AS "fileKey", mime, kind FROM attachment WHERE id = $1 AND status = 'stored'`,
    [input.attachmentId],
  );
  const file = rows[0];
  if (!file || file.fileKey === null) return null;
  await noteView(tx, held.id, 'file_opened');
  return { ...file, fileKey: file.fileKey };
}

async function findByLink(tx: Tx, token: string): Promise<HeldReferral | null> {
  const { rows } = await tx.query<HeldReferral>(
    `SELECT ${heldColumns}
       FROM referral_link l JOIN referral r ON r.id = l.referral_id
       JOIN concern k ON k.id = r.concern_id JOIN agency g ON g.id = r.agency_id
      WHERE l.token_hash = $1 AND r.link_expires_at > $2
        AND r.status IN ('sending', 'by_hand', 'failed', 'sent', 'acknowledged', 'answered', 'not_ours')`,
    [hashReferralToken(token), tx.now],
  );
  return rows[0] ?? null;
}

const oneViewMs = 15 * 60 * 1000;

/** A page that is read again is still one reading. */
async function noteView(tx: Tx, referralId: string, kind: ReferralEventKind): Promise<void> {
  const { count } = await tx.query(
    `SELECT 1 FROM referral_event WHERE referral_id = $1 AND kind = $2 AND at > $3 LIMIT 1`,
    [referralId, kind, new Date(tx.now.getTime() - oneViewMs)],
  );
  if (count === 0) await addReferralEvent(tx, referralId, { kind, author: 'agency' });
}

/** What the agency has told us so far, for itself to see. */
async function readSaid(tx: Tx, referralId: string): Promise<SaidByAgency[]> {
  const { rows } = await tx.query<{ at: Date; words_sealed: Uint8Array }>(
    `SELECT at, words_sealed FROM referral_event
      WHERE referral_id = $1 AND kind = 'followed_up' AND words_sealed IS NOT NULL ORDER BY id`,
    [referralId],
  );
  return rows.map((row) => ({
    at: row.at,
    words: tx.vault.openText(row.words_sealed, sealed.referralWords),
  }));
}
