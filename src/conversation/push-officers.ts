import { dropGoneDevice } from '../actions/push-device.ts';
import { pushSubscriptionSchema } from '../push/web-push.ts';
import type { PushNote, PushResult, WebPush } from '../push/web-push.ts';
import type { Database } from '../store/database.ts';
import { sealed } from '../store/sealed.ts';
import type { Transact } from '../store/transact.ts';
import type { Vault } from '../store/vault.ts';

export type PushDeps = { db: Database; vault: Vault; transact: Transact; webPush: WebPush };

export type PushDevice = {
  contactId: string;
  officerId: string;
  /** What its officer calls it. */
  device: string;
  createdAt: Date;
  send(note: PushNote): Promise<PushResult>;
};

/** The browsers of officers; one that turns out to be gone is forgotten. */
export async function readPushDevices(
  deps: PushDeps,
  officerIds: readonly string[],
): Promise<readonly PushDevice[]> {
  if (officerIds.length === 0) return [];
  const { rows } = await deps.db.query<{
    id: string;
    officer_id: string;
    value_sealed: Uint8Array;
    created_at: Date;
  }>(
    `SELECT c.id, c.officer_id, c.value_sealed, c.created_at
       FROM officer_contact c JOIN officer o ON o.id = c.officer_id
      WHERE c.kind = 'push' AND c.failed_at IS NULL AND o.is_active AND c.officer_id = ANY($1::uuid[])
      ORDER BY c.created_at`,
    [officerIds],
  );
  return rows.map((row) => {
    const subscription = pushSubscriptionSchema.parse(
      JSON.parse(deps.vault.openText(row.value_sealed, sealed.officerContact)),
    );
    return {
      contactId: row.id,
      officerId: row.officer_id,
      device: subscription.device,
      createdAt: row.created_at,
      send: async (note) => {
        const result = await deps.webPush.send(subscription, note);
        if (result.kind === 'gone') await deps.transact((tx) => dropGoneDevice(tx, { contactId: row.id }));
        return result;
      },
    };
  });
}

/** Every browser of these officers. Who has none, and whatever fails, is passed over. */
export async function pushToOfficers(
  deps: PushDeps,
  officerIds: readonly string[],
  note: PushNote,
): Promise<void> {
  const devices = await readPushDevices(deps, officerIds);
  await Promise.all(devices.map((device) => device.send(note)));
}
