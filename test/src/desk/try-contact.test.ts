import { beforeEach, expect, it } from 'vitest';
import type { SendResult } from '../../../bots/channel.ts';
import { addContact } from '../../../src/actions/officer-contact.ts';
import { deskIn } from '../../support/desk-in.ts';
import type { DeskIn } from '../../support/desk-in.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

type Contact = {
  id: string;
  kind: string;
  hasFailed: boolean;
  isDoubtful: boolean;
  reachedAt: string | null;
  isTrying: boolean;
  trouble: string | null;
};

describeOnEachStore('an officer who tries their own contact', (store) => {
  const now = '2026-11-25T09:00:00+08:00';
  let room: RoomUnderTest;
  let maria: DeskIn;
  let contactId: string;
  beforeEach(async () => {
    room = await openRoom(store, { roles: ['web'], now });
    maria = await deskIn(room, 'officer', 'Maria Lay');
    const { id } = maria;
    const added = await room.app.transact((tx) =>
      addContact(tx, { officerId: id, kind: 'telegram', value: '1001', byOfficerId: id }),
    );
    contactId = added.kind === 'added' ? added.contactId : '';
  });
  const contact = async () => (await maria.get<{ items: Contact[] }>('/me/contacts')).items[0];
  const tries = async () => {
    const answer = await maria.asks(`/me/contacts/${contactId}/try`, {});
    await room.settles();
    return answer;
  };
  const answers = (...results: SendResult[]) => room.telegram.willAnswer(...results);
  const blocked: SendResult = { ok: false, outcome: 'unreachable', reason: 'chat not found' };

  it('is called the way that danger calls, and sees that it got there', async () => {
    expect(await contact()).toMatchObject({ reachedAt: null, isTrying: false, trouble: null });
    expect((await tries()).status).toBe(200);
    expect(room.telegram.sentTo('1001')).toMatchObject([
      { text: expect.stringMatching(/^Bestie: percobaan\n.*tidak ada apa-apa/), choices: [] },
    ]);
    expect(await contact()).toMatchObject({
      reachedAt: new Date(now).toISOString(),
      isTrying: false,
      trouble: null,
    });
    // Whose number it may be is not rung again and again.
    expect(await tries()).toMatchObject({ status: 409, body: { error: { code: 'TOO_SOON' } } });
    room.clock.advance(61_000);
    const both = await Promise.all([tries(), tries()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(room.telegram.sentTo('1001')).toHaveLength(2);
  });

  it('reads what to do where it did not get there, and is called no more only after another day’s no', async () => {
    answers(blocked);
    await tries();
    expect(await contact()).toMatchObject({
      hasFailed: false,
      isDoubtful: true,
      reachedAt: null,
      isTrying: false,
      trouble: expect.stringMatching(/tekan Start/),
    });
    // It is no call that failed: nothing of it stands among those.
    const unsent = await (await deskIn(room, 'supervisor', 'Yusuf Lay')).get('/pages');
    expect(unsent).toMatchObject({ items: [] });
    room.clock.advance(2 * 3_600_000);
    answers(blocked);
    await tries();
    expect(await contact()).toMatchObject({ hasFailed: false, isDoubtful: true });
    room.clock.set('2026-11-26T08:30:00+08:00');
    maria = await sameOfficer();
    answers(blocked);
    await tries();
    expect(await contact()).toMatchObject({ hasFailed: true, isDoubtful: false });
    // They pressed Start, and try again.
    room.clock.advance(61_000);
    await tries();
    expect(await contact()).toMatchObject({ hasFailed: false, isDoubtful: false, trouble: null });
  });

  it('cannot try a colleague’s, what is not there, nor a way that this server has not', async () => {
    const ana = await deskIn(room, 'admin', 'Ana Benu');
    expect((await ana.asks(`/me/contacts/${contactId}/try`, {})).status).toBe(404);
    expect((await ana.asks(`/me/contacts/00000000-0000-4000-8000-000000000000/try`, {})).status).toBe(404);
    const { id } = await ana.post<{ id: string }>('/me/contacts', {
      kind: 'whatsapp',
      value: '0812 3456 7890',
    });
    expect(await ana.asks(`/me/contacts/${id}/try`, {})).toMatchObject({
      status: 409,
      body: { error: { code: 'NO_WAY', sentence: expect.stringMatching(/WhatsApp/) } },
    });
    expect(await room.rows(`SELECT 1 FROM page`)).toEqual([]);
  });

  /** Whose session of yesterday is over, logged in anew. */
  async function sameOfficer(): Promise<DeskIn> {
    const again = await deskIn(room, 'officer', 'Maria Lagi');
    await room.rows(`UPDATE officer_contact SET officer_id = $1`, [again.id]);
    return again;
  }
});
