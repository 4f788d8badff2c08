import type { Queryable } from './database.ts';

/**
 * Lets a file go that no attachment names; one that is named stays. The only way to remove a file: what an attachment
 * named goes by the same row, which the database writes when the attachment goes. The sweep carries it out.
 */
export async function dropFile(db: Queryable, fileKey: string): Promise<void> {
  await db.query(`INSERT INTO file_to_remove (file_key) VALUES ($1) ON CONFLICT DO NOTHING`, [fileKey]);
}
