import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import { addReferralEvent, holdForMove, holdReferral, moveReferral, noApproval } from './hold-referral.ts';
import type { NotMoved } from './hold-referral.ts';
import { writeAudit } from './write-audit.ts';

/** What an officer writes for an agency. `attachmentIds`: files of the concern that go along. */
export type Packet = { agencyId: string; summary: string; attachmentIds: readonly string[] };

type BadPacket = { kind: 'unknown_agency' } | { kind: 'unknown_file' };
export type BeginReferralResult =
  | { kind: 'written'; referralId: string; version: number }
  /** One is open already. */
  | { kind: 'open_already' }
  | { kind: 'settled' }
  | { kind: 'not_found' }
  | BadPacket;

/** Begins a referral: an officer has written what the agency would read. Nothing of it has left. */
export async function beginReferral(
  tx: Tx,
  input: { concernId: string; officerId: string; packet: Packet; reroutes?: string },
): Promise<BeginReferralResult> {
  const { concernId, officerId, packet } = input;
  const found = await tx.query<{ code: string; status: string }>(
    `SELECT code, status FROM concern WHERE id = $1 AND status <> 'draft' FOR NO KEY UPDATE`,
    [concernId],
  );
  const concern = found.rows[0];
  if (!concern) return { kind: 'not_found' };
  if (concern.status === 'settled') return { kind: 'settled' };
  const bad = await badPacket(tx, concernId, packet);
  if (bad) return bad;
  const open = await tx.query(
    `SELECT 1 FROM referral WHERE concern_id = $1
        AND status IN ('draft', 'asked', 'approved', 'sending', 'by_hand', 'sent', 'acknowledged', 'failed')`,
    [concernId],
  );
  if (open.count > 0) return { kind: 'open_already' };
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO referral (concern_id, agency_id, status, summary_sealed, attachment_ids, officer_id, created_at)
     VALUES ($1, $2, 'draft', $3, $4, $5, $6) RETURNING id`,
    [
      concernId,
      packet.agencyId,
      tx.vault.seal(packet.summary, sealed.referralSummary),
      unique(packet.attachmentIds),
      officerId,
      tx.now,
    ],
  );
  const referralId = rows[0]?.id ?? '';
  const detail = { agency: packet.agencyId, ...(input.reroutes ? { reroutes: input.reroutes } : {}) };
  await addReferralEvent(tx, referralId, { kind: 'written', author: 'officer', officerId, detail });
  await writeAudit(tx, {
    officerId,
    action: 'referral_write',
    subjectKind: 'concern',
    subjectId: concernId,
    detail: { code: concern.code, ...detail },
  });
  tx.changed({ kind: 'concern', id: concernId });
  return { kind: 'written', referralId, version: 1 };
}

export type EditPacketResult = { kind: 'written'; version: number } | NotMoved | BadPacket;

/** Writes the packet anew, also for another agency. What the resident had said yes to no longer holds. */
export async function editPacket(
  tx: Tx,
  input: { referralId: string; version: number; officerId: string; packet: Packet },
): Promise<EditPacketResult> {
  const { officerId, packet } = input;
  const found = await holdForMove(tx, input, 'edit');
  if (found.kind !== 'held') return found;
  const { held } = found;
  const bad = await badPacket(tx, held.concernId, packet);
  if (bad) return bad;
  const moved = await moveReferral(tx, held, {
    move: 'edit',
    event: { kind: 'edited', author: 'officer', officerId, detail: { agency: packet.agencyId } },
    columns: {
      agency_id: packet.agencyId,
      summary_sealed: tx.vault.seal(packet.summary, sealed.referralSummary),
      attachment_ids: unique(packet.attachmentIds),
      ...noApproval,
    },
  });
  await dropQuestions(tx, held.id);
  // A letter that failed, or lay ready, may have got there all the same: it opens nothing of what is written now.
  await tx.query(`DELETE FROM referral_link WHERE referral_id = $1`, [held.id]);
  await writeAudit(tx, {
    officerId,
    action: 'referral_edit',
    subjectKind: 'concern',
    subjectId: held.concernId,
    detail: { code: held.code, agency: packet.agencyId },
  });
  return { kind: 'written', version: moved.version };
}

export type RerouteResult = BeginReferralResult | { kind: 'not_closed' };

/** The same words for another agency, after one said that it is not theirs (or the resident did not want that one). */
export async function rerouteReferral(
  tx: Tx,
  input: { referralId: string; officerId: string; agencyId: string },
): Promise<RerouteResult> {
  const held = await holdReferral(tx, input.referralId);
  if (!held) return { kind: 'not_found' };
  if (held.status !== 'not_ours' && held.status !== 'refused_by_resident' && held.status !== 'withdrawn')
    return { kind: 'not_closed' };
  // A file may have been erased meanwhile.
  const { rows } = await tx.query<{ id: string }>(`SELECT id FROM attachment WHERE id = ANY ($1::uuid[])`, [
    held.attachmentIds,
  ]);
  return beginReferral(tx, {
    concernId: held.concernId,
    officerId: input.officerId,
    reroutes: held.id,
    packet: {
      agencyId: input.agencyId,
      summary: tx.vault.openText(held.summarySealed, sealed.referralSummary),
      attachmentIds: rows.map((row) => row.id),
    },
  });
}

/** Questions that wait (for the end of the quiet hours) would show what is no longer meant. */
export async function dropQuestions(tx: Tx, referralId: string): Promise<void> {
  await tx.query(
    `UPDATE notice SET status = 'dropped', outcome = 'packet changed', done_at = $2
      WHERE referral_id = $1 AND kind = 'referral-ask' AND status = 'due'`,
    [referralId, tx.now],
  );
}

async function badPacket(tx: Tx, concernId: string, packet: Packet): Promise<BadPacket | null> {
  const agency = await tx.query(`SELECT 1 FROM agency WHERE id = $1 AND is_active`, [packet.agencyId]);
  if (agency.rows.length === 0) return { kind: 'unknown_agency' };
  const wanted = unique(packet.attachmentIds);
  if (wanted.length === 0) return null;
  const files = await tx.query(
    `SELECT 1 FROM attachment t JOIN message m ON m.id = t.message_id
      WHERE t.id = ANY ($1::uuid[]) AND m.concern_id = $2 AND m.direction = 'in' AND t.status = 'stored'`,
    [wanted, concernId],
  );
  return files.rows.length === wanted.length ? null : { kind: 'unknown_file' };
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
