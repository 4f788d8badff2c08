import { beforeEach, expect, it } from 'vitest';
import { createOfficer } from '../../../src/actions/create-officer.ts';
import { editOfficer, resetOfficer } from '../../../src/actions/edit-officer.ts';
import { ensureSetupLink } from '../../../src/actions/setup-link.ts';
import { useSetupLink } from '../../../src/actions/use-setup-link.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { openDesk } from '../desk/desk-harness.ts';
import type { Desk } from '../desk/desk-harness.ts';

describeOnEachStore('one-time links and officers', (store) => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk(store);
  });

  const firstToken = async (): Promise<string> => {
    const link = await desk.transact((tx) => ensureSetupLink(tx));
    return link?.path.split('#')[1] ?? '';
  };
  const use = (token: string, login = 'ana') =>
    desk.transact((tx) => useSetupLink(tx, { token, passwordHash: 'hash', login, name: 'Ana' }));

  it('makes one first admin of eight who use the link at once', async () => {
    const token = await firstToken();
    const used = await Promise.all(Array.from({ length: 8 }, (_, index) => use(token, `ana${index}`)));
    expect(used.filter((result) => result.kind === 'done')).toHaveLength(1);
    expect(used.filter((result) => result.kind === 'link_spent')).toHaveLength(7);
    expect(await desk.transact((tx) => ensureSetupLink(tx))).toBeNull();
  });

  it('voids an older link, an expired one and an unknown one', async () => {
    const older = await firstToken();
    const newer = await firstToken();
    expect(await use(older)).toEqual({ kind: 'link_spent' });
    expect(await use('tidak-ada')).toEqual({ kind: 'link_spent' });
    desk.clock.advance(25 * 3_600_000);
    expect(await use(newer)).toEqual({ kind: 'link_spent' });
  });

  it('keeps the link good when the form was incomplete', async () => {
    const token = await firstToken();
    expect(await use(token, '  ')).toEqual({ kind: 'incomplete' });
    expect((await use(token)).kind).toBe('done');
  });

  it('refuses a login that somebody has, whatever its letters', async () => {
    await desk.officer('Ana');
    const made = await desk.transact((tx) =>
      createOfficer(tx, { login: 'ANA', name: 'Ana Dua', role: 'officer', byOfficerId: null }),
    );
    expect(made).toEqual({ kind: 'login_taken' });
  });

  it('ends the sessions of who is reset', async () => {
    const admin = await desk.officer('Ana', 'admin');
    const budi = await desk.officer('Budi');
    const reset = await desk.transact((tx) =>
      resetOfficer(tx, { officerId: budi.id, byOfficerId: admin.id }),
    );
    expect(reset.kind === 'reset' && (await use(reset.token)).kind).toBe('done');
    expect((await budi.get('/me')).status).toBe(401);
  });

  it('tells the second of two who edit an officer, and never loses the last admin', async () => {
    const ana = await desk.officer('Ana', 'admin');
    const budi = await desk.officer('Budi', 'admin');
    const demote = (officerId: string, byOfficerId: string) =>
      desk.transact((tx) =>
        editOfficer(tx, {
          officerId,
          byOfficerId,
          version: 1,
          name: 'X',
          role: 'officer',
          isActive: true,
          capacity: 4,
          skills: [],
        }),
      );
    const both = await Promise.all([demote(ana.id, budi.id), demote(budi.id, ana.id)]);
    expect(both.map((result) => result.kind).sort()).toEqual(['last_admin', 'saved']);
    const demoted = both[0]?.kind === 'saved' ? ana : budi;
    expect(await demote(demoted.id, ana.id)).toEqual({ kind: 'stale' });
  });

  it('puts the chats of an officer who is switched off back into the queue', async () => {
    const ana = await desk.officer('Ana', 'admin');
    const budi = await desk.officer('Budi');
    const maria = await desk.resident();
    await maria.waits();
    await budi.post(`/conversations/${maria.conversationId}/claim`);
    await desk.transact((tx) =>
      editOfficer(tx, {
        officerId: budi.id,
        byOfficerId: ana.id,
        version: 1,
        name: 'Budi',
        role: 'officer',
        isActive: false,
        capacity: 4,
        skills: [],
      }),
    );
    expect((await budi.get('/queue')).status).toBe(401);
    expect(await desk.one(`SELECT status FROM handoff`)).toEqual({ status: 'waiting' });
  });
});
