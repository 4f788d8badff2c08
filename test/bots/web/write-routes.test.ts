import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRecordingSink, type RecordingSink } from '../recording.ts';
import { refusalOf } from './browser.ts';
import { makeWebRoom, type WebRoom } from './web-harness.ts';

describe('writing to the web chat', () => {
  let room: WebRoom;
  let sink: RecordingSink;

  beforeEach(async () => {
    room = makeWebRoom({ maxFileBytes: 100_000 });
    sink = createRecordingSink();
    await room.channel.start(sink);
  });

  describe('who is writing', () => {
    it('makes a visitor at the first message and knows it at the second', async () => {
      const browser = room.browser();
      const first = await browser.say('satu');
      expect(first.headers.get('set-cookie')).toMatch(
        /^bestie=[\w-]{43}; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/,
      );
      await browser.say('dua');
      const [one, two] = sink.stored;
      expect(one?.address).toMatchObject({ channel: 'web', kind: 'visitor' });
      expect(one?.address.value).toMatch(/^[0-9a-f]{64}$/);
      expect(two?.address).toEqual(one?.address);
      expect(JSON.stringify(sink.stored)).not.toContain(browser.cookie?.split('=')[1]);
    });

    it('keeps the cookie to https, and to this very host, when the page is public', async () => {
      const { channel } = makeWebRoom({ publicUrl: 'https://bestie.test' });
      const response = await channel.routes.request('/chat/api/visitor', {
        method: 'POST',
        headers: { 'Sec-Fetch-Site': 'same-origin' },
      });
      expect(response.headers.get('set-cookie')).toMatch(/^__Host-bestie=.+; Secure; SameSite=Lax$/);
    });

    it.each([
      'bestie=',
      'bestie=abc',
      `bestie=${'x'.repeat(5000)}`,
      'bestie=%00%ff',
      `bestie=${'!'.repeat(43)}`,
    ])('takes a forged cookie for none (%#)', async (cookie) => {
      const browser = room.browser();
      browser.cookie = cookie;
      expect(await browser.messages()).toMatchObject({ known: false });
      expect((await browser.say('halo')).status).toBe(200);
      expect(browser.cookie).not.toBe(cookie);
    });

    it('forgets the visitor on leaving', async () => {
      const browser = room.browser();
      await browser.say('halo');
      await browser.post('/chat/api/leave', {});
      expect(browser.cookie).toBeNull();
      await browser.say('halo');
      expect(sink.stored[1]?.address).not.toEqual(sink.stored[0]?.address);
    });
  });

  describe('what is written', () => {
    it('stores one message for a repeated one, and no one else can repeat it', async () => {
      const clientId = randomUUID();
      const [browser, other] = [room.browser(), room.browser()];
      const answers = [
        await browser.say('satu', clientId),
        await browser.say('satu', clientId.toUpperCase()),
        await other.say('bukan', clientId),
      ];
      expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([
        { ok: true, result: 'stored' },
        { ok: true, result: 'duplicate' },
        { ok: true, result: 'stored' },
      ]);
    });

    it('hands in a press with what was seen on the button', async () => {
      const choice = { token: 't1', label: '09.00 (sisa 2)' };
      await room.browser().post('/chat/api/message', { clientId: randomUUID(), lang: 'en', choice });
      expect(sink.stored[0]).toMatchObject({ content: { kind: 'choice', ...choice }, languageHint: 'en' });
    });

    it('leaves HTML what it is: text', async () => {
      await room.browser().say('<script>alert(1)</script><b>&amp;</b>');
      expect(sink.stored[0]?.content).toEqual({
        kind: 'text',
        text: '<script>alert(1)</script><b>&amp;</b>',
      });
    });

    it.each([
      ['nothing but blanks', { text: ' \n\t ' }, 400, 'EMPTY'],
      ['nothing but NUL', { text: '\u0000' }, 400, 'EMPTY'],
      ['20,001 characters', { text: 'x'.repeat(20_001) }, 413, 'TEXT_TOO_LONG'],
      ['200,000 characters', { text: 'x'.repeat(200_000) }, 413, 'TEXT_TOO_LONG'],
      ['no text', {}, 400, 'BROKEN'],
      ['a number', { text: 7 }, 400, 'BROKEN'],
      ['a field of its own', { text: 'x', author: 'phone' }, 400, 'BROKEN'],
      ['a token that no button had', { choice: { token: 't'.repeat(61), label: 'x' } }, 400, 'BROKEN'],
      ['no id', { clientId: 'x', text: 'x' }, 400, 'BROKEN'],
    ])('refuses %s with a sentence', async (_, body, status, code) => {
      const response = await room.browser().post('/chat/api/message', { clientId: randomUUID(), ...body });
      const refusal = await refusalOf(response);
      expect(refusal).toMatchObject({ status, code, retry: false });
      expect(refusal.message).toMatch(/^[A-Z].+\.$/);
      expect(sink.calls).toHaveLength(0);
    });

    it.each(['{"text":', '', 'null', '[]', '\u0000'])('refuses broken JSON: %j', async (body) => {
      const response = await room.browser().postRaw('/chat/api/message', {
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      expect(await refusalOf(response)).toMatchObject({ status: 400, code: 'BROKEN' });
    });

    it('has a message repeated that the room could not store', async () => {
      const browser = room.browser();
      sink.refuse(1);
      const refused = await browser.say('RAHASIA');
      expect(refused.headers.get('retry-after')).toBe('3');
      expect(await refusalOf(refused)).toMatchObject({ status: 503, retry: true });
      expect(browser.cookie).not.toBeNull();
      expect(room.log.text()).not.toContain('RAHASIA');
      expect(room.log.lines).toHaveLength(1);
    });

    it('has a message repeated while the channel does not receive', async () => {
      await room.channel.stop();
      expect(await refusalOf(await room.browser().say('halo'))).toMatchObject({ status: 503, retry: true });
    });
  });

  describe('from where', () => {
    const body = JSON.stringify({ clientId: randomUUID(), text: 'halo' });
    const json = { 'Content-Type': 'application/json' };

    it.each([
      ['another site', { ...json, 'Sec-Fetch-Site': 'cross-site' }],
      ['a sibling site', { ...json, 'Sec-Fetch-Site': 'same-site' }],
      ['another origin', { ...json, Origin: 'https://jahat.test' }],
      ['a sandboxed frame', { ...json, Origin: 'null' }],
      ['a form of an old browser', { 'Content-Type': 'text/plain' }],
    ])('refuses what %s makes a browser send', async (_, headers) => {
      const response = await room.channel.routes.request('/chat/api/message', {
        method: 'POST',
        headers,
        body,
      });
      expect(await refusalOf(response)).toMatchObject({ status: 403, code: 'FOREIGN_ORIGIN' });
    });

    it.each([
      ['its public origin', { ...json, Origin: 'http://bestie.test' }],
      ['the host it was opened by', { ...json, Origin: 'http://127.0.0.1:3000', Host: '127.0.0.1:3000' }],
      ['no browser at all', json],
    ])('takes JSON from %s', async (_, headers) => {
      const response = await room.channel.routes.request('/chat/api/message', {
        method: 'POST',
        headers,
        body,
      });
      expect(response.status).toBe(200);
    });

    it('takes no JSON under another name', async () => {
      const response = await room.browser().postRaw('/chat/api/message', {
        headers: { 'Content-Type': 'text/plain' },
        body,
      });
      expect(await refusalOf(response)).toMatchObject({ status: 415, code: 'NOT_JSON' });
    });
  });

  describe('files', () => {
    it('hands in a recording with its bytes, as the first message ever', async () => {
      const bytes = Uint8Array.from({ length: 3000 }, (_, index) => index % 251);
      const file = new File([bytes], 'suara.ogg', { type: 'audio/ogg;codecs=opus' });
      const response = await room.browser().upload(file, { voice: '1', seconds: '12' });
      expect(response.status).toBe(200);
      expect(sink.stored[0]?.content).toEqual({
        kind: 'media',
        caption: null,
        media: {
          kind: 'voice',
          mime: 'audio/ogg;codecs=opus',
          name: 'suara.ogg',
          size: 3000,
          ref: null,
          bytes,
          durationSeconds: 12,
        },
      });
    });

    it.each([
      ['foto.jpg', 'image/jpeg', 'photo', 'foto.jpg'],
      ['gambar.svg', 'image/svg+xml', 'document', 'gambar.svg'],
      ['lagu.mp3', 'audio/mpeg', 'audio', 'lagu.mp3'],
      ['video.mp4', 'video/mp4', 'video', 'video.mp4'],
      ['C:\\Users\\Maria\\surat.pdf', 'application/pdf', 'document', 'surat.pdf'],
      ['../../etc/passwd', '', 'document', 'passwd'],
      ['surat\u202Efdp.exe', 'application/x-msdownload', 'document', 'suratfdp.exe'],
    ])('knows %s (%s) as a %s', async (given, type, kind, name) => {
      await room.browser().upload(new File(['isi'], given, { type }));
      expect(sink.stored[0]?.content).toMatchObject({ kind: 'media', media: { kind, name } });
    });

    it.each([100_001, 400_000])('refuses %d bytes with a sentence', async (size) => {
      const file = new File([new Uint8Array(size)], 'besar.bin');
      expect(await refusalOf(await room.browser().upload(file))).toMatchObject({
        status: 413,
        code: 'FILE_TOO_LARGE',
        retry: false,
      });
    });

    it('stops reading a stream that does not say how long it is', async () => {
      let pulled = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(10_000));
        },
      });
      const response = await room.browser().postRaw('/chat/api/file', {
        headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
        body: endless,
        duplex: 'half',
      });
      expect(response.status).toBe(413);
      expect(pulled).toBeLessThan(30);
    });

    it.each([
      ['no file', 'FILE_EMPTY', new File([], 'kosong.txt'), {}],
      ['a broken id', 'BROKEN', new File(['x'], 'x.txt'), { clientId: 'x' }],
    ])('refuses %s', async (_, code, file, fields) => {
      expect(await refusalOf(await room.browser().upload(file, fields))).toMatchObject({ status: 400, code });
    });

    it('refuses a form that is none', async () => {
      const multipart = { 'Content-Type': 'multipart/form-data; boundary=x' };
      const broken = await room
        .browser()
        .postRaw('/chat/api/file', { headers: multipart, body: 'bukan formulir' });
      expect(await refusalOf(broken)).toMatchObject({ status: 400, code: 'BROKEN' });
      const json = await room.browser().post('/chat/api/file', {});
      expect(await refusalOf(json)).toMatchObject({ status: 415, code: 'NOT_MULTIPART' });
    });
  });

  describe('too much at once', () => {
    it('holds a flood back without losing it, and takes it later', async () => {
      const browser = room.browser();
      await browser.post('/chat/api/visitor', {});
      for (let count = 0; count < 60; count += 1) expect((await browser.say(`${count}`)).status).toBe(200);
      const held = await browser.say('satu lagi');
      expect(held.headers.get('retry-after')).toBe('1');
      expect(await refusalOf(held)).toMatchObject({ status: 429, code: 'SLOW_DOWN', retry: true });
      expect((await room.browser().say('orang lain')).status).toBe(200);
      room.clock.advance(1000);
      expect((await browser.say('satu lagi')).status).toBe(200);
    });

    it('hears danger all the same', async () => {
      const browser = room.browser();
      await browser.post('/chat/api/visitor', {});
      for (let count = 0; count < 60; count += 1) await browser.say(`${count}`);
      expect((await browser.say('saya dalam bahaya')).status).toBe(200);
    });
  });
});
