import { beginReferral } from '../actions/write-packet.ts';
import { canHandleConcern } from '../desk/policy.ts';
import type { Tx } from '../store/transact.ts';
import { deskLink } from './card.ts';
import { groupWords } from './group-words.ts';
import type { KnownOfficer } from './known-officer.ts';

/**
 * `/rujuk AGENCY: summary` writes the draft of a referral; asking the resident and sending it is done on the desk, where
 * the packet can be seen. Without a summary, or where there is no concern yet, the link alone is the answer.
 */
export async function referFromGroup(
  tx: Tx,
  given: { conversationId: string; officer: KnownOfficer; rest: string; publicUrl: string },
): Promise<string> {
  const { officer, publicUrl } = given;
  const { rows } = await tx.query<{ id: string; officer_id: string | null }>(
    `SELECT id, officer_id FROM concern WHERE conversation_id = $1 AND status NOT IN ('draft', 'settled')
      ORDER BY created_at DESC LIMIT 1`,
    [given.conversationId],
  );
  const concern = rows[0];
  if (!concern) return groupWords.noConcern(deskLink(publicUrl, given.conversationId));
  const link = `${publicUrl}/desk/curhat/${concern.id}`;
  const [, wanted = '', summary = ''] = /^([^:]+?)\s*:\s*([\s\S]+)$/.exec(given.rest) ?? [];
  if (summary === '') return groupWords.referral(link);
  const subject = { officerId: concern.officer_id, isOfComingSession: false, conversation: null };
  if (!canHandleConcern(officer, subject)) return groupWords.notHandling(link);
  const agencies = await tx.query<{ id: string; short: string }>(
    `SELECT id, short FROM agency
      WHERE is_active AND (lower(id) = lower($1) OR lower(short) = lower($1) OR starts_with(lower(name), lower($1)))
      ORDER BY (lower(short) = lower($1) OR lower(id) = lower($1)) DESC, name LIMIT 5`,
    [wanted],
  );
  const [agency] = agencies.rows;
  if (!agency) return groupWords.unknownAgency(wanted);
  const isExact = [agency.id, agency.short].some((name) => name.toLowerCase() === wanted.toLowerCase());
  if (agencies.rows.length > 1 && !isExact)
    return groupWords.severalOfficers(agencies.rows.map(({ short }) => short));
  const begun = await beginReferral(tx, {
    concernId: concern.id,
    officerId: officer.id,
    packet: { agencyId: agency.id, summary: summary.slice(0, 4000), attachmentIds: [] },
  });
  switch (begun.kind) {
    case 'written':
      return groupWords.referralWritten(agency.short, link);
    case 'open_already':
      return groupWords.referralOpen(link);
    case 'settled':
    case 'not_found':
    case 'unknown_agency':
    case 'unknown_file':
      return groupWords.referral(link);
  }
}
