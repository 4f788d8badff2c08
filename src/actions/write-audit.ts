import type { Queryable } from '../store/database.ts';

/** `detail` never holds a resident's words: ids, codes, states and names of officers only. */
export type AuditEntry = {
  officerId: string | null;
  action: string;
  subjectKind:
    | 'conversation'
    | 'concern'
    | 'booking'
    | 'officer'
    | 'message'
    | 'alert'
    | 'room'
    | 'channel'
    | 'resident';
  subjectId: string;
  detail?: Record<string, unknown>;
};

export async function writeAudit(tx: Queryable & { readonly now: Date }, entry: AuditEntry): Promise<void> {
  await tx.query(
    `INSERT INTO audit (at, officer_id, action, subject_kind, subject_id, detail) VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      tx.now,
      entry.officerId,
      entry.action,
      entry.subjectKind,
      entry.subjectId,
      JSON.stringify(entry.detail ?? {}),
    ],
  );
}

const oneReadingMs = 15 * 60 * 1000;

/**
 * A page reads again whenever something changes, which is still one reading by one person: a reading of the
 * same subject by the same officer within a quarter of an hour is one row.
 */
export async function writeReading(tx: Queryable & { readonly now: Date }, entry: AuditEntry): Promise<void> {
  await tx.query(
    `INSERT INTO audit (at, officer_id, action, subject_kind, subject_id, detail)
     SELECT $1, $2, $3, $4, $5, $6
     WHERE NOT EXISTS (
       SELECT 1 FROM audit WHERE subject_kind = $4 AND subject_id = $5 AND officer_id = $2 AND action = $3 AND at > $7)`,
    [
      tx.now,
      entry.officerId,
      entry.action,
      entry.subjectKind,
      entry.subjectId,
      JSON.stringify(entry.detail ?? {}),
      new Date(tx.now.getTime() - oneReadingMs),
    ],
  );
}
