import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createReceiver } from '../../../src/conversation/receive.ts';
import { removeFiles } from '../../../src/jobs/remove-files.ts';
import type { Database } from '../../../src/store/database.ts';
import { createFileStore } from '../../../src/store/file-store.ts';
import { officerIn } from '../../support/officer.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const filesOf = ({ dataDir, vault }: RoomUnderTest) => createFileStore({ dataDir, vault });

async function ages(room: RoomUnderTest, hours: number): Promise<void> {
  const then = new Date(room.clock.now().getTime() - hours * 3_600_000);
  const all = await readdir(join(room.dataDir, 'files'), { recursive: true, withFileTypes: true });
  for (const entry of all.filter((one) => one.isFile()))
    await utimes(join(entry.parentPath, entry.name), then, then);
}

const named = (room: RoomUnderTest) =>
  room.rows<{ file_key: string; kind: string }>(`SELECT file_key, kind FROM attachment ORDER BY created_at`);

describeOnEachStore('files that nothing names', (store) => {
  it('go with the stranger whom the night forgets', async () => {
    const room = await openRoom(store);
    const stranger = room.resident();
    await stranger.says('halo');
    const maria = await officerIn(room);
    await maria.takes(stranger);
    await maria.sendsFile(stranger);
    await maria.returns(stranger);
    expect(await room.keptFiles()).toHaveLength(1);
    // Words that wait for a yes wait for a week.
    room.clock.set('2026-12-02T02:30:00+08:00');
    await room.app.daily();
    expect(await room.rows(`SELECT 1 FROM resident`)).toEqual([]);
    await room.app.sweep();
    expect(await room.keptFiles()).toEqual([]);
    expect(await room.rows(`SELECT 1 FROM file_to_remove`)).toEqual([]);
  });

  it('go a day after whoever kept them died before the commit; what is named stays', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.sendsFile('photo');
    const [photo] = await named(room);
    const orphan = await filesOf(room).put(new Uint8Array([1]), { kind: 'attachment' });
    await ages(room, 23);
    await room.app.daily();
    await room.app.sweep();
    expect(await room.keptFiles()).toHaveLength(2);
    await ages(room, 25);
    await room.app.daily();
    await room.app.sweep();
    expect(await room.keptFiles()).toEqual([photo?.file_key]);
    expect(await filesOf(room).get(orphan)).toBeNull();
  });

  it('stay while an attachment names them, and one that cannot be removed keeps no other', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.sendsFile('photo');
    const [photo] = await named(room);
    const gone = await filesOf(room).put(new Uint8Array([1]), { kind: 'media' });
    await room.rows(`INSERT INTO file_to_remove (file_key) VALUES ('no file key'), ($1), ($2)`, [
      gone,
      photo?.file_key,
    ]);
    await expect(removeFiles({ db: room.db, files: filesOf(room) })).rejects.toThrow('Not a file key');
    expect(await room.keptFiles()).toEqual([photo?.file_key]);
    await room.rows(`DELETE FROM file_to_remove WHERE file_key = 'no file key'`);
    await removeFiles({ db: room.db, files: filesOf(room) });
    await room.rows(`DELETE FROM attachment`);
    await removeFiles({ db: room.db, files: filesOf(room) });
    expect(await room.keptFiles()).toEqual([]);
  });

  it('are not those of officers from before they were named: a start names them, once', async () => {
    const room = await openRoom(store, { roles: ['worker'] });
    const ana = await room.resident().agrees();
    const maria = await officerIn(room);
    await maria.takes(ana);
    const first = await maria.sendsFile(ana);
    await room.rows(`DELETE FROM attachment`);
    await room.rows(`DELETE FROM file_to_remove`);
    await ages(room, 48);
    await room.restarts();
    await room.app.daily();
    await room.app.sweep();
    expect(await named(room)).toEqual([{ file_key: first, kind: 'document' }]);
    expect(await room.keptFiles()).toEqual([first]);
  });

  it('are not those of a batch that was stored though its answer never came', async () => {
    const room = await openRoom(store);
    const [ana, budi, cici] = [
      await room.resident().agrees(),
      await room.resident().agrees(),
      await room.resident().agrees(),
    ];
    let batches = 0;
    const db: Database = {
      ...room.db,
      query: async (sql, params) => {
        const result = await room.db.query(sql, params);
        // The first goes alone, and what comes meanwhile together.
        if (sql.includes('jsonb_to_recordset') && (batches += 1) === 2)
          throw new Error('the connection broke');
        return result as never;
      },
    };
    const { vault, clock } = room;
    const bytes = new Uint8Array([1, 2, 3]);
    const kept: string[] = [];
    for (let count = 0; count < 5; count += 1) kept.push(await filesOf(room).put(bytes, { kind: 'media' }));
    const receive = createReceiver({ db, vault, clock, keepFile: async () => kept.shift() ?? null });
    const media = { kind: 'photo', mime: 'image/jpeg', name: null, size: 3, ref: null, bytes } as const;
    const received = await Promise.all(
      [ana, budi, cici].map((one) => receive(one.inbound({ kind: 'media', media, caption: null }))),
    );
    expect(received.map(({ kind }) => kind)).toEqual(['stored', 'duplicate', 'duplicate']);
    await room.app.sweep();
    const rows = await named(room);
    expect(rows).toHaveLength(3);
    for (const { file_key: fileKey } of rows)
      expect(await filesOf(room).get(fileKey)).toEqual(Buffer.from(bytes));
    // The same event once more has a copy of its own, which goes.
    await receive(ana.inbound({ kind: 'media', media, caption: null }, { externalId: 'lagi' }));
    await receive(ana.inbound({ kind: 'media', media, caption: null }, { externalId: 'lagi' }));
    expect(await room.keptFiles()).toHaveLength(5);
    await room.app.sweep();
    expect(await room.keptFiles()).toHaveLength(4);
  });
});
