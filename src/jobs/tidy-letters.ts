import type { LetterFolder } from '../mail/letter-folder.ts';
import type { Database } from '../store/database.ts';

/** Letters that were sent by hand, taken back or erased leave no file behind. One that is not known is erased. */
export async function tidyLetters(deps: { db: Database; folder: LetterFolder }): Promise<void> {
  await deps.folder.tidy(async (letterIds) => {
    const { rows } = await deps.db.query<{ id: string }>(
      `SELECT f.id FROM unnest($1::uuid[]) AS f(id) LEFT JOIN agency_letter l ON l.id = f.id
        WHERE l.id IS NULL OR (l.by_hand_at IS NOT NULL AND l.status <> 'by_hand') OR l.status = 'dropped'`,
      [letterIds],
    );
    return rows.map(({ id }) => id);
  });
}
