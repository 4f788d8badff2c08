import { expect, it } from 'vitest';
import { readHandoffSettings, readOfficersOnDuty } from '../../../src/actions/read-duty.ts';
import { openOfficerSession } from '../../../src/actions/log-in.ts';
import { logOut } from '../../../src/actions/log-out.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { openGroupRoom } from './group-room.ts';
import type { GroupRoom } from './group-room.ts';

/** A Wednesday in service. */
const inService = '2026-11-25T09:00:00+08:00';

/** What residents and the queue go by. */
async function presenceOf(at: GroupRoom, officerId: string): Promise<string> {
  const settings = await readHandoffSettings(at.room.db);
  const officers = await readOfficersOnDuty(at.room.db, at.room.clock.now(), settings);
  return officers.find(({ id }) => id === officerId)?.presence ?? 'unknown';
}

describeOnEachStore('who is there, in the officers’ group', (store) => {
  const asks = async (at: GroupRoom) => {
    const warga = await at.room.resident().agrees();
    await warga.says('/petugas');
    await at.settles();
    return warga;
  };
  const offeredTo = async (at: GroupRoom): Promise<string[]> =>
    (
      await at.room.rows<{ name: string }>(
        `SELECT o.name FROM handoff_offer f JOIN officer o ON o.id = f.officer_id WHERE f.outcome IS NULL ORDER BY f.id`,
      )
    ).map(({ name }) => name);

  it('a claim, a reply and a command say so, and a silence takes it back', async () => {
    const at = await openGroupRoom(store, { now: inService });
    const ana = await at.officer('Ana Benu');
    expect(await presenceOf(at, ana.officerId)).toBe('away');
    const first = await asks(at);
    first.sees(/saat ini belum ada petugas di meja/);
    await ana.presses('Ambil');
    await at.settles();
    expect(await presenceOf(at, ana.officerId)).toBe('on_duty');
    await at.passes(20 * 60);
    expect(await presenceOf(at, ana.officerId)).toBe('on_duty');
    await ana.says('Selamat pagi, ada yang bisa saya bantu?', { topic: /^Ana Benu/ });
    await at.settles();
    await at.passes(20 * 60);
    expect(await presenceOf(at, ana.officerId)).toBe('on_duty');
    await at.passes(11 * 60);
    expect(await presenceOf(at, ana.officerId)).toBe('away');
    await ana.says('/catatan datang jam sepuluh', { topic: /^Ana Benu/ });
    await at.settles();
    expect(await presenceOf(at, ana.officerId)).toBe('on_duty');
  });

  it('/hadir and /pergi say it outright; chats are then offered in turn, and the card says whose it is', async () => {
    const at = await openGroupRoom(store, { now: inService });
    const ana = await at.officer('Ana Benu');
    await ana.says('/hadir');
    await at.settles();
    expect(at.group.general().at(-1)?.text).toMatch(/tercatat bertugas/);
    const warga = await asks(at);
    expect(await offeredTo(at)).toEqual(['Ana Benu']);
    warga.sees(/^(?![\s\S]*belum ada petugas)[\s\S]*petugas/);
    expect(at.group.textsIn(/⏳/)[0]).toContain('Giliran Ana Benu; siapa pun boleh mengambil');
    await ana.says('/pergi');
    await at.settles();
    expect(at.group.general().at(-1)?.text).toMatch(/tercatat pergi/);
    expect(await presenceOf(at, ana.officerId)).toBe('away');
    await at.passes(5);
    expect(await offeredTo(at)).toEqual([]);
    // A last word to the one she has does not bring her back; the next day does.
    await ana.presses('Ambil');
    await at.settles();
    expect(await presenceOf(at, ana.officerId)).toBe('away');
    await at.passes(24 * 3600);
    await ana.says('/catatan pagi', { topic: /^Ana Benu/ });
    await at.settles();
    expect(await presenceOf(at, ana.officerId)).toBe('on_duty');
  });

  it('a stranger’s word is nobody’s; who logs out at the desk is gone until they write again', async () => {
    const at = await openGroupRoom(store, { now: inService });
    const ana = await at.officer('Ana Benu');
    await at.stranger().says('/hadir');
    await at.settles();
    expect(await at.room.rows(`SELECT 1 FROM officer WHERE in_group_until IS NOT NULL`)).toEqual([]);
    await asks(at);
    await ana.presses('Ambil');
    await at.settles();
    const tokenHash = new Uint8Array([1, 2, 3]);
    const open = { officerId: ana.officerId, tokenHash, attemptId: null };
    await at.room.app.transact((tx) => openOfficerSession(tx, open));
    await at.room.app.transact((tx) => logOut(tx, { tokenHash }));
    expect(await presenceOf(at, ana.officerId)).toBe('away');
    await ana.says('Saya lanjut dari sini.', { topic: /^Ana Benu/ });
    await at.settles();
    expect(await presenceOf(at, ana.officerId)).toBe('on_duty');
  });
});
