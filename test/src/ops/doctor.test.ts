import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readEnv } from '../../../src/env.ts';
import { examine, lookAtOnCall } from '../../../src/ops/doctor.ts';
import { projectFolder } from '../../../src/ops/project-folder.ts';
import { lockFolder } from '../../../src/store/folder-lock.ts';
import { colleagueIn } from '../../support/duty.ts';
import { openRoom } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

describeOnEachStore('what the doctor says of those on call', (store) => {
  it('is loud while danger would reach nobody, and names who would be called', async () => {
    const room = await openRoom(store);
    const look = async () => lookAtOnCall(room.db, room.clock.now());
    expect(await look()).toEqual({ isWell: true, text: 'On call: there are no officers yet' });
    const ana = await colleagueIn(room, 'Ana');
    const lead = await colleagueIn(room, 'Lead', { role: 'supervisor' });
    expect(await look()).toMatchObject({ isWell: false, text: expect.stringMatching(/NOBODY/) });
    await colleagueIn(room, 'Admin', { role: 'admin', contacts: { email: 'admin@example.org' } });
    expect(await look()).toMatchObject({ isWell: false, text: expect.stringMatching(/nobody is down/) });
    // The clock of the room stands on a Tuesday.
    await ana.serves(2, 1);
    await lead.serves(1, 1);
    expect(await look()).toMatchObject({ isWell: false, text: expect.stringMatching(/NOBODY/) });
    const dewi = await colleagueIn(room, 'Dewi', { contacts: { telegram: '7' } });
    await dewi.serves(2, 2);
    expect(await look()).toMatchObject({
      isWell: false,
      text: expect.stringMatching(/: Ana cannot be reached/),
    });
    await room.rows(`DELETE FROM duty WHERE officer_id = $1`, [ana.id]);
    expect(await look()).toEqual({ isWell: true, text: 'On call: Dewi' });
  });
});

it('the doctor makes nothing where there is nothing, and may look while Bestie runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bestie-doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const dataDir = join(folder, 'data');
  const key = Buffer.alloc(32, 1).toString('base64');
  const none = await examine(readEnv({ DATA_DIR: dataDir }), projectFolder());
  expect(none.isWell).toBe(false);
  expect(none.lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^BAD {2}Keys: There are no keys: .*data\/keys is not there/),
      expect.stringMatching(/^BAD {2}Database: There is no database of Bestie: .*data\/db is not there/),
    ]),
  );
  expect(existsSync(dataDir)).toBe(false);

  mkdirSync(join(dataDir, 'db'), { recursive: true });
  onTestFinished(lockFolder(join(dataDir, 'db.lock')));
  const running = await examine(readEnv({ DATA_DIR: dataDir, BESTIE_KEYS: `k1:${key}` }), projectFolder());
  expect(running.isWell).toBe(true);
  expect(running.lines).toContainEqual(
    expect.stringMatching(
      new RegExp(`^ok {3}Database: .* in use by the running Bestie \\(process ${process.pid}\\)`),
    ),
  );
});
