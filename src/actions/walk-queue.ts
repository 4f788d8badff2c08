import { addServiceMinutes, isServiceTime } from '../domain/calendar.ts';
import type { RoomCalendar } from '../domain/calendar.ts';
import { dutyOn, nextOfficer } from '../domain/duty.ts';
import type { HandoffSettings, OfficerFacts } from '../domain/duty.ts';
import { dayOf } from '../domain/wita.ts';
import type { Tx } from '../store/transact.ts';
import { planClimbPages } from './plan-pages.ts';
import { planNotice } from './plan-notice.ts';
import { readDutyRows, readHandoffSettings, readOfficersOnDuty } from './read-duty.ts';
import { lockOpenHandoffs } from './read-waiting.ts';
import type { WaitingChat } from './read-waiting.ts';
import { raiseRank } from './request-handoff.ts';

type Offer = { id: string; officerId: string; expiresAt: Date; outcome: string | null };

type Walk = {
  calendar: RoomCalendar;
  settings: HandoffSettings;
  isServing: boolean;
  officers: OfficerFacts[];
  inRoom: ReadonlySet<string>;
  /** When there is something to do next. */
  nextAt: Date | null;
};

/**
 * Goes through everybody who waits for a person, in their order: ranks them anew (a booking made meanwhile, a day that
 * has begun), ends offers that ran out, offers to the next officer, climbs where nobody comes, and tells residents what
 * has changed for them. One walk at a time, whoever begins it; walking twice changes nothing. A crash loses nothing: all
 * it goes by is rows, and the sweep walks again.
 *
 * @returns how many chats it moved on.
 */
export async function walkQueue(tx: Tx, input: { calendar: RoomCalendar }): Promise<number> {
  const { calendar } = input;
  let moved = await endStaleOffers(tx);
  const anybody = await tx.query(`SELECT 1 FROM handoff WHERE status = 'waiting' LIMIT 1`);
  if (anybody.count === 0) return moved;
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('walk_queue'))`);
  const settings = await readHandoffSettings(tx);
  const walk: Walk = {
    calendar,
    settings,
    isServing: isServiceTime(calendar, tx.now),
    officers: await readOfficersOnDuty(tx, tx.now, settings),
    inRoom: dutyOn(await readDutyRows(tx), dayOf(tx.now)).inRoom,
    nextAt: null,
  };
  const chats = await lockOpenHandoffs(tx, `h.status = 'waiting'`);
  const offers = await readOffers(tx);
  for (const chat of chats) {
    const rank = await raiseRank(tx, chat);
    if (rank !== chat.priority) moved += 1;
    chat.priority = rank;
  }
  chats.sort(
    (a, b) =>
      a.priority - b.priority || a.requestedAt.getTime() - b.requestedAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  const offersOf = (chat: WaitingChat): readonly Offer[] => offers.get(chat.id) ?? [];
  const changed = new Set<string>();
  for (const chat of chats) if (await endOffer(tx, walk, offersOf(chat))) changed.add(chat.id);
  for (const [at, chat] of chats.entries()) {
    const offer = await makeOffer(tx, walk, chat, offersOf(chat));
    if (offer === 'made') changed.add(chat.id);
    if (await climb(tx, walk, chat, offer === 'exhausted')) changed.add(chat.id);
    if (walk.isServing && (await tell(tx, chat, at + 1))) changed.add(chat.id);
  }
  for (const id of changed) tx.changed({ kind: 'handoff', id });
  if (walk.nextAt) tx.ring({ kind: 'queue', dueAt: walk.nextAt });
  return moved + changed.size;
}

/** Of chats that no longer wait: taken, given up, or erased with their resident. */
async function endStaleOffers(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ handoff_id: string }>(
    `UPDATE handoff_offer f SET outcome = 'withdrawn', ended_at = $1
       FROM handoff h WHERE h.id = f.handoff_id AND f.outcome IS NULL AND h.status <> 'waiting'
     RETURNING f.handoff_id`,
    [tx.now],
  );
  for (const row of rows) tx.changed({ kind: 'handoff', id: row.handoff_id });
  return rows.length;
}

async function readOffers(tx: Tx): Promise<Map<string, Offer[]>> {
  const { rows } = await tx.query<Offer & { handoffId: string }>(
    `SELECT f.id, f.handoff_id AS "handoffId", f.officer_id AS "officerId", f.expires_at AS "expiresAt", f.outcome
       FROM handoff_offer f JOIN handoff h ON h.id = f.handoff_id WHERE h.status = 'waiting'`,
  );
  const byHandoff = new Map<string, Offer[]>();
  for (const { handoffId, ...offer } of rows)
    byHandoff.set(handoffId, [...(byHandoff.get(handoffId) ?? []), offer]);
  return byHandoff;
}

/** What ran out, or was offered to somebody who left; done for all before anything new is offered, as it frees people. */
async function endOffer(tx: Tx, walk: Walk, offers: readonly Offer[]): Promise<boolean> {
  const open = offers.find((offer) => offer.outcome === null);
  if (!open) return false;
  const officer = walk.officers.find((each) => each.id === open.officerId);
  // Busy and full officers may still take what they were offered; who left cannot.
  if (open.expiresAt > tx.now && officer && officer.presence !== 'away') {
    soon(walk, open.expiresAt);
    return false;
  }
  open.outcome = open.expiresAt <= tx.now ? 'expired' : 'withdrawn';
  await tx.query(`UPDATE handoff_offer SET outcome = $2, ended_at = $3 WHERE id = $1`, [
    open.id,
    open.outcome,
    tx.now,
  ]);
  if (officer) officer.load -= 1;
  return true;
}

/** `exhausted`: somebody was asked, and nobody is left to ask. */
async function makeOffer(
  tx: Tx,
  walk: Walk,
  chat: WaitingChat,
  offers: readonly Offer[],
): Promise<'none' | 'made' | 'exhausted'> {
  if (walk.settings.assignment !== 'round_robin' || !walk.isServing) return 'none';
  if (offers.some((offer) => offer.outcome === null)) return 'none';
  const asked = new Set(
    offers
      .filter((offer) => offer.outcome === 'passed' || offer.outcome === 'expired')
      .map((offer) => offer.officerId),
  );
  const officer = nextOfficer(walk.officers, { category: chat.category, asked }, walk.inRoom);
  const expiresAt = addServiceMinutes(walk.calendar, tx.now, walk.settings.offerMinutes);
  if (!officer || !expiresAt) return asked.size > 0 ? 'exhausted' : 'none';
  await tx.query(
    `INSERT INTO handoff_offer (handoff_id, officer_id, offered_at, expires_at) VALUES ($1, $2, $3, $4)`,
    [chat.id, officer.id, tx.now, expiresAt],
  );
  await tx.query(`UPDATE officer SET last_assigned_at = $2 WHERE id = $1`, [officer.id, tx.now]);
  officer.load += 1;
  officer.lastAssignedAt = tx.now;
  soon(walk, expiresAt);
  return 'made';
}

/** Officer, supervisor, admin: each level is told once, in service time. */
async function climb(tx: Tx, walk: Walk, chat: WaitingChat, isExhausted: boolean): Promise<boolean> {
  const { settings, calendar } = walk;
  const waits = [settings.supervisorAfterMinutes, settings.adminAfterMinutes];
  const from = { level: chat.climbLevel, at: chat.nextClimbAt?.getTime() ?? null };
  let level = chat.climbLevel;
  let nextAt =
    chat.nextClimbAt ??
    (level < waits.length ? addServiceMinutes(calendar, chat.since, waits[level] ?? 0) : null);
  while (level < waits.length && ((nextAt !== null && nextAt <= tx.now) || (isExhausted && level === 0))) {
    level += 1;
    nextAt = level < waits.length ? addServiceMinutes(calendar, tx.now, waits[level] ?? 0) : null;
    const told = await planClimbPages(tx, { handoffId: chat.id, level });
    // An empty level cannot come: the next one is told instead of it.
    if (told === 0 && level < waits.length) nextAt = tx.now;
  }
  if (nextAt) soon(walk, nextAt);
  if (level === from.level && (nextAt?.getTime() ?? null) === from.at) return false;
  await tx.query(`UPDATE handoff SET climb_level = $2, next_climb_at = $3 WHERE id = $1`, [
    chat.id,
    level,
    nextAt,
  ]);
  return level !== from.level;
}

/** Once when the resident is next, and once when it takes longer than they were told. */
async function tell(tx: Tx, chat: WaitingChat, place: number): Promise<boolean> {
  const { conversationId } = chat;
  const isNext = place === 1 && chat.saidPlace !== null && chat.saidPlace > 1;
  const isLonger = chat.expectedBy !== null && chat.expectedBy < tx.now;
  if (!isNext && !isLonger) return false;
  if (isLonger)
    await planNotice(tx, {
      kind: 'queue-longer',
      onceKey: `queue-longer.${chat.id}`,
      dueAt: tx.now,
      conversationId,
    });
  if (isNext)
    await planNotice(tx, {
      kind: 'queue-next',
      onceKey: `queue-next.${chat.id}`,
      dueAt: tx.now,
      conversationId,
    });
  await tx.query(
    `UPDATE handoff SET said_place = CASE WHEN $2 THEN 1 ELSE said_place END,
                        expected_by = CASE WHEN $3 THEN NULL ELSE expected_by END WHERE id = $1`,
    [chat.id, isNext, isLonger],
  );
  return true;
}

function soon(walk: Walk, at: Date): void {
  if (walk.nextAt === null || at < walk.nextAt) walk.nextAt = at;
}
