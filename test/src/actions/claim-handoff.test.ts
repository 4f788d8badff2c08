import { beforeEach, expect, it } from 'vitest';
import { acknowledgeAlert } from '../../../src/actions/acknowledge-alert.ts';
import { claimHandoff } from '../../../src/actions/claim-handoff.ts';
import { closeHandoff } from '../../../src/actions/close-handoff.ts';
import { returnToBot } from '../../../src/actions/return-to-bot.ts';
import { sendOfficerMessage } from '../../../src/actions/send-officer-message.ts';
import { takeConversation } from '../../../src/actions/take-conversation.ts';
import { transferHandoff } from '../../../src/actions/transfer-handoff.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { openDesk } from '../desk/desk-harness.ts';
import type { Desk } from '../desk/desk-harness.ts';

describeOnEachStore('taking and giving a conversation', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  let budi: Awaited<ReturnType<Desk['officer']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana Benu');
    budi = await desk.officer('Budi Lay');
  });

  const ownerOf = async (id: string): Promise<string> =>
    (await desk.one<{ owner: string }>(`SELECT owner FROM conversation WHERE id = $1`, [id])).owner;

  it('gives a waiting chat to exactly one of twenty who press at once, and tells the others who', async () => {
    const maria = await desk.resident();
    await maria.waits();
    const pressed = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        desk.transact((tx) =>
          claimHandoff(tx, {
            conversationId: maria.conversationId,
            officerId: index % 2 === 0 ? ana.id : budi.id,
            greeting: () => 'Halo',
          }),
        ),
      ),
    );
    const kinds = pressed.map((result) => result.kind);
    expect(kinds.filter((kind) => kind === 'claimed')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'already_yours')).toHaveLength(9);
    const winner = await desk.one<{ name: string }>(
      `SELECT o.name FROM handoff h JOIN officer o ON o.id = h.officer_id WHERE h.conversation_id = $1`,
      [maria.conversationId],
    );
    for (const result of pressed) {
      if (result.kind === 'held_by_other') expect(result.by.name).toBe(winner.name);
    }
    expect(await ownerOf(maria.conversationId)).toBe('human');
    const greetings = await desk.one<{ count: number }>(
      `SELECT count(*) AS count FROM message WHERE author = 'officer' AND status = 'pending'`,
    );
    expect(greetings.count).toBe(1);
    expect(desk.bells).toContainEqual({ kind: 'deliver', conversationId: maria.conversationId });
  });

  it('acknowledges the danger of a chat that is taken', async () => {
    const rini = await desk.resident();
    const alertId = await rini.alarms();
    await rini.waits(0);
    await desk.transact((tx) => claimHandoff(tx, { conversationId: rini.conversationId, officerId: ana.id }));
    const later = await desk.transact((tx) => acknowledgeAlert(tx, { alertId, officerId: budi.id }));
    expect(later).toEqual({
      kind: 'acknowledged_by_other',
      by: 'Ana Benu',
      conversationId: rini.conversationId,
    });
  });

  it('lets an officer step into a chat that the bot leads, once', async () => {
    const maria = await desk.resident();
    const takes = await Promise.all(
      [ana.id, budi.id].map((officerId) =>
        desk.transact((tx) => takeConversation(tx, { conversationId: maria.conversationId, officerId })),
      ),
    );
    expect(takes.map((take) => take.kind).sort()).toEqual(['claimed', 'held_by_other']);
  });

  it('closes with a word and gives the chat to the bot again', async () => {
    const maria = await desk.resident();
    await maria.waits();
    const conversationId = maria.conversationId;
    await desk.transact((tx) => claimHandoff(tx, { conversationId, officerId: ana.id }));
    expect(
      await desk.transact((tx) =>
        closeHandoff(tx, { conversationId, officerId: budi.id, outcome: 'closed', word: 'x' }),
      ),
    ).toEqual({ kind: 'held_by_other', by: { id: ana.id, name: 'Ana Benu' } });
    expect(
      await desk.transact((tx) =>
        closeHandoff(tx, { conversationId, officerId: ana.id, outcome: 'closed', word: 'Sampai jumpa' }),
      ),
    ).toEqual({ kind: 'closed' });
    expect(await ownerOf(conversationId)).toBe('bot');
    expect(
      await desk.transact((tx) => returnToBot(tx, { conversationId, officerId: ana.id, word: '' })),
    ).toEqual({ kind: 'not_held' });
  });

  it('passes a chat on with a note, and back to the queue', async () => {
    const maria = await desk.resident();
    await maria.waits();
    const conversationId = maria.conversationId;
    await desk.transact((tx) => claimHandoff(tx, { conversationId, officerId: ana.id }));
    const input = { conversationId, officerId: ana.id, note: 'urusan PKH' };
    const analyst = await desk.officer('Tia', 'analyst');
    expect(await desk.transact((tx) => transferHandoff(tx, { ...input, toOfficerId: analyst.id }))).toEqual({
      kind: 'unknown_officer',
    });
    expect(
      await desk.transact((tx) => transferHandoff(tx, { ...input, toOfficerId: budi.id })),
    ).toMatchObject({
      kind: 'transferred',
      to: { name: 'Budi Lay' },
    });
    const back = await desk.transact((tx) =>
      transferHandoff(tx, { conversationId, officerId: budi.id, toOfficerId: null, note: '' }),
    );
    expect(back).toEqual({ kind: 'transferred', to: null });
    expect(
      await desk.one(`SELECT status, officer_id FROM handoff WHERE conversation_id = $1`, [conversationId]),
    ).toEqual({ status: 'waiting', officer_id: null });
  });

  it('sends one message for one key, however often and at once it is asked', async () => {
    const maria = await desk.resident();
    await maria.waits();
    const conversationId = maria.conversationId;
    await desk.transact((tx) => claimHandoff(tx, { conversationId, officerId: ana.id }));
    const results = await Promise.all(
      Array.from({ length: 6 }, () =>
        desk.transact((tx) =>
          sendOfficerMessage(tx, {
            conversationId,
            officerId: ana.id,
            content: { kind: 'text', text: 'Baik' },
            onceKey: 'satu-kali',
          }),
        ),
      ),
    );
    expect(results.filter((result) => result.kind === 'sent')).toHaveLength(1);
    expect(results.filter((result) => result.kind === 'repeated')).toHaveLength(5);
  });

  it('refuses the word of an officer who lost the chat', async () => {
    const maria = await desk.resident();
    await maria.waits();
    const conversationId = maria.conversationId;
    await desk.transact((tx) => claimHandoff(tx, { conversationId, officerId: ana.id }));
    const said = await desk.transact((tx) =>
      sendOfficerMessage(tx, {
        conversationId,
        officerId: budi.id,
        content: { kind: 'text', text: 'Halo' },
        onceKey: 'halo-halo',
      }),
    );
    expect(said).toEqual({ kind: 'held_by_other', by: { id: ana.id, name: 'Ana Benu' } });
  });
});
