import { beforeEach, expect, it } from 'vitest';
import { describeOnEachStore } from '../../support/stores.ts';
import { openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

describeOnEachStore('live updates', (store) => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk(store);
  });

  /** The stream as whole events; `next` resolves with the next one. */
  async function listen(cookie: string) {
    const response = await desk.request('/events', { cookie });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let kept = '';
    return {
      response,
      async next(): Promise<string | null> {
        while (!kept.includes('\n\n')) {
          const { value, done } = (await reader?.read()) ?? { done: true, value: '' };
          if (done) return null;
          kept += value;
        }
        const [event = '', ...rest] = kept.split('\n\n');
        kept = rest.join('\n\n');
        return event;
      },
      stop: () => reader?.cancel(),
    };
  }

  it('tells open pages of a change by its id alone, and of a colleague who types', async () => {
    const [ana, budi] = [await desk.officer('Ana'), await desk.officer('Budi')];
    const maria = await desk.resident();
    await maria.says('rahasia');
    await maria.waits();
    const page = await listen(ana.cookie);
    expect(page.response.headers.get('content-type')).toMatch(/text\/event-stream/);
    expect(await page.next()).toMatch(/event: hello/);
    desk.publish({ kind: 'ring', id: maria.conversationId });
    desk.publish({ kind: 'conversation', id: maria.conversationId });
    const change = await page.next();
    expect(change).toContain(`{"kind":"conversation","id":"${maria.conversationId}"}`);
    await ana.post(`/conversations/${maria.conversationId}/typing`);
    await budi.post(`/conversations/${maria.conversationId}/typing`);
    expect(await page.next()).toContain('"name":"Budi"');
    await page.stop();
  });

  it('ends for a session that was logged out', async () => {
    const ana = await desk.officer('Ana');
    const page = await listen(ana.cookie);
    await page.next();
    await ana.post('/log-out');
    // What was told of the log-out itself, then the beat finds the session gone.
    let event: string | null = 'x';
    const events: string[] = [];
    desk.clock.advance(25_000);
    while ((event = await page.next()) !== null) events.push(event);
    expect(events.at(-1)).toMatch(/event: signed-out/);
    expect(desk.listeners.size).toBe(0);
  });
});
