import { expect, it } from 'vitest';
import { deskIn } from '../../support/desk-in.ts';
import type { DeskIn } from '../../support/desk-in.ts';
import { openRoom } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

describeOnEachStore('somebody who leaves the team', (store) => {
  const roomWithTeam = async () => {
    const room = await openRoom(store, { roles: ['web'], now: '2026-11-25T09:00:00+08:00' });
    const ana = await room.resident().agrees();
    const code = await ana.poursOut('bantuan beras saya tidak pernah sampai');
    const [concern] = await room.rows<{ id: string }>(`SELECT id FROM concern`);
    const maria = await deskIn(room, 'officer', 'Maria Lay');
    const path = `/concerns/${concern?.id}`;
    await maria.post(`${path}/take`);
    await room.settles();
    return {
      room,
      ana,
      code,
      path,
      maria,
      yusuf: await deskIn(room, 'officer', 'Yusuf Lay'),
      admin: await deskIn(room, 'admin', 'Kepala IT'),
      concern: async () =>
        (
          await room.rows<{ status: string; owner: string | null }>(
            `SELECT k.status, o.name AS owner FROM concern k LEFT JOIN officer o ON o.id = k.officer_id`,
          )
        )[0],
    };
  };
  const edits = async (admin: DeskIn, officer: DeskIn, change: { role?: string; isActive?: boolean }) => {
    const { items } = await admin.get<{ items: { id: string; version: number; name: string }[] }>(
      '/officers',
    );
    const { version, name } = items.find(({ id }) => id === officer.id) ?? { version: 0, name: '' };
    const as = { role: 'officer', isActive: true, capacity: 4, skills: [], ...change };
    await admin.post(`/officers/${officer.id}`, { version, name, ...as });
  };

  it('leaves their concerns to the others: on the board as nobody’s, noted, and told when the next one has it', async () => {
    const { room, ana, code, path, maria, yusuf, admin, concern } = await roomWithTeam();
    ana.sees(/sekarang ditangani petugas kami, Maria\./);
    expect((await yusuf.asks(`${path}/take`, {})).status).toBe(409);
    await edits(admin, maria, { isActive: false });
    expect(await concern()).toEqual({ status: 'read', owner: null });
    expect((await maria.asks(path)).status).toBe(401);
    await ana.says('/status').sees(/Sudah dibaca petugas/);
    ana.seesNoneOf(/ditangani/);
    const board = await yusuf.get<{ items: { code: string; officer: unknown }[] }>('/concerns?unassigned=1');
    expect(board.items).toMatchObject([{ code, officer: null }]);
    await yusuf.post(`${path}/take`);
    await room.settles();
    ana.sees(/sekarang ditangani petugas kami, Yusuf\./);
    expect((await yusuf.asks(path)).status).toBe(200);
    expect(
      await room.rows(
        `SELECT a.action, o.name, a.detail FROM audit a JOIN officer o ON o.id = a.officer_id
          WHERE a.action IN ('take_concern', 'release_concern') ORDER BY a.id`,
      ),
    ).toEqual([
      { action: 'take_concern', name: 'Maria Lay', detail: { code } },
      { action: 'release_concern', name: 'Kepala IT', detail: { code, from: maria.id } },
      { action: 'take_concern', name: 'Yusuf Lay', detail: { code } },
    ]);
  });

  it('has no hold on what was settled and is opened again', async () => {
    const { ana, room, code, path, maria, yusuf, admin, concern } = await roomWithTeam();
    await maria.post(`${path}/answer`, {
      from: 'with_officer',
      word: 'Sudah diurus.',
      onceKey: 'a-key-of-once',
    });
    await room.settles();
    await ana.presses('Sudah beres').sees(/kami tutup/);
    await edits(admin, maria, { isActive: false });
    expect(await concern()).toEqual({ status: 'settled', owner: 'Maria Lay' });
    await ana.pressesToken(`n.unsettled.${code}`).sees(/kami buka lagi/);
    expect(await concern()).toEqual({ status: 'reopened', owner: null });
    expect((await yusuf.asks(`${path}/take`, {})).status).toBe(200);
  });

  it('as an analyst sees no person any more: neither chats nor concerns stay with them', async () => {
    const { room, ana, path, maria, yusuf, admin, concern } = await roomWithTeam();
    const chat = `/conversations/${await room.conversationOf(ana)}`;
    await ana.says('/petugas');
    await maria.post(`${chat}/claim`);
    await edits(admin, maria, { role: 'analyst' });
    expect(await concern()).toEqual({ status: 'read', owner: null });
    expect(await room.rows(`SELECT status, officer_id FROM handoff`)).toEqual([
      { status: 'waiting', officer_id: null },
    ]);
    await ana.says('halo, masih ada orang?').sees(/antrean/);
    expect((await maria.asks(path)).status).toBe(403);
    expect((await yusuf.asks(`${chat}/claim`, {})).status).toBe(200);
  });

  it('keeps what is theirs while they stay, whatever else of them is changed', async () => {
    const { maria, admin, concern } = await roomWithTeam();
    await edits(admin, maria, { role: 'supervisor' });
    expect(await concern()).toEqual({ status: 'with_officer', owner: 'Maria Lay' });
  });
});
