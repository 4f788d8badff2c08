import { sealed } from '../../store/sealed.ts';
import type { Queryable } from '../../store/database.ts';
import type { Vault } from '../../store/vault.ts';

/** What officers noted for each other, the oldest first. The caller has checked the right to read it. */
export async function readNotes(
  db: Queryable,
  vault: Vault,
  of: { conversationId: string } | { concernId: string },
) {
  const [column, id] =
    'concernId' in of ? ['concern_id', of.concernId] : ['conversation_id', of.conversationId];
  const { rows } = await db.query<{
    id: string;
    name: string | null;
    body_sealed: Uint8Array;
    created_at: Date;
  }>(
    `SELECT n.id, o.name, n.body_sealed, n.created_at FROM note n LEFT JOIN officer o ON o.id = n.officer_id
      WHERE n.${column} = $1 ORDER BY n.created_at`,
    [id],
  );
  return rows.map((note) => ({
    id: note.id,
    officer: note.name,
    body: vault.openText(note.body_sealed, sealed.note),
    at: note.created_at.toISOString(),
  }));
}
