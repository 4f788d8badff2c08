import { roomSchema, roomSettingKey } from '../domain/room.ts';
import type { Room } from '../domain/room.ts';
import { loadRoomFacts } from '../store/room-facts.ts';
import type { Tx } from '../store/transact.ts';
import { cancelWithoutPlace } from './cancel-without-place.ts';
import { saveSetting } from './save-setting.ts';
import { writeAudit } from './write-audit.ts';

export type SaveResult = { kind: 'saved' } | { kind: 'stale' } | { kind: 'not_found' };

/**
 * Saves the room's settings whole. `seenAt` is the `updated_at` that the page showed, null for the defaults. Whom other
 * days, hours or fewer seats leave without a place is told at once; codes of those without a chat come back.
 */
export async function editRoom(
  tx: Tx,
  input: { room: Room; seenAt: Date | null; officerId: string },
): Promise<{ kind: 'saved'; told: number; withoutPhone: string[] } | { kind: 'stale' }> {
  const { seenAt, officerId } = input;
  const value = roomSchema.parse(input.room);
  if (!(await saveSetting(tx, { key: roomSettingKey, value, seenAt, officerId }))) return { kind: 'stale' };
  // What an old ceiling of the day held back is looked at again under the new one.
  await tx.query(
    `UPDATE message SET next_attempt_at = NULL WHERE status = 'pending' AND failure LIKE 'ceiling:%'`,
  );
  const { calendar } = await loadRoomFacts(tx);
  const { told, withoutPhone } = await cancelWithoutPlace(tx, { calendar, mayLeave: false });
  await writeAudit(tx, {
    officerId: input.officerId,
    action: 'edit_room',
    subjectKind: 'room',
    subjectId: roomSettingKey,
    detail: { told, withoutPhone: withoutPhone.length },
  });
  tx.changed({ kind: 'room', id: 'room' });
  return { kind: 'saved', told, withoutPhone };
}

export type AgencyEdit = {
  id: string;
  version: number;
  name: string;
  short: string;
  level: string;
  categories: readonly string[];
  handles: string;
  email: string | null;
  contact: string | null;
  isActive: boolean;
};

export async function editAgency(
  tx: Tx,
  input: { agency: AgencyEdit; officerId: string },
): Promise<SaveResult> {
  const { agency } = input;
  const saved = await tx.query(
    `UPDATE agency SET name = $3, short = $4, level = $5, categories = $6, handles = $7, email = $8, contact = $9,
                       is_active = $10, version = version + 1
      WHERE id = $1 AND version = $2`,
    [
      agency.id,
      agency.version,
      agency.name,
      agency.short,
      agency.level,
      [...agency.categories],
      agency.handles,
      agency.email,
      agency.contact,
      agency.isActive,
    ],
  );
  return afterEdit(tx, {
    isSaved: saved.count > 0,
    table: 'agency',
    id: agency.id,
    officerId: input.officerId,
  });
}

export type HotlineEdit = {
  id: string;
  version: number;
  name: string;
  call: string | null;
  whatsapp: string | null;
  web: string | null;
  hours: string | null;
  /** Kinds of danger it is for. */
  kinds: readonly string[];
  isShown: boolean;
  position: number;
  source: string;
  verifiedOn: string | null;
};

/** A number without a source is never shown to somebody in danger, and one is always shown. */
export async function editHotline(
  tx: Tx,
  input: { hotline: HotlineEdit; officerId: string },
): Promise<SaveResult | { kind: 'no_source' | 'last_shown' }> {
  const { hotline } = input;
  if (hotline.isShown && hotline.source.trim() === '') return { kind: 'no_source' };
  const shown = await tx.query<{ id: string }>(
    `SELECT id FROM hotline WHERE is_shown ORDER BY id FOR UPDATE`,
  );
  if (!hotline.isShown && shown.rows.length === 1 && shown.rows[0]?.id === hotline.id)
    return { kind: 'last_shown' };
  const saved = await tx.query(
    `UPDATE hotline SET name = $3, call = $4, whatsapp = $5, web = $6, hours = $7, is_shown = $8, position = $9,
                        source = $10, verified_on = $11, kinds = $12, version = version + 1
      WHERE id = $1 AND version = $2`,
    [
      hotline.id,
      hotline.version,
      hotline.name,
      hotline.call,
      hotline.whatsapp,
      hotline.web,
      hotline.hours,
      hotline.isShown,
      hotline.position,
      hotline.source,
      hotline.verifiedOn,
      [...hotline.kinds],
    ],
  );
  return afterEdit(tx, {
    isSaved: saved.count > 0,
    table: 'hotline',
    id: hotline.id,
    officerId: input.officerId,
  });
}

async function afterEdit(
  tx: Tx,
  input: { isSaved: boolean; table: 'agency' | 'hotline'; id: string; officerId: string },
): Promise<SaveResult> {
  if (!input.isSaved) {
    const found = await tx.query(`SELECT 1 FROM ${input.table} WHERE id = $1`, [input.id]);
    return found.count > 0 ? { kind: 'stale' } : { kind: 'not_found' };
  }
  await writeAudit(tx, {
    officerId: input.officerId,
    action: `edit_${input.table}`,
    subjectKind: 'room',
    subjectId: input.id,
  });
  tx.changed({ kind: 'room', id: input.table });
  return { kind: 'saved' };
}
