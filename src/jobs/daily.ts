import { attachSentFiles } from '../actions/attach-sent-file.ts';
import { dangerOverSince, standsInDanger } from '../actions/standing-danger.ts';
import { keptDays } from '../domain/kept-days.ts';
import { closeMonths } from '../insight/close-months.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Transact } from '../store/transact.ts';
import { findOrphanFiles } from './remove-files.ts';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * What happens once a night: a month that is over is counted for the trends; words of people who have not
 * answered the consent question for a week are not kept, and with their words, a day after the last one, go the addresses
 * of those who agreed to nothing or had all erased. Nor are expired log-ins and one-time links.
 */
export async function runDaily(deps: {
  db: Database;
  clock: Clock;
  files: FileStore;
  transact: Transact;
}): Promise<void> {
  // Counted before anything is forgotten; a month that cannot be counted keeps nobody's words a night longer.
  const [counted] = await Promise.allSettled([deps.transact(closeMonths)]);
  await forget(deps);
  if (counted.status === 'rejected') throw counted.reason;
}

async function forget(deps: Parameters<typeof runDaily>[0]): Promise<void> {
  const { db, clock } = deps;
  const now = clock.now();
  const old = new Date(now.getTime() - dayMs);
  const overSince = dangerOverSince(now);
  const unanswered = new Date(now.getTime() - keptDays.unanswered * dayMs);
  // Where the question was refused or left the words are gone at once (`purgeUnconsented`): those that are here wait for it.
  const unconsented = `m.direction = 'in' AND m.created_at < CASE WHEN m.content_sealed IS NULL THEN $1::timestamptz ELSE $3::timestamptz END
      AND (m.content_sealed IS NOT NULL OR m.ref_sealed IS NOT NULL)
      AND NOT ${isAttended('m.conversation_id', '$2')}
      AND NOT EXISTS (SELECT 1 FROM consent k JOIN address a ON a.resident_id = k.resident_id
                       JOIN conversation c ON c.address_id = a.id
                      WHERE c.id = m.conversation_id AND k.withdrawn_at IS NULL)`;
  await db.query(`DELETE FROM attachment t USING message m WHERE m.id = t.message_id AND ${unconsented}`, [
    old,
    overSince,
    unanswered,
  ]);
  await db.query(`UPDATE message m SET content_sealed = NULL, ref_sealed = NULL WHERE ${unconsented}`, [
    old,
    overSince,
    unanswered,
  ]);
  await forgetStrangers(db, old, overSince);
  await db.query(`DELETE FROM officer_session WHERE expires_at < $1`, [now]);
  await db.query(`DELETE FROM setup_link WHERE expires_at < $1`, [now]);
  await db.query(`DELETE FROM link_code WHERE expires_at < $1`, [now]);
  await db.query(`DELETE FROM link_failure WHERE at < $1`, [old]);
  await db.query(`DELETE FROM login_failure WHERE at < $1`, [old]);
  await db.query(
    `DELETE FROM referral_link l USING referral r
      WHERE r.id = l.referral_id AND (r.link_expires_at IS NULL OR r.link_expires_at < $1)`,
    [now],
  );
  // The agency has been told; with the code goes the last trace of what was erased.
  await db.query(`DELETE FROM agency_letter WHERE kind = 'erasure' AND done_at < $1`, [old]);
  await db.query(`DELETE FROM channel_alert WHERE created_at < $1`, [old]);
  await db.query(`DELETE FROM officer_code WHERE expires_at < $1`, [now]);
  // Telegram repeats what it is not sure of for a day.
  await db.query(
    `DELETE FROM officer_group_event WHERE handled_at < $1 AND (answer IS NULL OR answered_at IS NOT NULL)`,
    [new Date(old.getTime() - dayMs)],
  );
  await db.query(`DELETE FROM channel_request WHERE created_at < $1`, [old]);
  await attachSentFiles(deps.transact);
  await findOrphanFiles(deps);
}

/** SQL: an officer talks with them or is to, or danger was told of and is not over. */
function isAttended(conversationId: string, overSince: string): string {
  return `(${standsInDanger(conversationId, overSince)}
    OR EXISTS (SELECT 1 FROM handoff w WHERE w.conversation_id = ${conversationId} AND w.status IN ('waiting', 'held')))`;
}

/**
 * Whoever agreed to nothing, or took the consent back, is not kept, not even by address: unless words of theirs wait for
 * their consent, somebody speaks with them, danger was told of late, a walk-in booked for them, a last word to them is
 * still on its way, or they are what a merge has left of somebody (no address, no word).
 */
async function forgetStrangers(db: Database, old: Date, overSince: Date): Promise<void> {
  await db.query(
    `DELETE FROM resident r
      WHERE r.created_at < $1 AND (NOT r.is_walk_in OR r.erased_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM consent k WHERE k.resident_id = r.id AND k.withdrawn_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.resident_id = r.id)
        AND NOT EXISTS (SELECT 1 FROM merge g WHERE g.merged_resident_id = r.id AND g.undone_at IS NULL)
        AND NOT EXISTS (
          SELECT 1 FROM conversation c JOIN address a ON a.id = c.address_id
           WHERE a.resident_id = r.id
             AND (c.last_in_at >= $1
                  OR ${isAttended('c.id', '$2')}
                  OR EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.direction = 'in'
                                AND m.content_sealed IS NOT NULL)
                  OR EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id
                                AND (m.status IN ('pending', 'sending') OR (m.direction = 'in' AND m.processed_at IS NULL)))))`,
    [old, overSince],
  );
}
