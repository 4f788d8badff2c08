import { expect, it } from 'vitest';
import { openRoom } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

describeOnEachStore('/metrics', (store) => {
  it('tells sums, queues and channels, and nothing of anybody', async () => {
    const room = await openRoom(store);
    const ana = await room.resident('Ana Manafe').agrees();
    await ana.poursOut('air di rumah saya mati sejak Senin');
    await ana.says('/petugas');
    const answer = await room.app.fetch(new Request('http://127.0.0.1/metrics'));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    const text = await answer.text();
    expect(text).toMatch(/^bestie_messages_received_total\{channel="telegram"\} [1-9]/m);
    expect(text).toMatch(/^bestie_messages_sent_total\{channel="telegram",outcome="sent"\} [1-9]/m);
    expect(text).toMatch(/^bestie_waiting\{what="handoff"\} 1$/m);
    expect(text).toMatch(/^bestie_waiting\{what="to_take_in"\} 0$/m);
    expect(text).toMatch(/^bestie_queue_jobs\{job="upkeep",state="failed"\} 0$/m);
    expect(text).toMatch(/^bestie_channel\{channel="telegram",state="connected"\} 1$/m);
    const codes = await room.rows<{ code: string }>(`SELECT code FROM concern`);
    for (const word of [...room.said, ...codes.map(({ code }) => code), ana.chat].filter(
      (one) => one.length > 4,
    ))
      expect(text).not.toContain(word);
  });

  it('has nothing to say before the start is through', async () => {
    const room = await openRoom(store);
    await room.app.stop();
    expect((await room.app.fetch(new Request('http://127.0.0.1/metrics'))).status).toBe(503);
  });
});
