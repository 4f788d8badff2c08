import { expect, it } from 'vitest';
import { lookAtOnCall } from '../../../src/ops/doctor.ts';
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
