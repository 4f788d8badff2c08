import { z } from 'zod';
import { OperatorError } from '../ops/operator-error.ts';
import type { Database, Queryable } from './database.ts';
import type { KeyRing } from './key-ring.ts';

const settingKey = 'keys';
export const keyMarksSchema = z.object({
  /** Of the key by which addresses are found. */
  fingerprint: z.string(),
  /** Of every key that has ever sealed, by its name. */
  sealing: z.record(z.string(), z.string()),
});
export type KeyMarks = z.output<typeof keyMarksSchema>;

/**
 * Throws {@link OperatorError} unless these are the keys that this database was written with. Under another last key
 * nothing would fail: every resident would only be a stranger, and be written down a second time. The marks are kept
 * in the database by the first start ({@link keepKeyMarks}); they tell one key from another without telling any.
 */
export async function assertKeysFit(db: Queryable, keyRing: KeyRing): Promise<void> {
  const known = await readKeyMarks(db);
  if (known) compareKeyMarks(known, keyRing);
}

/** Null where Bestie has not been started since there are marks. */
export async function readKeyMarks(db: Queryable): Promise<KeyMarks | null> {
  const { rows } = await db.query<{ value: unknown }>(`SELECT value FROM setting WHERE key = $1`, [
    settingKey,
  ]);
  return rows[0] ? keyMarksSchema.parse(rows[0].value) : null;
}

/** Keeps the marks of these keys, after the look of {@link assertKeysFit}. Only a start does; no other command. */
export async function keepKeyMarks(db: Database, keyRing: KeyRing, now: Date): Promise<void> {
  const { fingerprintMark: fingerprint, current } = keyRing;
  await db.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO setting (key, value, updated_at) VALUES ($1, $2::jsonb, $3) ON CONFLICT (key) DO NOTHING`,
      [settingKey, JSON.stringify({ fingerprint, sealing: {} }), now],
    );
    const { rows } = await tx.query<{ value: unknown }>(
      `SELECT value FROM setting WHERE key = $1 FOR UPDATE`,
      [settingKey],
    );
    const { sealing } = compareKeyMarks(keyMarksSchema.parse(rows[0]?.value), keyRing);
    if (sealing[current.id] !== undefined) return;
    await tx.query(`UPDATE setting SET value = $2::jsonb, updated_at = $3 WHERE key = $1`, [
      settingKey,
      JSON.stringify({ fingerprint, sealing: { ...sealing, [current.id]: current.mark } }),
      now,
    ]);
  });
}

/** The look of {@link assertKeysFit} at marks that are at hand. */
export function compareKeyMarks(known: KeyMarks, keyRing: KeyRing): KeyMarks {
  if (known.fingerprint !== keyRing.fingerprintMark) throw otherLastKey();
  for (const [id, mark] of Object.entries(known.sealing))
    if (keyRing.byId(id)?.mark !== mark) throw missingKey(id);
  return known;
}

function otherLastKey(): OperatorError {
  return new OperatorError(
    'The last key in BESTIE_KEYS (or in the file "keys" of DATA_DIR) is not the one that this database was made with; ' +
      'nobody would be recognised. Put the oldest key last again, new ones in front of it.',
  );
}

function missingKey(id: string): OperatorError {
  return new OperatorError(
    `The database holds what was encrypted with the key "${id}", which is missing from BESTIE_KEYS ` +
      `(or from the file "keys" of DATA_DIR) or is another one there. Put it back behind the others.`,
  );
}
