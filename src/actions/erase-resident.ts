import type { RoomCalendar } from '../domain/calendar.ts';
import type { Tx } from '../store/transact.ts';
import { askErasure } from './ask-erasure.ts';
import { findActiveBooking } from './book-slot.ts';
import { cancelBooking } from './cancel-booking.ts';
import { writeAudit } from './write-audit.ts';

/**
 * Erases all that a resident wrote and is known by, at their wish: messages, files (both ways; the sweep takes them off the
 * disk), concerns, bookings, names. What stays for a day is an empty conversation, so that the farewell can be said
 * (`runDaily` takes it away), and the audit. An active booking is cancelled first, so its seat goes to the next who waits,
 * and agencies that have a packet are asked to erase it, too.
 *
 * @returns the names of the agencies that are asked.
 */
export async function eraseResident(
  tx: Tx,
  input: {
    residentId: string;
    calendar: RoomCalendar;
    /** Who did it for them at the desk. */
    officerId?: string;
  },
): Promise<{ kind: 'erased'; agencies: string[] }> {
  const active = await findActiveBooking(tx, { residentId: input.residentId });
  if (active) {
    await cancelBooking(tx, { bookingId: active.id, residentId: input.residentId, calendar: input.calendar });
  }
  const { agencies } = await askErasure(tx, input);
  const mine = `conversation_id IN (SELECT c.id FROM conversation c JOIN address a ON a.id = c.address_id
                                     WHERE a.resident_id = $1)`;
  const left = await tx.query<{ id: string }>(
    `UPDATE handoff SET status = 'closed', outcome = 'left', closed_at = $2
      WHERE status IN ('waiting', 'held') AND ${mine} RETURNING id`,
    [input.residentId, tx.now],
  );
  for (const { id } of left.rows) tx.changed({ kind: 'handoff', id });
  await tx.query(
    `DELETE FROM note WHERE ${mine} OR concern_id IN (SELECT id FROM concern WHERE resident_id = $1)`,
    [input.residentId],
  );
  await tx.query(`DELETE FROM danger_alert WHERE ${mine}`, [input.residentId]);
  await tx.query(`DELETE FROM notice WHERE ${mine}`, [input.residentId]);
  // The message being answered keeps its row without content, so that its repeat is still known.
  await tx.query(`DELETE FROM message WHERE direction = 'out' AND ${mine}`, [input.residentId]);
  await tx.query(`DELETE FROM attachment WHERE message_id IN (SELECT id FROM message WHERE ${mine})`, [
    input.residentId,
  ]);
  await tx.query(
    `UPDATE message SET content_sealed = NULL, ref_sealed = NULL, ref_hash = NULL, deleted_at = $2
      WHERE direction = 'in' AND ${mine}`,
    [input.residentId, tx.now],
  );
  for (const table of ['concern', 'waiting', 'booking'] as const) {
    const gone = await tx.query<{ id: string }>(`DELETE FROM ${table} WHERE resident_id = $1 RETURNING id`, [
      input.residentId,
    ]);
    // Open pages must not go on showing it.
    if (table !== 'waiting') for (const { id } of gone.rows) tx.changed({ kind: table, id });
  }
  await tx.query(`UPDATE consent SET withdrawn_at = $2 WHERE resident_id = $1 AND withdrawn_at IS NULL`, [
    input.residentId,
    tx.now,
  ]);
  await tx.query(
    `UPDATE conversation SET owner = 'bot', dialog_sealed = NULL, silence_due_at = NULL
      WHERE address_id IN (SELECT id FROM address WHERE resident_id = $1)`,
    [input.residentId],
  );
  // What merges have left of others who are this resident goes too, and with it what an undoing could give back.
  await tx.query(
    `WITH RECURSIVE shell AS (
       SELECT merged_resident_id AS id FROM merge WHERE kept_resident_id = $1 AND undone_at IS NULL
       UNION SELECT g.merged_resident_id FROM merge g JOIN shell ON g.kept_resident_id = shell.id WHERE g.undone_at IS NULL
     ) DELETE FROM resident WHERE id IN (SELECT id FROM shell)`,
    [input.residentId],
  );
  await tx.query(`DELETE FROM link_code WHERE resident_id = $1`, [input.residentId]);
  await tx.query(`DELETE FROM merge WHERE kept_resident_id = $1 OR merged_resident_id = $1`, [
    input.residentId,
  ]);
  await tx.query(`UPDATE address SET profile_name_sealed = NULL WHERE resident_id = $1`, [input.residentId]);
  await tx.query(
    `UPDATE resident SET name_sealed = NULL, language = 'id', wants_reminders = true, erased_at = $2 WHERE id = $1`,
    [input.residentId, tx.now],
  );
  await writeAudit(tx, {
    officerId: input.officerId ?? null,
    action: 'erase_resident',
    subjectKind: 'resident',
    subjectId: input.residentId,
  });
  return { kind: 'erased', agencies };
}
