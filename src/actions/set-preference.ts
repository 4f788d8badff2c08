import type { Language } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';

export async function setLanguage(tx: Tx, input: { residentId: string; language: Language }): Promise<void> {
  await tx.query(`UPDATE resident SET language = $2 WHERE id = $1`, [input.residentId, input.language]);
}

/** "Jangan kirim pengingat", and back. Booking confirmations and answers are not reminders. */
export async function setReminders(tx: Tx, input: { residentId: string; isWanted: boolean }): Promise<void> {
  await tx.query(`UPDATE resident SET wants_reminders = $2 WHERE id = $1`, [
    input.residentId,
    input.isWanted,
  ]);
}
