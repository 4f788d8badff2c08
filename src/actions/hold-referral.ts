import { afterMove } from '../domain/referral.ts';
import type { ReferralMove, ReferralStatus } from '../domain/referral.ts';
import { packetText } from '../domain/referral-packet.ts';
import type { ReferralPerson } from '../domain/referral-packet.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { dropLetters } from './plan-letter.ts';

/** A referral as it stands under its lock, with what it is about and whom it goes to. */
export type HeldReferral = {
  id: string;
  status: ReferralStatus;
  version: number;
  packetRevision: number;
  summarySealed: Uint8Array;
  attachmentIds: string[];
  /** Kinds of those files that are still there. */
  fileKinds: string[];
  personSealed: Uint8Array | null;
  approvedHash: Uint8Array | null;
  way: 'mail' | 'lapor' | null;
  sentAt: Date | null;
  concernId: string;
  code: string;
  concernStatus: string;
  category: string | null;
  kelurahanCode: string | null;
  residentId: string;
  conversationId: string | null;
  agencyId: string;
  agencyName: string;
  agencyShort: string;
  mailbox: string | null;
  isAgencyActive: boolean;
};

/** Of `referral r JOIN concern k JOIN agency g`. */
export const heldColumns = `r.id, r.status, r.version, r.packet_revision AS "packetRevision", r.summary_sealed AS "summarySealed",
  r.attachment_ids AS "attachmentIds", r.person_sealed AS "personSealed", r.approved_hash AS "approvedHash",
  r.way, r.sent_at AS "sentAt", k.id AS "concernId", k.code, k.status AS "concernStatus", k.category,
  k.kelurahan_code AS "kelurahanCode", k.resident_id AS "residentId", k.conversation_id AS "conversationId",
  g.id AS "agencyId", g.name AS "agencyName", g.short AS "agencyShort", g.email AS mailbox,
  g.is_active AS "isAgencyActive",
  coalesce((SELECT array_agg(t.kind ORDER BY t.created_at, t.id) FROM attachment t WHERE t.id = ANY (r.attachment_ids)), '{}')
    AS "fileKinds"`;

/** Takes the locks of a referral and its concern, in that order everywhere: concern first. Null when there is none. */
export async function holdReferral(tx: Tx, referralId: string): Promise<HeldReferral | null> {
  // Statements of their own: what is read beside a lock in one statement is as it was before the wait for it.
  await tx.query(
    `SELECT 1 FROM concern WHERE id = (SELECT concern_id FROM referral WHERE id = $1) FOR NO KEY UPDATE`,
    [referralId],
  );
  await tx.query(`SELECT 1 FROM referral WHERE id = $1 FOR NO KEY UPDATE`, [referralId]);
  const { rows } = await tx.query<HeldReferral>(
    `SELECT ${heldColumns}
       FROM referral r JOIN concern k ON k.id = r.concern_id JOIN agency g ON g.id = r.agency_id WHERE r.id = $1`,
    [referralId],
  );
  return rows[0] ?? null;
}

/** Why an officer's step was not made. */
export type NotMoved =
  /** It has changed since the page was read, or this cannot be done in its state. */
  { kind: 'changed'; status: ReferralStatus } | { kind: 'not_found' };

/** For an officer's step: the referral in the version that the page showed, where the move is allowed. */
export async function holdForMove(
  tx: Tx,
  input: { referralId: string; version: number },
  move: ReferralMove,
): Promise<{ kind: 'held'; held: HeldReferral } | NotMoved> {
  const held = await holdReferral(tx, input.referralId);
  if (!held) return { kind: 'not_found' };
  if (held.version !== input.version || afterMove(held.status, move) === null)
    return { kind: 'changed', status: held.status };
  return { kind: 'held', held };
}

export type ReferralEventKind =
  | 'written'
  | 'edited'
  | 'asked'
  | 'approved'
  | 'amended'
  | 'refused'
  /** The resident wants it back, and the agency has it. */
  | 'recalled'
  | 'queued'
  | 'sent'
  | 'send_failed'
  | 'set_aside'
  | 'carried'
  | 'handed_in'
  | 'viewed'
  | 'file_opened'
  | 'acknowledged'
  | 'followed_up'
  | 'answered'
  | 'disowned'
  | 'withdrawn'
  | 'chased';

export type ReferralEvent = {
  kind: ReferralEventKind;
  author: 'officer' | 'resident' | 'agency' | 'bestie';
  officerId?: string | null;
  /** Ids, days and counts; never a word that somebody wrote. */
  detail?: Record<string, unknown>;
  words?: string | null;
};

export async function addReferralEvent(tx: Tx, referralId: string, event: ReferralEvent): Promise<void> {
  await tx.query(
    `INSERT INTO referral_event (referral_id, at, kind, author, officer_id, detail, words_sealed)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      referralId,
      tx.now,
      event.kind,
      event.author,
      event.officerId ?? null,
      event.detail === undefined ? null : JSON.stringify(event.detail),
      event.words ? tx.vault.seal(event.words, sealed.referralWords) : null,
    ],
  );
}

type Columns = Partial<{
  agency_id: string;
  summary_sealed: Uint8Array;
  attachment_ids: string[];
  packet_revision: number;
  is_name_shared: boolean;
  person_sealed: Uint8Array | null;
  approved_hash: Uint8Array | null;
  approved_at: Date | null;
  way: 'mail' | 'lapor' | null;
  lapor_id: string | null;
  expected_by: string | null;
  sent_at: Date;
  closed_at: Date;
  link_expires_at: Date | null;
}>;

/** What a referral has of the resident's yes, and of the way that was chosen on it, is gone. */
export const noApproval = {
  is_name_shared: false,
  person_sealed: null,
  approved_hash: null,
  approved_at: null,
  way: null,
} as const satisfies Columns;

/** What the mail says of a letter; every other move takes away one that has not left. */
const mailMoves: readonly ReferralMove[] = ['leave', 'fail', 'set_aside'];

/**
 * Makes a move that is allowed, with its event. A letter that waits for the mail server, or for a hand, is taken away
 * by every step but the mail's own. What else follows is the caller's. Answers the new version.
 */
export async function moveReferral(
  tx: Tx,
  held: HeldReferral,
  input: { move: ReferralMove; event: ReferralEvent; columns?: Columns },
): Promise<{ status: ReferralStatus; version: number }> {
  const status = afterMove(held.status, input.move);
  if (status === null) throw new Error(`A referral that is ${held.status} cannot ${input.move}`);
  const columns = Object.entries(input.columns ?? {});
  await tx.query(
    `UPDATE referral SET status = $2, version = version + 1${columns.map(([name], at) => `, ${name} = $${at + 3}`).join('')}
      WHERE id = $1`,
    [held.id, status, ...columns.map(([, value]) => value)],
  );
  const isWaiting = held.status === 'sending' || held.status === 'by_hand';
  if (isWaiting && !mailMoves.includes(input.move)) await dropLetters(tx, held.id);
  await addReferralEvent(tx, held.id, input.event);
  tx.changed({ kind: 'concern', id: held.concernId });
  return { status, version: held.version + 1 };
}

/** The packet's words as they stand; `person` is whom the agency gets to know, null for nobody. */
export function packetOf(tx: Tx, held: HeldReferral, person: ReferralPerson | null): string {
  return packetText({
    code: held.code,
    category: held.category,
    kelurahanCode: held.kelurahanCode,
    summary: tx.vault.openText(held.summarySealed, sealed.referralSummary),
    fileKinds: held.fileKinds,
    person,
  });
}

export function personOf(tx: Tx, held: Pick<HeldReferral, 'personSealed'>): ReferralPerson | null {
  return held.personSealed === null
    ? null
    : tx.vault.openJson<ReferralPerson>(held.personSealed, sealed.referralPerson);
}

/** A keyed hash of all that leaves: to whom, which words, which files. */
export function packetHash(tx: Tx, held: HeldReferral, person: ReferralPerson | null): Uint8Array {
  return tx.vault.fingerprint(
    `packet:${JSON.stringify([held.id, held.agencyId, packetOf(tx, held, person), held.attachmentIds])}`,
  );
}

/** Whether what would leave now is exactly what the resident said yes to. */
export function isApproved(tx: Tx, held: HeldReferral): boolean {
  if (held.approvedHash === null) return false;
  return Buffer.compare(held.approvedHash, packetHash(tx, held, personOf(tx, held))) === 0;
}
