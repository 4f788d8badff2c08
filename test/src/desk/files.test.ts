import { beforeEach, expect, it } from 'vitest';
import type { MessageView } from '../../../src/desk/reads/message-view.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1, 2, 3]);

describeOnEachStore('files at the desk', (store) => {
  let desk: Desk;
  let ana: Awaited<ReturnType<Desk['officer']>>;
  let maria: Awaited<ReturnType<Desk['resident']>>;
  beforeEach(async () => {
    desk = await openDesk(store);
    ana = await desk.officer('Ana');
    maria = await desk.resident();
    await maria.waits();
  });

  const receive = async (mime: string, bytes: Uint8Array): Promise<string> => {
    const messageId = await maria.says({
      kind: 'media',
      media: {
        kind: 'document',
        mime,
        name: null,
        size: bytes.length,
        ref: null,
        bytes: null,
        durationSeconds: null,
      },
      caption: null,
    });
    const fileKey = await desk.files.put(bytes, { kind: 'media' });
    const { id } = await desk.one<{ id: string }>(
      `INSERT INTO attachment (message_id, kind, mime, status, file_key, created_at)
       VALUES ($1, 'document', $2, 'stored', $3, $4) RETURNING id`,
      [messageId, mime, fileKey, desk.clock.now()],
    );
    return id;
  };
  const upload = (bytes: Uint8Array, cookie = ana.cookie) =>
    desk.request(
      `/conversations/${maria.conversationId}/files?name=surat.png&caption=&onceKey=berkas-${bytes.length}`,
      {
        method: 'PUT',
        cookie,
        body: new Uint8Array(bytes),
        headers: { 'content-type': 'image/png' },
      },
    );

  it('plays a voice note by ranges', async () => {
    const id = await receive('audio/ogg; codecs=opus', new Uint8Array([1, 2, 3, 4, 5, 6]));
    const whole = await ana.get(`/files/${id}`);
    expect(whole.headers.get('content-type')).toBe('audio/ogg');
    const part = await desk.request(`/files/${id}`, { cookie: ana.cookie, headers: { range: 'bytes=2-3' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 2-3/6');
    expect([...new Uint8Array(await part.arrayBuffer())]).toEqual([3, 4]);
    const tail = await desk.request(`/files/${id}`, { cookie: ana.cookie, headers: { range: 'bytes=-1' } });
    expect([...new Uint8Array(await tail.arrayBuffer())]).toEqual([6]);
    const beyond = await desk.request(`/files/${id}`, { cookie: ana.cookie, headers: { range: 'bytes=9-' } });
    expect(beyond.status).toBe(416);
  });

  it('never runs what a stranger sent: a page or a drawing is only downloaded', async () => {
    for (const mime of ['text/html', 'image/svg+xml', 'application/pdf', 'text/javascript']) {
      const response = await ana.get(`/files/${await receive(mime, Buffer.from('<script>1</script>'))}`);
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toMatch(/sandbox/);
    }
  });

  it('gives a file only to who may read its chat', async () => {
    const id = await receive('image/jpeg', png);
    await ana.post(`/conversations/${maria.conversationId}/claim`);
    const budi = await desk.officer('Budi');
    expect((await budi.get(`/files/${id}`)).status).toBe(404);
    expect((await ana.get(`/files/${id}`)).status).toBe(200);
  });

  it('sends a picture, and plays it back to the officer', async () => {
    await ana.post(`/conversations/${maria.conversationId}/claim`);
    const sent = await upload(png);
    expect(sent.status).toBe(200);
    const thread = await ana.get(`/conversations/${maria.conversationId}/messages`);
    const { messages } = (await thread.json()) as { messages: MessageView[] };
    expect(messages.at(-1)?.files).toEqual([
      {
        path: expect.stringMatching(/^files\//),
        kind: 'photo',
        mime: 'image/png',
        name: 'surat.png',
        size: png.length,
        seconds: null,
        state: 'stored',
      },
    ]);
    const back = await ana.get(`/${messages.at(-1)?.files[0]?.path}`);
    expect(back.headers.get('content-type')).toBe('image/png');
    expect([...new Uint8Array(await back.arrayBuffer())]).toEqual([...png]);
  });

  it('takes no file of another kind than it says, none too big, and none for a chat one does not hold', async () => {
    expect((await upload(png)).status).toBe(403);
    await ana.post(`/conversations/${maria.conversationId}/claim`);
    const wrong = await upload(Buffer.from('<html>bukan gambar</html>'));
    expect(wrong.status).toBe(415);
    expect((await errorOf(wrong)).sentence).toMatch(/PDF/);
    const big = new Uint8Array(10 * 1024 * 1024 + 1);
    big.set(png);
    expect((await upload(big)).status).toBe(413);
  });
});
