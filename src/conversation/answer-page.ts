import type { Say } from '../../flows/define-flow.ts';
import { acknowledgeAlert } from '../actions/acknowledge-alert.ts';
import { contactHash } from '../actions/officer-contact.ts';
import { sealed } from '../store/sealed.ts';
import type { Tx } from '../store/transact.ts';
import type { Held } from './hold-conversation.ts';
import { readToken } from './token.ts';

/**
 * An officer who was called presses "Saya tangani" in their own chat with the bot. Who they are is known by the contact
 * that was called; anybody else's press of such a button is none. Null when this is no such press.
 */
export async function answerPage(tx: Tx, held: Held, token: string): Promise<Say | null> {
  const read = readToken(token);
  if (read.kind !== 'alert' || held.channel === 'web') return null;
  const value = tx.vault.openText(held.address_sealed, sealed.addressValue);
  const { rows } = await tx.query<{ id: string }>(
    `SELECT o.id FROM officer_contact k JOIN officer o ON o.id = k.officer_id
      WHERE k.kind = $1 AND k.value_hash = $2 AND o.is_active AND o.role <> 'analyst'`,
    [held.channel, contactHash(tx.vault, held.channel, value)],
  );
  const officer = rows[0];
  if (!officer) return null;
  const result = await acknowledgeAlert(tx, { alertId: read.alertId, officerId: officer.id });
  switch (result.kind) {
    case 'acknowledged':
      return {
        kind: 'text',
        text: 'Tercatat: Anda yang menangani. Rekan lain tidak dipanggil lagi. Buka chatnya lewat tautan tadi.',
      };
    case 'acknowledged_by_other':
      return { kind: 'text', text: `Sudah ditangani ${result.by}. Terima kasih sudah siap.` };
    case 'not_found':
      return { kind: 'text', text: 'Tanda bahaya itu sudah tidak ada.' };
  }
}
