import type { NoticeKind } from '../domain/notice-kind.ts';
import type { Tx } from '../store/transact.ts';

/**
 * Writes a notice to be sent at `dueAt`. It goes to the conversation named, or to that of its booking or concern
 * when none is; where there is none (a walk-in without a phone) nothing is written. `onceKey` makes planning it
 * twice one notice. `revives`: dropped for that reason, it stands again; a mark was taken back, and made after all.
 */
export async function planNotice(
  tx: Tx,
  input: {
    kind: NoticeKind;
    onceKey: string;
    dueAt: Date;
    conversationId?: string;
    bookingId?: string;
    bookingRevision?: number;
    concernId?: string;
    referralId?: string;
    revives?: string;
  },
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO notice (kind, conversation_id, booking_id, booking_revision, concern_id, once_key, due_at, created_at, referral_id)
     SELECT $1, c.id, $3, $4, $5, $6, $7, $8, $9
       FROM conversation c
      WHERE c.id = coalesce($2::uuid,
                            (SELECT conversation_id FROM booking WHERE id = $3::uuid),
                            (SELECT conversation_id FROM concern WHERE id = $5::uuid))
     ON CONFLICT (once_key) DO UPDATE SET status = 'due', outcome = NULL, done_at = NULL, due_at = excluded.due_at
        WHERE notice.status = 'dropped' AND notice.outcome = $10
     RETURNING id`,
    [
      input.kind,
      input.conversationId ?? null,
      input.bookingId ?? null,
      input.bookingRevision ?? null,
      input.concernId ?? null,
      input.onceKey,
      input.dueAt,
      tx.now,
      input.referralId ?? null,
      input.revives ?? null,
    ],
  );
  const notice = rows[0];
  if (notice) tx.ring({ kind: 'notice', noticeId: notice.id, dueAt: input.dueAt });
}
