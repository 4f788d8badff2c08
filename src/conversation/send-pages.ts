import { firstHolderStep } from '../actions/plan-pages.ts';
import { dangerName } from '../domain/danger-kind.ts';
import { holderStep } from '../domain/paging.ts';
import { isGoneForGood } from '../domain/paging.ts';
import { dayOf } from '../domain/wita.ts';
import type { Day } from '../domain/wita.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import { sealed } from '../store/sealed.ts';
import type { Change } from '../store/transact.ts';
import type { Vault } from '../store/vault.ts';
import { alertToken } from './token.ts';
import type { Called, PageNote, Pager, PageResult } from './pager.ts';

export type SendPagesDeps = {
  db: Database;
  vault: Vault;
  clock: Clock;
  pager: Pager;
  /** Tells the process that has the way, and open pages. */
  publish: (change: Change) => void;
  /** Looks again then. */
  ringLater: (dueAt: Date) => void;
};

type DuePage = {
  id: string;
  alert_id: string | null;
  handoff_id: string | null;
  concern_id: string | null;
  /** The chat it is about; null of a concern. */
  conversation_id: string | null;
  contact_id: string | null;
  /** An officer tries their own contact. */
  is_try: boolean;
  /** Since when the contact has been saying that it is no more; null while it has not. */
  gone_since: Date | null;
  kind: Called['kind'];
  /** Null of the group, which is no officer's contact. */
  value_sealed: Uint8Array | null;
  step: number;
  attempts: number;
  danger_kind: string | null;
  severity: string | null;
  /** Null of a concern. */
  since: Date | null;
  /** The day by which the resident of the concern was to hear. */
  promised: Day | null;
};

/** How long one try may take before another process may try it as well. */
const claimMs = 60_000;
const maxAttempts = 6;
/** A way that no process has (WhatsApp is off) is given up after this long, so that the desk says so. */
const nobodyMs = 10 * 60_000;
const batch = 50;

/**
 * Calls whoever is to be called, on the ways that this process has, all at once: a mail server that hangs holds up no
 * other page. A claim on the row decides who calls; what failed is rung for when its next try is due. `isFirst`: not rung for
 * by another process, so that it tells others of what it cannot send itself.
 */
export async function sendPages(deps: SendPagesDeps, isFirst = true): Promise<void> {
  const { db, clock, pager } = deps;
  const now = clock.now();
  await dropNeedless(deps, now);
  const ways = pager.ways();
  const { rows: elsewhere } = await db.query<{ id: string }>(
    `SELECT DISTINCT coalesce(alert_id, handoff_id, concern_id, id) AS id FROM page
      WHERE outcome IS NULL AND next_attempt_at <= $1 AND kind <> ALL ($2::text[])
        AND (claimed_until IS NULL OR claimed_until <= $1)`,
    [now, ways],
  );
  if (isFirst) for (const { id } of elsewhere) deps.publish({ kind: 'alert', id });
  for (;;) {
    const due = await claim(deps, ways, now);
    const tries = await Promise.allSettled(due.map((page) => call(deps, page)));
    const broken = tries.find((one) => one.status === 'rejected');
    if (broken) throw broken.reason;
    if (due.length < batch) return;
  }
}

/** Somebody has come; or a way is had by nobody. What waited only because everything was down is still sent. */
async function dropNeedless({ db, pager, publish }: SendPagesDeps, now: Date): Promise<void> {
  await db.query(
    `UPDATE page SET outcome = 'dropped' WHERE outcome IS NULL
        AND (alert_id IN (SELECT id FROM danger_alert WHERE acknowledged_at IS NOT NULL)
          OR EXISTS (SELECT 1 FROM handoff h WHERE h.id = page.handoff_id
                        AND CASE WHEN page.step < ${firstHolderStep} THEN h.status <> 'waiting'
                                 ELSE h.status <> 'held' OR h.officer_id IS DISTINCT FROM page.officer_id END)
          OR EXISTS (SELECT 1 FROM concern k WHERE k.id = page.concern_id
                        AND (k.next_word_by IS NULL OR k.next_word_by > $1::date)))`,
    [dayOf(now)],
  );
  const { rows } = await db.query<{ id: string }>(
    `UPDATE page SET outcome = 'failed', failure = 'channel_off'
      WHERE outcome IS NULL AND attempts = 0 AND next_attempt_at <= $1 AND kind <> ALL ($2::text[]) RETURNING id`,
    [new Date(now.getTime() - nobodyMs), pager.ways()],
  );
  for (const { id } of rows) publish({ kind: 'alert', id });
}

async function claim({ db }: SendPagesDeps, ways: readonly string[], now: Date): Promise<DuePage[]> {
  const { rows } = await db.query<DuePage>(
    `WITH mine AS (
       UPDATE page SET claimed_until = $2, attempts = attempts + 1
        WHERE id IN (SELECT id FROM page
                      WHERE outcome IS NULL AND next_attempt_at <= $1 AND kind = ANY ($3::text[])
                        AND (claimed_until IS NULL OR claimed_until <= $1)
                      ORDER BY due_at, id LIMIT ${batch} FOR UPDATE SKIP LOCKED)
       RETURNING id, alert_id, handoff_id, concern_id, contact_id, is_try, kind, step, attempts
     )
     SELECT mine.*, k.value_sealed, k.gone_since, d.kind AS danger_kind, d.severity,
            coalesce(d.conversation_id, h.conversation_id) AS conversation_id,
            coalesce(d.called_from, h.waiting_since, h.requested_at) AS since, c.next_word_by AS promised
       FROM mine LEFT JOIN officer_contact k ON k.id = mine.contact_id
       LEFT JOIN danger_alert d ON d.id = mine.alert_id LEFT JOIN handoff h ON h.id = mine.handoff_id
       LEFT JOIN concern c ON c.id = mine.concern_id`,
    [now, new Date(now.getTime() + claimMs), ways],
  );
  return rows;
}

async function call(deps: SendPagesDeps, page: DuePage): Promise<void> {
  const { db, clock, pager, vault } = deps;
  const { kind } = page;
  const called: Called =
    kind === 'group'
      ? { kind }
      : { kind, value: vault.openText(page.value_sealed ?? new Uint8Array(), sealed.officerContact) };
  const result = await pager.send(called, noteOf(page, clock.now()));
  const now = clock.now();
  const outcome = outcomeOf(result, page.attempts);
  const nextAt = outcome === null ? new Date(now.getTime() + backoffMs(page.attempts)) : null;
  await db.query(
    `UPDATE page SET outcome = $2, failure = $3, sent_at = $4, claimed_until = NULL, next_attempt_at = $5 WHERE id = $1`,
    [
      page.id,
      outcome,
      result.kind === 'sent' ? null : result.reason.slice(0, 200),
      result.kind === 'sent' ? now : null,
      nextAt,
    ],
  );
  if (nextAt) deps.ringLater(nextAt);
  await noteReach(deps, page, result);
  if (result.kind !== 'sent') deps.publish({ kind: 'alert', id: page.alert_id ?? page.id });
}

/** What the contact itself shows of it: that it was reached, or that it seems to be no more. */
async function noteReach(
  { db, clock, publish }: SendPagesDeps,
  page: DuePage,
  result: PageResult,
): Promise<void> {
  if (page.contact_id === null) return;
  const now = clock.now();
  if (result.kind === 'sent') {
    await db.query(
      `UPDATE officer_contact SET reached_at = $2, gone_since = NULL, failed_at = NULL WHERE id = $1`,
      [page.contact_id, now],
    );
  }
  if (result.kind === 'gone') {
    // A browser says so itself, for good; of all else one no may be a mistake, and the next step calls it again.
    const isOver = page.kind === 'push' || isGoneForGood(page.gone_since, now);
    await db.query(
      `UPDATE officer_contact SET gone_since = coalesce(gone_since, $2), failed_at = coalesce(failed_at, $3) WHERE id = $1`,
      [page.contact_id, now, isOver ? now : null],
    );
  }
  if (page.is_try || result.kind === 'gone') publish({ kind: 'room', id: 'contacts' });
}

function outcomeOf(result: PageResult, attempts: number): 'sent' | 'failed' | null {
  if (result.kind === 'sent') return 'sent';
  return result.kind === 'retry' && attempts < maxAttempts ? null : 'failed';
}

/** 10, 20, 40 ... seconds. */
function backoffMs(attempts: number): number {
  return 10_000 * 2 ** (attempts - 1);
}

/** Kind, severity and how long ago; who it is and what they said stays at the desk. */
function noteOf(page: DuePage, now: Date): PageNote {
  if (page.is_try) {
    return {
      id: page.id,
      title: 'Bestie: percobaan',
      text: 'Begini Anda dipanggil bila ada tanda bahaya. Sekarang tidak ada apa-apa. Kontak Anda:',
      path: '/desk/pengaturan/saya',
      acknowledge: null,
      isUrgent: false,
    };
  }
  if (page.concern_id !== null) {
    const isPast = page.promised !== null && page.promised < dayOf(now);
    return {
      id: page.id,
      title: isPast ? 'Bestie: lewat janji kabar' : 'Bestie: hari ini janji kabar',
      text: isPast
        ? 'Warga dijanjikan kabar dan belum mendengarnya. Buka curhatnya, lalu jawab atau kabari ia:'
        : 'Hari ini hari terakhir seorang warga dijanjikan kabar. Buka curhatnya:',
      path: `/desk/curhat/${page.concern_id}`,
      acknowledge: null,
      isUrgent: false,
    };
  }
  const minutes = Math.floor((now.getTime() - (page.since ?? now).getTime()) / 60_000);
  const path = `/desk/antrean/${page.conversation_id}`;
  if (page.alert_id === null && page.step >= firstHolderStep) {
    return {
      id: page.id,
      title: 'Bestie: warga menunggu jawaban Anda',
      text: 'Di chat yang Anda pegang ada pesan yang belum dijawab. Jawab, oper, atau tutup; kalau tidak, chat itu kembali ke antrean. Buka chatnya:',
      path,
      acknowledge: null,
      isUrgent: false,
    };
  }
  if (page.alert_id === null) {
    return {
      id: page.id,
      title: 'Bestie: ada chat yang belum diambil',
      text: 'Sudah lama menunggu dan belum ada petugas yang mengambilnya. Buka antrean:',
      path,
      acknowledge: null,
      isUrgent: false,
    };
  }
  const kind = dangerName(page.danger_kind ?? '');
  const isHolders = page.kind !== 'group' && page.step === holderStep;
  const since = isHolders
    ? `${minutes < 1 ? 'Baru saja masuk' : `Masuk ${minutes} menit lalu`}, di chat yang Anda pegang.`
    : minutes < 1
      ? 'Baru saja masuk.'
      : `Sudah ${minutes} menit belum ada yang menangani.`;
  return {
    id: page.id,
    title: `BESTIE BAHAYA: ${kind} (${page.severity ?? ''})`,
    text: `${since} Buka chatnya sekarang:`,
    path,
    acknowledge: { label: 'Saya tangani', token: alertToken(page.alert_id) },
    isUrgent: true,
  };
}
