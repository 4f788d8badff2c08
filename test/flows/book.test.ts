import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRoom } from '../support/room.ts';
import type { RoomUnderTest } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

describeOnEachStore('the book flow', (store) => {
  let room: RoomUnderTest;
  beforeEach(async () => {
    room = await openRoom(store);
  });
  afterEach(() => room.close());

  it('books by buttons: day, time, yes, and gives code, place and calendar file', async () => {
    const ana = room.resident('Ana');
    await ana.says('/start').sees(/Senin dan Rabu/, /SAPA 129/, /Setuju\?/);
    expect(ana.news().join()).not.toMatch(/\b112\b/);
    await ana.presses('Setuju').sees(/Terima kasih/);
    await ana.says('/pesan').sees(/Hari apa/, /Rabu, 25 November \(sisa \d+\)/, /Senin, 30 November \(sisa 28\)/);
    await ana.presses(/Senin, 30 November/).sees(/Jam berapa/, /\[09\.00 \(sisa 2\)\]/);
    await ana.presses('09.00 (sisa 2)').sees(/Senin, 30 November 2026, 09\.00 WITA/);
    await ana.presses('Ya, pesan').sees(/BST-[0-9A-Z]{6}/, /Jl\. Timor Raya/, /\(venue\)/, /\(file\)/);
    await ana.says('/status').sees(/BST-[0-9A-Z]{6}: Senin, 30 November 2026, 09\.00 WITA/);
  });

  it('understands plain words: a day, a day and a time, a number', async () => {
    const ana = room.resident();
    await ana.agrees();
    await ana.says('/pesan');
    await ana.says('senin').sees(/Senin, 30 November 2026/, /Jam berapa/);
    await ana.says('2').sees(/08\.30 WITA/);
    await ana.says('rabu jam 9').sees(/Rabu, 2[5] November 2026, 09\.00 WITA|Rabu/);
  });
});
