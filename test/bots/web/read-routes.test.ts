import { beforeEach, describe, expect, it } from 'vitest';
import { addressOfToken } from '../../../bots/web/visitor.ts';
import type { AddressRef, Outbound } from '../../../src/domain/message.ts';
import { createRecordingSink, type RecordingSink } from '../recording.ts';
import type { Browser } from './browser.ts';
import { makeWebRoom, type WebRoom } from './web-harness.ts';

const text = (words: string): Outbound => ({ kind: 'text', text: words, choices: [], replyToRef: null });

describe('reading the web chat', () => {
  let room: WebRoom;
  let sink: RecordingSink;
  let maria: Browser;
  let yohanes: Browser;
  let address: AddressRef;

  beforeEach(async () => {
    room = makeWebRoom();
    sink = createRecordingSink();
    await room.channel.start(sink);
    [maria, yohanes] = [room.browser(), room.browser()];
    for (const browser of [maria, yohanes]) await browser.post('/chat/api/visitor', {});
    address = addressOfToken(maria.cookie?.split('=')[1] ?? '');
  });

  describe('messages', () => {
    it('tells a stranger nothing, and makes no cookie for looking', async () => {
      const stranger = room.browser();
      expect(await stranger.messages()).toEqual({ known: false, more: false, messages: [] });
      expect(stranger.cookie).toBeNull();
    });

    it('gives the latest, what is new, and what is older', async () => {
      for (let count = 1; count <= 60; count += 1) room.rows.addOut(address, text(`${count}`));
      const latest = await maria.messages();
      expect(latest).toMatchObject({ known: true, more: true });
      expect(latest.messages.map(({ seq }) => seq)).toEqual(
        Array.from({ length: 50 }, (_, index) => index + 11),
      );
      expect((await maria.messages('?after=58')).messages.map(({ seq }) => seq)).toEqual([59, 60]);
      const older = await maria.messages('?before=11');
      expect([older.more, older.messages.length]).toEqual([false, 10]);
      expect((await yohanes.messages()).messages).toEqual([]);
    });

    it.each(['?after=x', '?after=-1', '?after=1&before=2', '?after=1e99', '?limit=5000'])(
      'refuses %s',
      async (query) => {
        expect((await maria.get(`/chat/api/messages${query}`)).status).toBe(400);
      },
    );

    it('shows what was said and nothing of what lies behind it', async () => {
      await maria.say('halo');
      const [inbound] = sink.stored;
      if (inbound) room.rows.addIn(inbound);
      room.rows.addOut(address, {
        kind: 'file',
        name: 'surat.pdf',
        mime: 'application/pdf',
        caption: 'Suratnya',
        source: { from: 'store', fileKey: 'kunci-rahasia' },
      });
      const gone = room.rows.addOut(address, text('salah kirim'));
      room.rows.change(gone.seq, { deletedAt: room.clock.now() });
      const body = await (await maria.get('/chat/api/messages')).text();
      expect(body).not.toContain('kunci-rahasia');
      expect(body).not.toContain('salah kirim');
      const { messages } = JSON.parse(body) as Awaited<ReturnType<Browser['messages']>>;
      expect(messages[0]?.clientId).toBe(inbound?.externalId.split(':')[1]);
      expect(messages[1]).toMatchObject({
        text: 'Suratnya',
        files: [{ name: 'surat.pdf', href: '/chat/api/attachment/a2' }],
      });
      expect(messages[2]).toMatchObject({ deleted: true });
    });

    it('brings the facts of the room with the first look only, and no other setting', async () => {
      const facts = {
        openWeekdays: [1, 3],
        hours: { opens: '08:00', closes: '16:00' },
        place: 'MPP',
        address: 'Jl.',
      };
      const told = makeWebRoom({ room: async () => ({ ...facts, maxFileBytes: 7 }) });
      expect((await told.browser().messages()).room).toEqual(facts);
      expect((await told.browser().messages('?after=3')).room).toBeUndefined();
    });

    it('is kept in no cache and answers what is not there with JSON', async () => {
      for (const path of ['/chat/api/messages', '/chat/api/attachment/x', '/chat/api/nothing']) {
        const response = await maria.get(path);
        expect(response.headers.get('cache-control')).toBe('no-store');
        expect(response.headers.get('content-type')).toMatch(/json/);
      }
    });
  });

  describe('seen', () => {
    it('moves what was sent to read, up to the first that is still on its way', async () => {
      room.rows.addOut(address, text('satu'), { ref: 'r1' });
      room.rows.addOut(address, text('dua'), { ref: 'r2' });
      const third = room.rows.addOut(address, text('tiga'));
      room.rows.change(third.seq, { status: 'pending' });
      const seen = await maria.post('/chat/api/seen', { from: 1, to: 3 });
      expect(await seen.json()).toEqual({ ok: true, upTo: 2 });
      expect(sink.statuses).toEqual([
        { channel: 'web', messageRef: 'r1', status: 'read' },
        { channel: 'web', messageRef: 'r2', status: 'read' },
      ]);
    });

    it('counts only for the own conversation', async () => {
      room.rows.addOut(address, text('satu'), { ref: 'r1' });
      await yohanes.post('/chat/api/seen', { from: 1, to: 1 });
      expect(sink.statuses).toEqual([]);
      expect((await room.browser().post('/chat/api/seen', { from: 1, to: 1 })).status).toBe(401);
    });
  });

  describe('files', () => {
    const upload = async (name: string, type: string): Promise<string> => {
      await maria.upload(new File(['<script>1</script>'], name, { type }));
      const inbound = sink.stored.at(-1);
      if (inbound) room.rows.addIn(inbound);
      return (await maria.messages()).messages.at(-1)?.files?.[0]?.href ?? '';
    };

    it('gives a photo back to its sender and to nobody else', async () => {
      const href = await upload('foto jalan.jpg', 'image/jpeg');
      const response = await maria.get(href);
      expect(response.headers.get('content-type')).toBe('image/jpeg');
      expect(response.headers.get('content-disposition')).toBe("inline; filename*=UTF-8''foto%20jalan.jpg");
      for (const browser of [yohanes, room.browser()]) expect((await browser.get(href)).status).toBe(404);
    });

    it.each(['text/html', 'image/svg+xml', 'text/xml', 'application/javascript', ''])(
      'never gives back a file (%s) that a browser would run',
      async (type) => {
        const response = await maria.get(await upload('x.html', type));
        expect(response.headers.get('content-type')).toBe('application/octet-stream');
        expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
        expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
        expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      },
    );

    it.each(['../secret', '%2e%2e%2fsecret', "'%20or%201=1", 'x'.repeat(200)])(
      'knows no file %s',
      async (id) => {
        expect((await maria.get(`/chat/api/attachment/${id}`)).status).toBe(404);
      },
    );

    it('gives the calendar file of a booking as one', async () => {
      const { seq } = room.rows.addOut(address, {
        kind: 'file',
        name: 'BST-7K2M9Q.ics',
        mime: 'text/calendar',
        caption: null,
        source: { from: 'text', text: 'BEGIN:VCALENDAR' },
      });
      const response = await maria.get(`/chat/api/messages/${seq}/file`);
      expect(response.headers.get('content-type')).toBe('text/calendar');
      expect(await response.text()).toBe('BEGIN:VCALENDAR');
      expect((await yohanes.get(`/chat/api/messages/${seq}/file`)).status).toBe(404);
      expect((await maria.get(`/chat/api/messages/${seq + 1}/file`)).status).toBe(404);
    });
  });

  describe('events', () => {
    const open = async (browser: Browser) => {
      const response = await browser.get('/chat/api/events');
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      const next = async (): Promise<string | null> => (await reader.read()).value ?? null;
      expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
      expect(await next()).toBe('retry: 3000\n');
      expect(await next()).toBe('event: ready\ndata: \n\n');
      return { next, cancel: () => reader.cancel() };
    };

    it('rings when something is new, and says nothing of what', async () => {
      const events = await open(maria);
      room.rows.addOut(address, text('RAHASIA'));
      expect(await events.next()).toBe('event: change\ndata: \n\n');
    });

    it('does not ring for someone else', async () => {
      const events = await open(yohanes);
      room.rows.addOut(address, text('satu'));
      await room.clock.passSleep();
      expect(await events.next()).toBe(': still here\n\n');
    });

    it('keeps the connection alive by the clock', async () => {
      const events = await open(maria);
      expect(await room.clock.passSleep()).toBe(20_000);
      expect(await events.next()).toBe(': still here\n\n');
    });

    it('lets go of a page that is closed', async () => {
      const events = await open(maria);
      expect(room.rows.listeners(address)).toBe(1);
      await events.cancel();
      expect(room.rows.listeners(address)).toBe(0);
      expect(room.channel.health().detail).toBe('0 pages open');
    });

    it('ends the oldest of more pages than a person has', async () => {
      const first = await open(maria);
      for (let count = 0; count < 6; count += 1) await open(maria);
      expect(await first.next()).toBeNull();
      expect(room.rows.listeners(address)).toBe(6);
    });

    it('ends every stream when the channel stops, and opens none after', async () => {
      const events = await open(maria);
      await room.channel.stop();
      expect(await events.next()).toBeNull();
      expect((await maria.get('/chat/api/events')).status).toBe(503);
    });

    it('tells a stranger not to ask again', async () => {
      expect((await room.browser().get('/chat/api/events')).status).toBe(204);
    });
  });
});
