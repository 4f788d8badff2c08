import { heldColumns, isApproved, packetOf, personOf } from '../../actions/hold-referral.ts';
import type { HeldReferral } from '../../actions/hold-referral.ts';
import { proposeAgency, routeFor } from '../../domain/agency-route.ts';
import type { AgencyProposal, AgencyRoute } from '../../domain/agency-route.ts';
import { afterMove, isClosed, isWithAgency, overdueClocks } from '../../domain/referral.ts';
import type { ReferralClock, ReferralMove, ReferralStatus } from '../../domain/referral.ts';
import { dayOf } from '../../domain/wita.ts';
import type { Day } from '../../domain/wita.ts';
import { sealed } from '../../store/sealed.ts';
import type { Queryable } from '../../store/database.ts';
import type { Tx } from '../../store/transact.ts';
import type { Vault } from '../../store/vault.ts';
import { readConcernGuess, readCorrection } from './concern-guess.ts';
import { letterSentence } from './letters.ts';

type ReferralRow = HeldReferral & {
  lapor_id: string | null;
  expected_by: Day | null;
  officer_name: string | null;
  created_at: Date;
  approved_at: Date | null;
  closed_at: Date | null;
  link_expires_at: Date | null;
};

const officerMoves = ['edit', 'ask', 'send', 'hand_in', 'withdraw'] as const satisfies ReferralMove[];
const agencyMoves = ['acknowledge', 'follow_up', 'answer', 'disown'] as const satisfies ReferralMove[];

/** Every referral of a concern, the newest first, with its words. The caller has checked the right to read them. */
export async function readReferrals(tx: Tx, concernId: string) {
  const { rows } = await tx.query<ReferralRow>(
    `SELECT ${heldColumns}, r.lapor_id, r.expected_by, o.name AS officer_name, r.created_at,
            r.approved_at, r.closed_at, r.link_expires_at
       FROM referral r JOIN concern k ON k.id = r.concern_id JOIN agency g ON g.id = r.agency_id
       LEFT JOIN officer o ON o.id = r.officer_id
      WHERE r.concern_id = $1 ORDER BY r.seq DESC`,
    [concernId],
  );
  const views = [];
  for (const row of rows) views.push(await presentReferral(tx, row));
  return views;
}

async function presentReferral(tx: Tx, row: ReferralRow) {
  const today = dayOf(tx.now);
  const clocks = await tx.query<{
    clock: ReferralClock;
    dueOn: Day;
    isMet: boolean;
    chased_at: Date | null;
  }>(
    `SELECT clock, due_on AS "dueOn", met_at IS NOT NULL AS "isMet", chased_at FROM referral_clock
      WHERE referral_id = $1 ORDER BY due_on`,
    [row.id],
  );
  const letters = await tx.query<{
    id: string;
    kind: string;
    mailbox: string | null;
    status: string;
    attempts: number;
    failure: string | null;
    created_at: Date;
    done_at: Date | null;
    next_attempt_at: Date;
    isByHand: boolean;
  }>(
    `SELECT id, kind, mailbox, status, attempts, failure, created_at, done_at, next_attempt_at,
            by_hand_at IS NOT NULL AS "isByHand" FROM agency_letter
      WHERE referral_id = $1 ORDER BY created_at, id`,
    [row.id],
  );
  const isAskable = row.conversationId !== null;
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    agency: { id: row.agencyId, name: row.agencyName, short: row.agencyShort, mailbox: row.mailbox },
    officer: row.officer_name,
    summary: tx.vault.openText(row.summarySealed, sealed.referralSummary),
    attachmentIds: row.attachmentIds,
    /** Exactly what leaves, to be copied into SP4N-LAPOR! as well. */
    packet: packetOf(tx, row, personOf(tx, row)),
    isNameShared: row.personSealed !== null,
    /** What leaves is what the resident said yes to. */
    isApproved: isApproved(tx, row),
    way: row.way,
    laporId: row.lapor_id,
    expectedBy: row.expected_by,
    createdAt: row.created_at.toISOString(),
    approvedAt: row.approved_at?.toISOString() ?? null,
    sentAt: row.sentAt?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
    linkExpiresAt: row.link_expires_at?.toISOString() ?? null,
    clocks: clocks.rows.map(({ clock, dueOn, isMet, chased_at: chasedAt }) => ({
      clock,
      dueOn,
      isMet,
      isOverdue: isWithAgency(row.status) && !isMet && dueOn < today,
      chasedAt: chasedAt?.toISOString() ?? null,
    })),
    overdue: isWithAgency(row.status) ? (overdueClocks(clocks.rows, today)[0] ?? null) : null,
    letters: letters.rows.map((letter) => ({
      id: letter.id,
      kind: letter.kind,
      mailbox: letter.mailbox,
      status: letter.status,
      attempts: letter.attempts,
      failure: letter.failure,
      sentence: letterSentence(letter),
      at: letter.created_at.toISOString(),
      doneAt: letter.done_at?.toISOString() ?? null,
      nextAttemptAt: letter.status === 'due' ? letter.next_attempt_at.toISOString() : null,
    })),
    events: await readEvents(tx, tx.vault, row.id),
    isClosed: isClosed(row.status),
    may: {
      ...allowed(row.status, officerMoves),
      send: afterMove(row.status, 'send') !== null && row.way !== 'lapor',
      ask: afterMove(row.status, 'ask') !== null && isAskable,
      approveInRoom: afterMove(row.status, 'approve') !== null && !isAskable,
      reroute: ['not_ours', 'refused_by_resident', 'withdrawn'].includes(row.status),
      record: agencyMoves.filter((move) => afterMove(row.status, move) !== null),
    },
  };
}

function allowed<M extends ReferralMove>(status: ReferralStatus, moves: readonly M[]): Record<M, boolean> {
  return Object.fromEntries(moves.map((move) => [move, afterMove(status, move) !== null])) as Record<
    M,
    boolean
  >;
}

async function readEvents(db: Queryable, vault: Vault, referralId: string) {
  const { rows } = await db.query<{
    id: number;
    at: Date;
    kind: string;
    author: string;
    name: string | null;
    detail: Record<string, unknown> | null;
    words_sealed: Uint8Array | null;
  }>(
    `SELECT e.id, e.at, e.kind, e.author, o.name, e.detail, e.words_sealed FROM referral_event e
       LEFT JOIN officer o ON o.id = e.officer_id WHERE e.referral_id = $1 ORDER BY e.id`,
    [referralId],
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    by: row.author,
    officer: row.name,
    expectedBy: typeof row.detail?.['expectedBy'] === 'string' ? row.detail['expectedBy'] : null,
    betterAgencyId: typeof row.detail?.['betterAgency'] === 'string' ? row.detail['betterAgency'] : null,
    clock: typeof row.detail?.['clock'] === 'string' ? row.detail['clock'] : null,
    words: row.words_sealed === null ? null : vault.openText(row.words_sealed, sealed.referralWords),
  }));
}

/** Who is proposed for a concern; see {@link proposeAgency}. Agencies that are switched off are no answer. */
export async function readProposal(tx: Tx, concernId: string): Promise<AgencyProposal | null> {
  const found = await tx.query<{ category: string | null; kelurahanCode: string | null }>(
    `SELECT category, kelurahan_code AS "kelurahanCode" FROM concern WHERE id = $1`,
    [concernId],
  );
  const concern = found.rows[0];
  if (!concern) return null;
  const routes = await tx.query<AgencyRoute>(
    `SELECT t.category, t.kelurahan_code AS "kelurahanCode", t.agency_id AS "agencyId"
       FROM agency_route t JOIN agency g ON g.id = t.agency_id
      WHERE g.is_active AND t.category = $1`,
    [concern.category],
  );
  const correction = await readCorrection(tx, concernId);
  const guessed = (await readConcernGuess(tx, concernId))?.agencies[0];
  const active = await tx.query<{ id: string; categories: string[] }>(
    `SELECT id, categories FROM agency WHERE is_active AND id = ANY ($1::text[])`,
    [[correction?.agencyId ?? '', guessed?.id ?? '']],
  );
  const named = (id: string | null | undefined) => active.rows.find((agency) => agency.id === id);
  const read = named(guessed?.id);
  return proposeAgency({
    corrected: named(correction?.agencyId)?.id ?? null,
    route: routeFor(routes.rows, concern),
    read:
      read && guessed
        ? { agencyId: read.id, confidence: guessed.confidence, categories: read.categories }
        : null,
    category: concern.category,
  });
}

/** Files that a resident sent for a concern and that may go along. */
export async function readConcernFiles(db: Queryable, vault: Vault, concernId: string) {
  const { rows } = await db.query<{
    id: string;
    kind: string;
    mime: string | null;
    size_bytes: number | null;
    name_sealed: Uint8Array | null;
    created_at: Date;
  }>(
    `SELECT t.id, t.kind, t.mime, t.size_bytes, t.name_sealed, t.created_at
       FROM attachment t JOIN message m ON m.id = t.message_id
      WHERE m.concern_id = $1 AND m.direction = 'in' AND t.status = 'stored' ORDER BY t.created_at, t.id`,
    [concernId],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    mime: row.mime,
    sizeBytes: row.size_bytes,
    name: row.name_sealed === null ? null : vault.openText(row.name_sealed, sealed.attachmentName),
    at: row.created_at.toISOString(),
  }));
}
