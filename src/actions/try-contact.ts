import type { Tx } from '../store/transact.ts';
import type { ContactKind } from './officer-contact.ts';
import type { CallWay } from './read-reach.ts';

export type TryContactResult =
  | { kind: 'trying' }
  /** It was tried a moment ago. */
  | { kind: 'too_soon' }
  /** This installation cannot call on that way. */
  | { kind: 'no_way'; way: ContactKind }
  | { kind: 'not_found' };

/** A number typed in as one's own may be somebody else's, who is not to be rung again and again. */
const pauseMs = 60_000;

/**
 * An officer tries one of their own contacts, the way a call goes in danger: a page that is about nobody. Only the
 * newest try of a contact is kept; what came of it stands with the contact.
 */
export async function tryContact(
  tx: Tx,
  input: { contactId: string; officerId: string; ways: readonly CallWay[] },
): Promise<TryContactResult> {
  const { contactId, officerId } = input;
  const found = await tx.query<{ kind: ContactKind }>(
    `SELECT kind FROM officer_contact WHERE id = $1 AND officer_id = $2 FOR UPDATE`,
    [contactId, officerId],
  );
  const contact = found.rows[0];
  if (!contact) return { kind: 'not_found' };
  if (!input.ways.includes(contact.kind)) return { kind: 'no_way', way: contact.kind };
  const { count } = await tx.query(`SELECT 1 FROM page WHERE contact_id = $1 AND is_try AND due_at > $2`, [
    contactId,
    new Date(tx.now.getTime() - pauseMs),
  ]);
  if (count > 0) return { kind: 'too_soon' };
  await tx.query(`DELETE FROM page WHERE contact_id = $1 AND is_try`, [contactId]);
  await tx.query(
    `INSERT INTO page (is_try, officer_id, contact_id, kind, step, due_at, next_attempt_at)
     VALUES (true, $1, $2, $3, 0, $4, $4)`,
    [officerId, contactId, contact.kind, tx.now],
  );
  tx.ring({ kind: 'pages' });
  tx.changed({ kind: 'room', id: 'contacts' });
  return { kind: 'trying' };
}
