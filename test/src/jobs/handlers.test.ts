import { expect, it } from 'vitest';
import { officerIn } from '../../support/officer.ts';
import { openRoom } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

describeOnEachStore('a job that runs twice', (store) => {
  it('changes nothing: converse, deliver, notice, attachment, sweep, hourly and daily, at once and after', async () => {
    const room = await openRoom(store);
    const [ana, budi] = [await room.resident().agrees(), await room.resident().agrees()];
    const maria = await officerIn(room);
    await ana.books(/Rabu, 25 November/, '10.00');
    const code = await budi.poursOut('soal air yang keruh');
    await maria.takesConcern(code);
    await maria.answers(code, 'Sudah kami cek.');
    await budi.says('/curhat');
    await budi.presses('Curhat baru');
    await budi.sendsFile('photo');
    for (const one of [ana, budi]) one.looksAway();
    const { pipeline } = room.app;
    for (const at of [
      '2026-11-24T18:00:00+08:00',
      '2026-12-01T08:00:00+08:00',
      '2026-12-08T08:00:00+08:00',
    ]) {
      room.clock.set(at);
      const notices = await room.rows<{ id: string }>(`SELECT id FROM notice`);
      const conversations = await room.rows<{ id: string }>(`SELECT id FROM conversation`);
      const attachments = await room.rows<{ id: string }>(`SELECT id FROM attachment`);
      const everything = () => [
        ...notices.flatMap(({ id }) => [pipeline.notice(id), pipeline.notice(id)]),
        ...conversations.flatMap(({ id }) => [
          pipeline.look(id),
          pipeline.look(id),
          pipeline.hearSilence(id),
        ]),
        ...attachments.flatMap(({ id }) => [pipeline.keepAttachment(id), pipeline.keepAttachment(id)]),
        room.app.sweep(),
        room.app.hourly(),
        room.app.daily(),
      ];
      await Promise.all(everything());
      await Promise.all(everything());
      await room.settles();
    }
    const sent = await room.rows<{ kind: string; count: number }>(
      `SELECT n.kind, count(m.id) AS count FROM notice n JOIN message m ON m.notice_id = n.id GROUP BY n.id, n.kind ORDER BY n.kind`,
    );
    expect(sent).toEqual(
      [
        'booking-evening',
        'booking-missed',
        'concern-answered',
        'concern-check',
        'concern-late',
        'concern-settled',
        'concern-taken',
      ].map((kind) => ({ kind, count: 1 })),
    );
    expect(ana.news()).toHaveLength(2);
    expect(await room.rows(`SELECT 1 FROM attachment WHERE status = 'stored'`)).toHaveLength(1);
    expect(await room.rows(`SELECT 1 FROM message WHERE status IN ('pending', 'sending')`)).toEqual([]);
  });
});
