import { sealed } from '../store/sealed.ts';
import type { ReferralPerson } from '../domain/referral-packet.ts';
import type { Tx } from '../store/transact.ts';
import { holdForMove, moveReferral, noApproval, packetHash } from './hold-referral.ts';
import type { HeldReferral, NotMoved } from './hold-referral.ts';
import { planNotice } from './plan-notice.ts';
import { writeAudit } from './write-audit.ts';
import { dropQuestions } from './write-packet.ts';

/** Shows the resident the packet, word for word, and asks whether it may leave. */
export async function askApproval(
  tx: Tx,
  input: { referralId: string; version: number; officerId: string },
): Promise<{ kind: 'asked'; version: number } | { kind: 'no_chat' } | NotMoved> {
  const { officerId } = input;
  const found = await holdForMove(tx, input, 'ask');
  if (found.kind !== 'held') return found;
  const { held } = found;
  if (held.conversationId === null) return { kind: 'no_chat' };
  const revision = held.packetRevision + 1;
  const moved = await moveReferral(tx, held, {
    move: 'ask',
    event: { kind: 'asked', author: 'officer', officerId, detail: { revision, agency: held.agencyId } },
    columns: {
      packet_revision: revision,
      ...noApproval,
    },
  });
  await dropQuestions(tx, held.id);
  await planNotice(tx, {
    kind: 'referral-ask',
    onceKey: `referral-ask.${held.id}.${revision}`,
    dueAt: tx.now,
    concernId: held.concernId,
    referralId: held.id,
  });
  await writeAudit(tx, {
    officerId,
    action: 'referral_ask',
    subjectKind: 'concern',
    subjectId: held.concernId,
    detail: { code: held.code, agency: held.agencyId },
  });
  return { kind: 'asked', version: moved.version };
}

/** The resident sits in the room and has no chat: the officer shows them the packet and writes down the yes. */
export async function approveInRoom(
  tx: Tx,
  input: { referralId: string; version: number; officerId: string; isNameShared: boolean },
): Promise<{ kind: 'approved'; version: number } | { kind: 'has_chat' } | { kind: 'no_name' } | NotMoved> {
  const { officerId, isNameShared } = input;
  const found = await holdForMove(tx, input, 'approve');
  if (found.kind !== 'held') return found;
  const { held } = found;
  if (held.conversationId !== null) return { kind: 'has_chat' };
  const person = isNameShared ? await findPerson(tx, held) : null;
  if (isNameShared && !person) return { kind: 'no_name' };
  const version = await approve(tx, held, { person, officerId });
  await writeAudit(tx, {
    officerId,
    action: 'referral_approve_in_room',
    subjectKind: 'concern',
    subjectId: held.concernId,
    detail: { code: held.code, isNameShared },
  });
  return { kind: 'approved', version };
}

/** Writes the yes down with the hash of what it was said to. `officerId` where it was said in the room. */
export async function approve(
  tx: Tx,
  held: HeldReferral,
  given: { person: ReferralPerson | null; officerId: string | null },
): Promise<number> {
  const { person, officerId } = given;
  const { version } = await moveReferral(tx, held, {
    move: 'approve',
    event: {
      kind: 'approved',
      author: officerId === null ? 'resident' : 'officer',
      officerId,
      detail: { isNameShared: person !== null, revision: held.packetRevision },
    },
    columns: {
      is_name_shared: person !== null,
      person_sealed: person === null ? null : tx.vault.sealJson(person, sealed.referralPerson),
      approved_hash: packetHash(tx, held, person),
      approved_at: tx.now,
    },
  });
  return version;
}

/** Whom the agency would get to know: the name that is kept, and a phone number where the chat has one. */
export async function findPerson(
  tx: Tx,
  of: { residentId: string; conversationId: string | null },
): Promise<ReferralPerson | null> {
  const { rows } = await tx.query<{
    name_sealed: Uint8Array | null;
    profile_name_sealed: Uint8Array | null;
    kind: string | null;
    value_sealed: Uint8Array | null;
  }>(
    `SELECT r.name_sealed, a.profile_name_sealed, a.kind, a.value_sealed
       FROM resident r LEFT JOIN conversation c ON c.id = $2 LEFT JOIN address a ON a.id = c.address_id
      WHERE r.id = $1`,
    [of.residentId, of.conversationId],
  );
  const row = rows[0];
  if (!row) return null;
  const name = row.name_sealed
    ? tx.vault.openText(row.name_sealed, sealed.residentName)
    : row.profile_name_sealed
      ? tx.vault.openText(row.profile_name_sealed, sealed.profileName)
      : null;
  if (name === null) return null;
  const contact =
    row.kind === 'phone' && row.value_sealed
      ? `+${tx.vault.openText(row.value_sealed, sealed.addressValue)}`
      : null;
  return { name, contact };
}
