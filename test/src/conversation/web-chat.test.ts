import { expect, it } from 'vitest';
import { createBrowser } from '../../bots/web/browser.ts';
import { deskIn } from '../../support/desk-in.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import { describeOnEachStore } from '../../support/stores.ts';

const pdf = new Uint8Array(Buffer.from('%PDF-1.7 surat pengantar'));

const browserOf = (room: RoomUnderTest) =>
  createBrowser({
    request: (path, init) => room.app.fetch(new Request(`http://127.0.0.1:3000${path}`, init)),
  });

describeOnEachStore('the web chat over the real room', (store) => {
  it('lets the resident open what an officer sent, and nobody else', async () => {
    const room = await openRoom(store, { roles: ['web'] });
    const [maria, stranger] = [browserOf(room), browserOf(room)];
    for (const browser of [maria, stranger]) {
      await browser.post('/chat/api/visitor', {});
      await browser.say('halo');
    }
    await room.settles();
    const [first] = await room.rows<{ id: string }>(
      `SELECT conversation_id AS id FROM message WHERE direction = 'in' ORDER BY seq LIMIT 1`,
    );
    const desk = await deskIn(room, 'officer');
    await desk.post(`/conversations/${first?.id}/take`);
    const path = `/conversations/${first?.id}/files?name=surat.pdf&caption=Suratnya&onceKey=surat-satu`;
    expect(await desk.uploads(path, pdf)).toBe(200);
    await room.settles();

    const said = (await maria.messages()).messages.at(-1);
    expect(said).toMatchObject({
      from: 'officer',
      text: 'Suratnya',
      files: [{ kind: 'document', name: 'surat.pdf', mime: 'application/pdf', size: pdf.length }],
    });
    const href = said?.files?.[0]?.href ?? '';
    const opened = await maria.get(href);
    expect(opened.status).toBe(200);
    expect(new Uint8Array(await opened.arrayBuffer())).toEqual(pdf);
    for (const browser of [stranger, browserOf(room)]) expect((await browser.get(href)).status).toBe(404);

    // The request again: the page retries what it got no answer to. The file that was sent stays.
    expect(await desk.uploads(path, pdf)).toBe(200);
    await room.app.sweep();
    expect(await room.keptFiles()).toHaveLength(1);
    expect((await maria.get(href)).status).toBe(200);
  });

  it('shows at the desk that the bot sent a copy of all data, and opens it to nobody there', async () => {
    const room = await openRoom(store, { roles: ['web'] });
    const ana = await room.resident().agrees();
    await ana.says('/data');
    await ana.presses('Unduh salinannya').sees(/\(file\)/);
    await ana.says('/petugas');
    const id = await room.conversationOf(ana);
    const [copy] = await room.rows<{ id: string }>(
      `SELECT id FROM message WHERE kind = 'file' AND author = 'bot'`,
    );
    for (const role of ['officer', 'supervisor', 'admin'] as const) {
      const desk = await deskIn(room, role, `Rini ${role}`);
      const { messages } = await desk.get<{ messages: { id: string; files: unknown[] }[] }>(
        `/conversations/${id}/messages`,
      );
      expect(messages.find((message) => message.id === copy?.id)?.files).toEqual([
        expect.objectContaining({ name: 'data-saya.json', path: null, state: 'private' }),
      ]);
      for (const path of [`/messages/${copy?.id}/file`, `/files/${copy?.id}`])
        expect((await desk.fetches(path)).status).toBe(404);
    }
  });

  it('tells that a message arrived of which nothing is kept', async () => {
    const room = await openRoom(store, { roles: ['web'] });
    const maria = browserOf(room);
    await maria.post('/chat/api/visitor', {});
    for (const text of ['halo', 'tidak setuju']) {
      await maria.say(text);
      await room.settles();
    }
    const said = (await maria.messages()).messages.filter(({ from }) => from === 'resident');
    expect(
      said.map(({ clientId, emptied, text }) => ({ isKnown: clientId !== undefined, emptied, text })),
    ).toEqual([
      { isKnown: true, emptied: true, text: undefined },
      { isKnown: true, emptied: true, text: undefined },
    ]);
    room.clock.advance(2 * 24 * 3_600_000);
    await room.app.daily();
    expect(
      await room.rows(`SELECT 1 FROM message WHERE direction = 'in' AND ref_sealed IS NOT NULL`),
    ).toEqual([]);
  });
});
