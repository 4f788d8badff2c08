import { expect, it } from 'vitest';
import { editSentence, resetSentence } from '../../src/actions/edit-sentence.ts';
import { officerIn } from '../support/officer.ts';
import { openRoom } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

describeOnEachStore('sentences of an admin', (store) => {
  it('reach a resident at once, survive a restart, and give way to the shipped ones again', async () => {
    const room = await openRoom(store);
    const { id: officerId } = await officerIn(room);
    const ana = room.resident('Ana');
    await ana.agrees();
    const sentence = { language: 'id', key: 'thanks', shipped: 'Sama-sama.', officerId } as const;
    await ana.says('terima kasih').sees(/Sama-sama/);
    const saved = await room.app.transact((tx) =>
      editSentence(tx, { ...sentence, value: 'Sama-sama, kaka.\n* Jang sungkan.', version: 0 }),
    );
    expect(saved).toEqual({ kind: 'saved', version: 1 });
    await ana.says('terima kasih').sees(/^Sama-sama, kaka\.\n\* Jang sungkan\.$/);
    await room.restarts();
    await ana.says('terima kasih').sees(/^Sama-sama, kaka\.\n\* Jang sungkan\.$/);
    await room.app.transact((tx) => resetSentence(tx, { ...sentence, version: 1 }));
    await ana.says('terima kasih').sees(/Kami senang/);
  });

  it('that no longer fit their original are not said, and the log names them', async () => {
    const room = await openRoom(store);
    const ana = room.resident('Ana');
    await ana.agrees();
    // As if an update had given the sentence another variable since it was written.
    await room.db.query(
      `INSERT INTO word_override (language, key, value, updated_at) VALUES ('id', 'thanks', 'Sama-sama, { $siapa }.', $1)`,
      [room.clock.now()],
    );
    await room.passes('2026-11-24T10:01:00+08:00');
    await ana.says('terima kasih').sees(/Kami senang/);
    expect(room.logged.filter((line) => line.includes('"key":"thanks"')).length).toBeGreaterThan(0);
  });

  it('are never those of danger or consent', async () => {
    const room = await openRoom(store);
    const { id: officerId } = await officerIn(room);
    for (const key of ['consent', 'consent-yes', 'danger-self-harm', 'hotlines-intro']) {
      const edited = await room.app.transact((tx) =>
        editSentence(tx, { language: 'id', key, value: 'x', version: 0, shipped: 'y', officerId }),
      );
      expect(edited.kind).toBe('locked');
      await expect(
        room.db.query(
          `INSERT INTO word_override (language, key, value, updated_at) VALUES ('id', $1, 'x', $2)`,
          [key, room.clock.now()],
        ),
      ).rejects.toThrow(/word_override_not_locked/);
    }
  });
});
