import { beforeEach, describe, expect, it } from 'vitest';
import { contactHash } from '../../../src/actions/officer-contact.ts';
import {
  canReadConcern,
  canReadConversation,
  canRevealConversation,
  canSteerConversation,
  canWriteConversation,
} from '../../../src/desk/policy.ts';
import type { Role } from '../../../src/desk/policy.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

type Officer = Awaited<ReturnType<Desk['officer']>>;
const nobody = '00000000-0000-0000-0000-000000000000';

describe('who may do what in a chat', () => {
  const chats = {
    waiting: { holderId: null, isWaiting: true, guestIds: [] },
    held: { holderId: 'holder', isWaiting: false, guestIds: ['guest'] },
    bot: { holderId: null, isWaiting: false, guestIds: [] },
  };
  const actors: [string, Role][] = [
    ['holder', 'officer'],
    ['guest', 'officer'],
    ['guest', 'admin'],
    ['guest', 'analyst'],
    ['other', 'officer'],
    ['other', 'supervisor'],
  ];
  const rules = {
    read: canReadConversation,
    write: canWriteConversation,
    steer: canSteerConversation,
    reveal: canRevealConversation,
  };

  it.each(actors)('%s (%s)', (id, role) => {
    const table = Object.entries(chats).map(([name, subject]) => [
      name,
      Object.entries(rules)
        .filter(([, may]) => may({ id, role }, subject))
        .map(([what]) => what)
        .join(' '),
    ]);
    const heldBy: Record<string, string> = {
      'holder officer': 'read write steer reveal',
      'guest officer': 'read',
      'guest admin': 'read',
      'guest analyst': '',
      'other officer': '',
      'other supervisor': 'read steer reveal',
    };
    const leads = role === 'supervisor' ? 'read reveal' : '';
    expect(Object.fromEntries(table)).toEqual({
      waiting: role === 'analyst' ? '' : 'read reveal',
      held: heldBy[`${id} ${role}`],
      bot: leads,
    });
  });

  it('lets a guest read the concern that came by the chat, and not take it on', () => {
    const concern = { officerId: 'holder', isOfComingSession: false, conversation: chats.held };
    expect(canReadConcern({ id: 'guest', role: 'officer' }, concern)).toBe(true);
    expect(canReadConcern({ id: 'other', role: 'officer' }, concern)).toBe(false);
  });
});

describeOnEachStore('duty at the desk', (store) => {
  let desk: Desk;
  let ana: Officer;
  let budi: Officer;
  let yusuf: Officer;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana Benu');
    budi = await desk.officer('Budi Lay');
    yusuf = await desk.officer('Yusuf', 'supervisor');
  });

  it('lets a guest read and note, never speak, steer or see the number; until the chat is closed', async () => {
    const maria = await desk.resident();
    await maria.says('rahasia');
    await maria.waits();
    const path = `/conversations/${maria.conversationId}`;
    await ana.post(`${path}/claim`);
    expect((await budi.get(path)).status).toBe(403);
    expect((await budi.post(`${path}/guests`, { officerId: budi.id })).status).toBe(403);
    for (let times = 0; times < 2; times += 1)
      expect((await ana.post(`${path}/guests`, { officerId: budi.id })).status).toBe(200);
    expect((await ana.post(`${path}/guests`, { officerId: nobody })).status).toBe(400);
    expect((await ana.post(`${path}/guests`, { officerId: ana.id })).status).toBe(400);
    const view = (await (await budi.get(path)).json()) as { guests: unknown; may: unknown };
    expect(view.guests).toEqual([{ id: budi.id, name: 'Budi Lay' }]);
    expect(view.may).toEqual({ write: false, steer: false, claim: false, reveal: false });
    expect((await budi.get(`${path}/messages`)).status).toBe(200);
    expect((await budi.post(`${path}/notes`, { body: 'sudah dicek' })).status).toBe(200);
    for (const [tail, body] of [
      ['/messages', { text: 'x', onceKey: 'tidak-boleh' }],
      ['/close', { word: '' }],
      ['/return', { word: '' }],
      ['/transfer', { toOfficerId: null, note: '' }],
      ['/reveal', {}],
      ['/guests', { officerId: yusuf.id }],
    ] as const)
      expect([tail, (await budi.post(`${path}${tail}`, body)).status]).toEqual([tail, 403]);
    const { items } = (await (await yusuf.get('/queue')).json()) as { items: { guests: string[] }[] };
    expect(items.map((item) => item.guests)).toEqual([['Budi Lay']]);
    const { rows } = await desk.db.query<{ action: string }>(
      `SELECT action FROM audit WHERE action IN ('invite_guest', 'read_conversation') AND officer_id IN ($1, $2)`,
      [ana.id, budi.id],
    );
    expect(rows.map(({ action }) => action).sort()).toEqual(['invite_guest', 'read_conversation']);

    await ana.post(`${path}/close`, { word: '' });
    expect((await budi.get(path)).status).toBe(403);
    // The next one who holds it has invited nobody.
    await ana.post(`${path}/take`);
    expect((await budi.get(path)).status).toBe(403);
  });

  it('ends a guest`s reading when they leave, are shown out, or the chat goes back to the queue', async () => {
    const maria = await desk.resident();
    await maria.waits();
    const path = `/conversations/${maria.conversationId}`;
    await ana.post(`${path}/claim`);
    const mayRead = async () => (await budi.get(path)).status === 200;
    const invite = () => ana.post(`${path}/guests`, { officerId: budi.id });
    await invite();
    expect((await budi.post(`${path}/guests/remove`, { officerId: budi.id })).status).toBe(200);
    expect(await mayRead()).toBe(false);
    await invite();
    expect((await ana.post(`${path}/guests/remove`, { officerId: budi.id })).status).toBe(200);
    expect(await mayRead()).toBe(false);
    await invite();
    await ana.post(`${path}/transfer`, { toOfficerId: null, note: '' });
    await yusuf.post(`${path}/claim`);
    expect(await mayRead()).toBe(false);
  });

  it('says that nobody would be called, until one of those who are has a way that is there', async () => {
    const isNobodyCalled = async () =>
      ((await (await yusuf.get('/duty')).json()) as { isNobodyCalled: boolean }).isNobodyCalled;
    const gives = (officer: Officer, kind: string) =>
      desk.db.query(
        `INSERT INTO officer_contact (officer_id, kind, value_hash, value_sealed, created_at) VALUES ($1, $2, $3, $3, $4)`,
        [officer.id, kind, new TextEncoder().encode(`${officer.id} ${kind}`), desk.clock.now()],
      );
    expect(await isNobodyCalled()).toBe(true);
    // No mail server here, and Budi is neither on call nor a lead.
    await gives(yusuf, 'email');
    await gives(budi, 'telegram');
    expect(await isNobodyCalled()).toBe(true);
    await yusuf.post('/duty', {
      of: { weekday: 1 },
      lines: [{ officerId: budi.id, isInRoom: false, onCallRank: 1 }],
    });
    expect(await isNobodyCalled()).toBe(false);
    await desk.db.query(`UPDATE officer_contact SET failed_at = $1 WHERE kind = 'telegram'`, [
      desk.clock.now(),
    ]);
    expect(await isNobodyCalled()).toBe(true);
    await gives(yusuf, 'push');
    expect(await isNobodyCalled()).toBe(false);
  });

  it('saves a day whole, tells when officers are unknown, and gives a date back to its weekday', async () => {
    const line = (officer: Officer, isInRoom: boolean, onCallRank: number | null) => ({
      officerId: officer.id,
      isInRoom,
      onCallRank,
    });
    expect((await ana.post('/duty', { of: { weekday: 1 }, lines: [] })).status).toBe(403);
    const before = (await (await ana.get('/duty')).json()) as {
      isNobodyOnCall: boolean;
      unreachable: string[];
    };
    expect(before).toMatchObject({ isNobodyOnCall: true, unreachable: ['Yusuf'], isNobodyCalled: true });
    const monday = {
      of: { weekday: 1 },
      lines: [line(ana, true, 1), line(budi, true, null), line(yusuf, false, null)],
    };
    expect((await yusuf.post('/duty', monday)).status).toBe(200);
    const date = { sessionDate: '2026-11-30' };
    expect((await yusuf.post('/duty', { of: date, lines: [line(budi, false, 2)] })).status).toBe(200);
    const view = (await (await ana.get('/duty')).json()) as {
      rows: { officerId: string }[];
      unreachable: string[];
    };
    expect(view.rows).toHaveLength(3);
    expect(view.unreachable).toEqual(['Budi Lay']);
    expect((await yusuf.post('/duty', { of: date, lines: [] })).status).toBe(200);
    expect(((await (await ana.get('/duty')).json()) as { unreachable: string[] }).unreachable).toEqual([
      'Ana Benu',
    ]);
    for (const bad of [
      { of: { weekday: 7 }, lines: [] },
      { of: { sessionDate: '2026-02-30' }, lines: [] },
      { of: { weekday: 1, sessionDate: '2026-11-30' }, lines: [] },
      { of: { weekday: 1 }, lines: [line(ana, true, 0)] },
      { of: { weekday: 1 }, lines: [{ ...line(ana, true, 1), officerId: nobody }] },
    ])
      expect((await yusuf.post('/duty', bad)).status).toBe(400);
    expect(((await (await ana.get('/duty')).json()) as { rows: unknown[] }).rows).toHaveLength(2);
  });

  it('keeps the rules of the room, not over somebody else`s', async () => {
    const { settings, seenAt } = (await (await yusuf.get('/duty')).json()) as {
      settings: Record<string, unknown>;
      seenAt: null;
    };
    const next = { settings: { ...settings, offerMinutes: 5 }, seenAt };
    expect((await yusuf.post('/duty/settings', next)).status).toBe(200);
    expect((await yusuf.post('/duty/settings', next)).status).toBe(409);
    expect((await (await yusuf.get('/duty')).json()) as object).toMatchObject({
      settings: { offerMinutes: 5 },
    });
    expect(
      (await yusuf.post('/duty/settings', { settings: { offerMinutes: -1 }, seenAt: null })).status,
    ).toBe(400);
  });

  it('takes contacts as people write them, one officer`s each, sealed, and shows no number to an admin', async () => {
    const admin = await desk.officer('Admin', 'admin');
    const add = (officer: Officer, kind: string, value: string) =>
      officer.post('/me/contacts', { kind, value });
    expect((await add(ana, 'whatsapp', '0812-3456 7890')).status).toBe(200);
    expect((await add(ana, 'whatsapp', '+62 812 3456 7890')).status).toBe(200);
    desk.clock.advance(1_000);
    expect((await add(ana, 'email', ' Ana@Example.org ')).status).toBe(200);
    const taken = await add(budi, 'whatsapp', '6281234567890');
    expect([taken.status, (await errorOf(taken)).sentence]).toEqual([409, 'Itu sudah dipakai petugas lain.']);
    for (const [kind, value] of [
      ['whatsapp', '123'],
      ['whatsapp', '<b>0812</b>'],
      ['email', 'bukan email'],
      ['telegram', '99'],
      ['push', '{}'],
    ] as const)
      expect((await add(budi, kind, value)).status).toBe(400);
    const mine = (await (await ana.get('/me/contacts')).json()) as { items: { id: string; label: string }[] };
    expect(mine.items.map(({ label }) => label)).toEqual(['+6281234567890', 'ana@example.org']);
    const seen = await (await admin.get(`/officers/${ana.id}/contacts`)).text();
    expect(seen).not.toMatch(/81234567|ana@/);
    const row = await desk.one<{ value_hash: Uint8Array; value_sealed: Uint8Array }>(
      `SELECT value_hash, value_sealed FROM officer_contact WHERE kind = 'whatsapp'`,
    );
    expect(Buffer.from(row.value_hash)).toEqual(
      Buffer.from(contactHash(desk.vault, 'whatsapp', '6281234567890')),
    );
    expect(Buffer.from(row.value_sealed).toString('latin1')).not.toContain('6281234567890');
    const id = mine.items[0]?.id ?? '';
    expect((await budi.post(`/me/contacts/${id}/remove`)).status).toBe(404);
    expect((await admin.post(`/contacts/${id}/remove`)).status).toBe(200);
    expect((await ana.post(`/me/contacts/${id}/remove`)).status).toBe(404);
    expect(
      (await admin.post(`/officers/${nobody}/contacts`, { kind: 'email', value: 'x@y.id' })).status,
    ).toBe(404);
    expect(JSON.stringify(desk.logged)).not.toContain('81234567890');
  });

  it('shows an offer to whom it is made, and a pass of somebody else`s is none', async () => {
    const maria = await desk.resident('Maria Bano');
    await maria.says('rahasia sekali');
    await maria.waits();
    const offer = await desk.one<{ id: string }>(
      `INSERT INTO handoff_offer (handoff_id, officer_id, offered_at, expires_at)
       SELECT id, $1, $2, $3 FROM handoff RETURNING id`,
      [ana.id, desk.clock.now(), new Date(desk.clock.now().getTime() + 120_000)],
    );
    const offered = async (officer: Officer) =>
      ((await (await officer.get('/offers')).json()) as { items: { name: string }[] }).items.map(
        ({ name }) => name,
      );
    expect(await offered(ana)).toEqual(['Maria Bano']);
    expect(await offered(budi)).toEqual([]);
    expect(await (await ana.get('/offers')).text()).not.toContain('rahasia');
    expect((await budi.post(`/offers/${offer.id}/pass`)).status).toBe(404);
    expect(await offered(ana)).toEqual(['Maria Bano']);
    for (let times = 0; times < 2; times += 1)
      expect((await ana.post(`/offers/${offer.id}/pass`)).status).toBe(200);
    expect(await offered(ana)).toEqual([]);
  });

  it('shows calls that did not leave, with why, and those still tried after a minute', async () => {
    const maria = await desk.resident();
    const alertId = await maria.alarms();
    await desk.db.query(
      `INSERT INTO page (alert_id, officer_id, kind, step, due_at, attempts, next_attempt_at, sent_at, outcome, failure) VALUES
       ($1, $2, 'none', 1, $4, 0, NULL, NULL, 'failed', 'no_contact'),
       ($1, $3, 'whatsapp', 1, $4, 1, NULL, NULL, 'failed', 'window_closed'),
       ($1, $2, 'email', 2, $4, 2, $4, NULL, NULL, 'timeout'),
       ($1, $3, 'telegram', 2, $4, 1, NULL, $4, 'sent', NULL),
       ($1, $3, 'push', 3, $4, 0, $4, NULL, NULL, NULL)`,
      [alertId, ana.id, budi.id, desk.clock.now()],
    );
    const shown = async () =>
      (
        (await (await yusuf.get('/pages')).json()) as { items: { kind: string; sentence: string }[] }
      ).items.map(({ kind }) => kind);
    expect((await shown()).sort()).toEqual(['email', 'none', 'whatsapp']);
    desk.clock.advance(61_000);
    expect((await shown()).sort()).toEqual(['email', 'none', 'push', 'whatsapp']);
    desk.clock.advance(25 * 3_600_000);
    yusuf = await desk.officer('Yusuf Lagi', 'supervisor');
    expect(await shown()).toEqual([]);
  });

  it('counts as gone whoever gave no sign, and as back with the next', async () => {
    await ana.post('/me/presence', { presence: 'on_duty' });
    const presence = async () => {
      const { items } = (await (await yusuf.get('/colleagues')).json()) as {
        items: { id: string; presence: string }[];
      };
      return items.find(({ id }) => id === ana.id)?.presence;
    };
    expect(await presence()).toBe('on_duty');
    desk.clock.advance(6 * 60_000);
    expect(await presence()).toBe('away');
    await ana.get('/queue');
    expect(await presence()).toBe('on_duty');
    await ana.post('/log-out');
    expect(await presence()).toBe('away');
  });
});
