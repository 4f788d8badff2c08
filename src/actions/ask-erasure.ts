import { erasureLetter } from '../domain/agency-letter.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import type { Tx } from '../store/transact.ts';
import { planLetter } from './plan-letter.ts';

/**
 * Asks each agency that has, or may have, a packet of this resident to erase its copy, by the referral's code alone. Called
 * before the referrals go; afterwards there is nothing left to ask about, so that twice is once.
 *
 * @returns the names of those who are asked, for the resident to know.
 */
export async function askErasure(
  tx: Tx,
  input: { residentId: string; calendar: RoomCalendar },
): Promise<{ agencies: string[] }> {
  const { room } = input.calendar;
  const { rows } = await tx.query<{
    referral_id: string;
    code: string;
    lapor_id: string | null;
    agency_id: string;
    agency: string;
    mailbox: string | null;
  }>(
    // To the mailbox that got the packet; else, where it was handed in or answered, to the one that the agency has now.
    `SELECT DISTINCT ON (r.id, g.id) r.id AS referral_id, k.code, r.lapor_id, g.id AS agency_id, g.name AS agency,
            coalesce(had.mailbox, g.email) AS mailbox
       FROM concern k JOIN referral r ON r.concern_id = k.id
       JOIN LATERAL (
              SELECT l.agency_id, l.mailbox, l.created_at FROM agency_letter l
               WHERE l.referral_id = r.id AND l.kind = 'packet' AND l.status IN ('sending', 'by_hand', 'sent')
              UNION ALL
              SELECT r.agency_id, NULL, NULL WHERE r.sent_at IS NOT NULL
            ) AS had ON true
       JOIN agency g ON g.id = had.agency_id
      WHERE k.resident_id = $1
      ORDER BY r.id, g.id, had.created_at DESC NULLS LAST`,
    [input.residentId],
  );
  for (const row of rows) {
    await planLetter(tx, {
      kind: 'erasure',
      code: row.code,
      agencyId: row.agency_id,
      onceKey: `erasure.${row.referral_id}.${row.agency_id}`,
      mailbox: row.mailbox,
      content: erasureLetter({
        code: row.code,
        agency: row.agency,
        laporId: row.lapor_id,
        from: { room: room.name, place: room.place },
      }),
    });
  }
  return { agencies: [...new Set(rows.map((row) => row.agency))].sort() };
}
