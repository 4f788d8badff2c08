import { addContact } from '../../src/actions/officer-contact.ts';
import type { ContactKind } from '../../src/actions/officer-contact.ts';
import { claimHandoff } from '../../src/actions/claim-handoff.ts';
import { passOffer } from '../../src/actions/pass-offer.ts';
import type { Resident } from './resident.ts';
import type { RoomUnderTest } from './room.ts';

/** Somebody of the team, as the assignment and the paging see them: present at a desk that gives signs of life. */
export async function colleagueIn(
  room: RoomUnderTest,
  name: string,
  more: {
    role?: 'officer' | 'supervisor' | 'admin' | 'analyst';
    capacity?: number;
    skills?: string[];
    contacts?: Partial<Record<ContactKind, string>>;
    isAway?: boolean;
  } = {},
) {
  const [row] = await room.rows<{ id: string }>(
    `INSERT INTO officer (login, name, role, password_hash, presence, capacity, skills, created_at)
     VALUES (lower($1), $1, $2, 'none', 'on_duty', $3, $4, $5) RETURNING id`,
    [name, more.role ?? 'officer', more.capacity ?? 4, more.skills ?? [], room.clock.now()],
  );
  const id = row?.id ?? '';
  const seen = (until: string) =>
    room.rows(
      `INSERT INTO officer_session (token_hash, officer_id, created_at, last_seen_at, expires_at)
       VALUES (sha256($1::text::bytea), $2, $3, $4, '2099-01-01')
       ON CONFLICT (token_hash) DO UPDATE SET last_seen_at = excluded.last_seen_at`,
      [id, id, room.clock.now(), until],
    );
  await seen(more.isAway ? '2000-01-01' : '2099-01-01');
  for (const [kind, value] of Object.entries(more.contacts ?? {}))
    await room.app.transact((tx) =>
      addContact(tx, { officerId: id, kind: kind as ContactKind, value, byOfficerId: id }),
    );
  return {
    id,
    name,
    /** Closes the desk without logging out; the last sign was now. */
    leaves: () => seen(room.clock.now().toISOString()),
    returns: () => seen('2099-01-01'),
    async claims(resident: Resident) {
      const conversationId = await room.conversationOf(resident);
      const claimed = await room.app.transact((tx) => claimHandoff(tx, { conversationId, officerId: id }));
      await room.settles();
      return claimed.kind;
    },
    async passes(resident: Resident) {
      const conversationId = await room.conversationOf(resident);
      const [offer] = await room.rows<{ id: string }>(
        `SELECT f.id FROM handoff_offer f JOIN handoff h ON h.id = f.handoff_id
          WHERE h.conversation_id = $1 AND f.officer_id = $2 ORDER BY f.offered_at DESC LIMIT 1`,
        [conversationId, id],
      );
      const passed = await room.app.transact((tx) =>
        passOffer(tx, { offerId: offer?.id ?? '', officerId: id }),
      );
      await room.settles();
      return passed.kind;
    },
    /** Puts them on the roster: of a weekday, or of a date. */
    serves: (when: number | string, rank: number | null = null, isInRoom = true) =>
      room.rows(
        `INSERT INTO duty (officer_id, weekday, session_date, is_in_room, on_call_rank) VALUES ($1, $2, $3, $4, $5)`,
        [id, typeof when === 'number' ? when : null, typeof when === 'string' ? when : null, isInRoom, rank],
      ),
  };
}

/** To whom a resident's chat is offered right now; null for nobody. */
export async function offeredTo(room: RoomUnderTest, resident: Resident): Promise<string | null> {
  const [row] = await room.rows<{ name: string }>(
    `SELECT o.name FROM handoff_offer f JOIN handoff h ON h.id = f.handoff_id JOIN officer o ON o.id = f.officer_id
      WHERE h.conversation_id = $1 AND h.status = 'waiting' AND f.outcome IS NULL`,
    [await room.conversationOf(resident)],
  );
  return row?.name ?? null;
}
