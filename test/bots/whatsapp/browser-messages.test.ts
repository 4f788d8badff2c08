import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundReady } from '../../../bots/channel.ts';
import type { Inbound } from '../../../src/domain/message.ts';
import { createRig, keyOf, noBrowser, pageMessage, type Rig } from '../../support/whatsapp-page/channel.ts';
import type { PageMessage } from '../../support/whatsapp-page/whatsapp-page.ts';

const resident = { channel: 'whatsapp', kind: 'phone', value: '6281234567890' } as const;
const say = (text: string): OutboundReady => ({ kind: 'text', text, choices: [], replyToRef: null });

let rig: Rig;

async function arrived(fields: Parameters<typeof pageMessage>[0]): Promise<[Inbound, PageMessage]> {
  const message = pageMessage(fields);
  await rig.page.arrive(message);
  return [await rig.sink.inbound((one) => one.messageRef === keyOf(message)), message];
}

describe.skipIf(noBrowser)(
  `messages through the library (${noBrowser ?? 'Chromium'})`,
  { timeout: 60_000 },
  () => {
    beforeAll(async () => {
      rig = await createRig();
      rig.page.faults.fastTimers = true;
      rig.page.people.push({ phone: '6281299990001@c.us', lid: '77788899900011@lid' });
      await rig.connect();
    }, 60_000);
    afterAll(async () => await rig.end());
    beforeEach(async () => {
      await rig.page.resetFaults({ fastTimers: true });
    });

    describe('in', () => {
      it('reads a text with its quote, its name and its time', async () => {
        const fields = {
          body: 'saya mau curhat',
          quotedStanzaID: '3EB0QUOTED',
          quotedParticipant: '6281100000000@c.us',
        };
        const [inbound, message] = await arrived(fields);
        expect(inbound).toMatchObject({
          externalId: keyOf(message),
          address: resident,
          replyToRef: 'true_6281234567890@c.us_3EB0QUOTED',
          profileName: 'Warga',
          author: 'resident',
          late: false,
          content: { kind: 'text', text: 'saya mau curhat' },
        });
        expect(inbound.sentAt.getTime()).toBe(message.t * 1000);
        await rig.page.reported('seen');
      });

      it('joins a lid with its phone where WhatsApp tells, and never by digits', async () => {
        const [known] = await arrived({ from: '77788899900011@lid' });
        expect(known.address).toEqual({ channel: 'whatsapp', kind: 'lid', value: '77788899900011' });
        expect(known.aliases).toEqual([{ channel: 'whatsapp', kind: 'phone', value: '6281299990001' }]);
        const [stranger] = await arrived({ from: '66655544433322@lid' });
        expect(stranger.aliases).toEqual([]);
        const answer = await rig.channel.send(known.address, say('ke lid'));
        expect(answer).toMatchObject({ ok: true });
        expect(rig.page.sent.at(-1)?.chat).toBe('77788899900011@lid');
      });

      it('fetches a photo, a voice note and a document byte for byte', async () => {
        const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256);
        rig.page.media.set('/v/one', bytes);
        const file = { directPath: '/v/one', size: bytes.length };
        const [voice] = await arrived({
          type: 'ptt',
          mimetype: 'audio/ogg; codecs=opus',
          duration: '7',
          ...file,
        });
        expect(voice.content).toMatchObject({ kind: 'media', media: { kind: 'voice', durationSeconds: 7 } });
        const [photo] = await arrived({
          type: 'image',
          mimetype: 'image/jpeg',
          caption: 'lihat',
          body: '/9j/',
          ...file,
        });
        expect(photo.content).toMatchObject({
          caption: 'lihat',
          media: { kind: 'photo', mime: 'image/jpeg' },
        });
        const [doc] = await arrived({
          type: 'document',
          mimetype: 'application/pdf',
          filename: 'surat.pdf',
          ...file,
        });
        expect(doc.content).toMatchObject({ media: { kind: 'document', name: 'surat.pdf', size: 70_000 } });
        for (const { messageRef } of [voice, photo, doc]) {
          const media = await rig.channel.fetchMedia(messageRef ?? '', 1_000_000);
          expect(media.ok && Buffer.compare(media.bytes, bytes)).toBe(0);
        }
      });

      it('does not move a 60 MB video, and says so when a file is gone or still on its way', async () => {
        const [film] = await arrived({
          type: 'video',
          mimetype: 'video/mp4',
          size: 60 * 2 ** 20,
          directPath: '/v/big',
        });
        expect(film.content).toMatchObject({ media: { kind: 'video', size: 60 * 2 ** 20 } });
        const tooLarge = await rig.channel.fetchMedia(film.messageRef ?? '', 16 * 2 ** 20);
        expect(tooLarge).toMatchObject({ ok: false, outcome: 'too_large' });
        const [gone] = await arrived({ type: 'image', size: 10, directPath: '/v/absent' });
        expect(await rig.channel.fetchMedia(gone.messageRef ?? '', 100)).toMatchObject({ outcome: 'gone' });
        const [later] = await arrived({
          type: 'image',
          size: 10,
          directPath: '/v/x',
          mediaStage: 'REUPLOADING',
        });
        expect(await rig.channel.fetchMedia(later.messageRef ?? '', 100)).toMatchObject({ outcome: 'retry' });
        await rig.page.setFaults({ downloads: 'fail' });
        expect(await rig.channel.fetchMedia(film.messageRef ?? '', 2 ** 30)).toMatchObject({
          outcome: 'retry',
        });
        expect(await rig.channel.fetchMedia('false_6281234567890@c.us_NONE', 100)).toMatchObject({
          outcome: 'gone',
        });
        expect(await rig.channel.fetchMedia('nonsense', 100)).toMatchObject({ outcome: 'gone' });
      });

      it('reads a location, a contact card and a forwarded message', async () => {
        const [place] = await arrived({
          type: 'location',
          lat: -10.17,
          lng: 123.6,
          loc: 'Kantor Lurah\nJl. X',
          body: '',
        });
        expect(place.content).toMatchObject({
          kind: 'location',
          latitude: -10.17,
          longitude: 123.6,
          title: 'Kantor Lurah',
        });
        const body = 'BEGIN:VCARD\nVERSION:3.0\nFN:Ibu Ana\nitem1.TEL;waid=628111:+62 811 1\nEND:VCARD';
        const [card] = await arrived({ type: 'vcard', body });
        expect(card.content).toEqual({ kind: 'contact', name: 'Ibu Ana', phone: '+62 811 1' });
        const [forwarded] = await arrived({ isForwarded: true, forwardingScore: 1 });
        expect(forwarded.forwarded).toBe(true);
      });

      it('takes in each photo of an album, and not its head', async () => {
        const parent = pageMessage({ type: 'album' });
        await rig.page.arrive(parent);
        for (let index = 0; index < 3; index += 1)
          await arrived({ type: 'image', directPath: '/v/one', parentMsgKey: parent.id });
        expect(rig.sink.received.some((one) => one.messageRef === keyOf(parent))).toBe(false);
      });

      it('passes on an edit and a deletion as events of their own', async () => {
        const [original, message] = await arrived({ body: 'bsok' });
        const changes = { body: 'besok', latestEditSenderTimestampMs: 1_790_000_000_000 };
        await rig.page.order('change', { id: keyOf(message), changes });
        const edit = await rig.sink.inbound((one) => one.content.kind === 'edit');
        expect(edit.content).toEqual({ kind: 'edit', messageRef: original.messageRef, text: 'besok' });
        expect(edit.externalId).not.toBe(original.externalId);
        await rig.page.order('change', { id: keyOf(message), changes: { type: 'revoked' } });
        const removal = await rig.sink.inbound((one) => one.content.kind === 'delete');
        expect(removal.content).toEqual({ kind: 'delete', messageRef: original.messageRef });
      });

      it('tells what cannot be read: view-once, poll, and ciphertext that never opens', async () => {
        const what = (message: PageMessage) =>
          rig.sink.inbound((one) => one.messageRef === keyOf(message)).then((one) => one.content);
        const once = pageMessage({ type: 'image', isViewOnce: true, directPath: '/v/one' });
        const hidden = pageMessage({ type: 'ciphertext', subtype: 'view_once_unavailable_fanout' });
        const poll = pageMessage({ type: 'poll_creation', pollName: 'kapan?' });
        const sealed = pageMessage({ type: 'ciphertext', body: '' });
        for (const message of [once, hidden, poll, sealed]) await rig.page.arrive(message);
        expect(await what(once)).toEqual({ kind: 'unsupported', what: 'view_once' });
        expect(await what(hidden)).toEqual({ kind: 'unsupported', what: 'view_once' });
        expect(await what(poll)).toEqual({ kind: 'unsupported', what: 'poll' });
        expect(await what(sealed)).toEqual({ kind: 'unsupported', what: 'undecryptable' });
      });

      it('takes in ciphertext once it opens, even after it was given up', async () => {
        const sealed = pageMessage({ type: 'ciphertext', body: '' });
        await rig.page.arrive(sealed);
        await rig.page.order('change', { id: keyOf(sealed), changes: { body: 'terbuka', type: 'chat' } });
        const opened = await rig.sink.inbound((one) => one.externalId === keyOf(sealed));
        expect(opened.content).toEqual({ kind: 'text', text: 'terbuka' });
        expect(
          rig.sink.received.some((one) => one.content.kind === 'edit' && one.content.text === 'terbuka'),
        ).toBe(false);
      });

      it('reports a call once, and ignores groups, status, channels and notices', async () => {
        const call = { id: 'CALL1', from: '6281234567890@c.us', isGroup: false, outgoing: false };
        await rig.page.order('call', { call });
        await rig.page.order('call', { call });
        await rig.page.order('call', { call: { ...call, id: 'CALL2', isGroup: true } });
        for (const from of [
          '1203630@g.us',
          'status@broadcast',
          '12036300000@newsletter',
          '0@c.us',
          '6281100000000@c.us',
        ]) {
          await rig.page.arrive(pageMessage({ from, body: 'abaikan' }));
        }
        await rig.page.arrive(pageMessage({ type: 'e2e_notification', body: 'abaikan' }));
        await arrived({ body: 'terakhir' });
        const after = rig.sink.received;
        expect(after.filter((one) => one.content.kind === 'call')).toHaveLength(1);
        expect(after.some((one) => one.content.kind === 'text' && one.content.text === 'abaikan')).toBe(
          false,
        );
      });

      it('takes the phone typing for the officer, but not our own sends', async () => {
        const typed = pageMessage({ fromMe: true, body: 'ini petugas' });
        await rig.page.arrive(typed);
        const inbound = await rig.sink.inbound((one) => one.author === 'phone');
        expect(inbound).toMatchObject({ address: resident, content: { kind: 'text', text: 'ini petugas' } });
        for (let index = 0; index < 5; index += 1) await rig.channel.send(resident, say(`bot ${index}`));
        await arrived({ body: 'sesudah bot' });
        const texts = rig.sink.received.map((one) => (one.content.kind === 'text' ? one.content.text : ''));
        expect(texts.filter((text) => text.startsWith('bot '))).toEqual([]);
      });

      it('keeps a message until the app has stored it', async () => {
        let failures = 2;
        rig.sink.onReceive = async () => {
          if (failures-- > 0) throw new Error('the database is away');
        };
        const message = pageMessage({ body: 'jangan hilang' });
        await rig.page.arrive(message);
        const stored = rig.sink.inbound((one) => one.messageRef === keyOf(message));
        await rig.clock.advanceUntil(stored, 500);
        rig.sink.onReceive = async () => {};
      });
    });

    describe('out', () => {
      it('writes choices as a numbered list under the text', async () => {
        const choices = [
          { token: 'a', label: 'Pesan jadwal' },
          { token: 'b', label: 'Curhat' },
        ];
        const result = await rig.channel.send(resident, {
          kind: 'text',
          text: 'Pilih:',
          choices,
          replyToRef: null,
        });
        expect(result).toEqual({ ok: true, messageRef: rig.page.sent.at(-1)?.id });
        expect(rig.page.sent.at(-1)?.body).toBe('Pilih:\n\n1. Pesan jadwal\n2. Curhat');
      });

      it('sends an .ics, a photo, a place, and a quote', async () => {
        const bytes = new TextEncoder().encode('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');
        const ics = {
          kind: 'file',
          name: 'jadwal.ics',
          mime: 'text/calendar',
          bytes,
          caption: 'Jadwal',
        } as const;
        expect(await rig.channel.send(resident, ics)).toMatchObject({ ok: true });
        const sha = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('base64');
        expect(rig.page.sent.at(-1)).toMatchObject({
          type: 'document',
          caption: 'Jadwal',
          file: { size: bytes.length, sha },
        });
        expect(
          await rig.channel.send(resident, { ...ics, name: 'foto.png', mime: 'image/png' }),
        ).toMatchObject({ ok: true });
        expect(rig.page.sent.at(-1)).toMatchObject({ type: 'image' });

        const place = {
          kind: 'venue',
          latitude: -10.16,
          longitude: 123.61,
          title: 'MPP',
          address: 'Jl. Frans Seda',
        } as const;
        expect(await rig.channel.send(resident, place)).toMatchObject({ ok: true });
        expect(rig.page.sent.at(-1)).toMatchObject({
          type: 'location',
          lat: -10.16,
          loc: 'MPP\nJl. Frans Seda',
        });

        const [question, message] = await arrived({ body: 'kapan?' });
        await rig.channel.send(resident, {
          kind: 'text',
          text: 'besok',
          choices: [],
          replyToRef: question.messageRef,
        });
        expect(rig.page.sent.at(-1)?.quoted).toBe(message.id.id);
      });

      it('passes ticks on, once the message is known', async () => {
        await rig.page.setFaults({ ackLevels: [1, 2, 3] });
        const sent = await rig.channel.send(resident, say('centang'));
        const ref = sent.ok ? sent.messageRef : null;
        const read = () => rig.sink.statuses.find((one) => one.messageRef === ref && one.status === 'read');
        expect(await rig.sink.until(read)).toMatchObject({ channel: 'whatsapp' });
        await rig.page.order('ack', { id: ref, ack: -1 });
        await rig.sink.until(() =>
          rig.sink.statuses.find((one) => one.messageRef === ref && one.status === 'failed'),
        );
      });

      it('calls a failed send a retry, and a silent one unknown', async () => {
        await rig.page.setFaults({ sends: 'fail' });
        expect(await rig.channel.send(resident, say('gagal'))).toMatchObject({ ok: false, outcome: 'retry' });
        await rig.page.setFaults({ sends: 'silent' });
        const silent = rig.channel.send(resident, say('diam'));
        const result = await rig.clock.advanceUntil(silent, 5_000);
        expect(result).toMatchObject({ ok: false, outcome: 'unknown' });
        expect(rig.page.sent.filter(({ body }) => body === 'diam')).toHaveLength(1);
      });

      it('finds the message that a throwing send left in the chat, and only then calls it sent', async () => {
        await rig.page.setFaults({ sends: 'throw' });
        expect(await rig.channel.send(resident, say('tak pernah'))).toMatchObject({
          ok: false,
          outcome: 'retry',
        });
        await rig.page.setFaults({ sends: 'throwAfter' });
        const left = rig.channel.send(resident, say('sudah di sana'));
        await rig.page.reported('sent', ({ body }) => body === 'sudah di sana');
        await rig.page.order('ack', { id: rig.page.sent.at(-1)?.id, ack: 1 });
        expect(await left).toEqual({ ok: true, messageRef: rig.page.sent.at(-1)?.id });
      });

      it('tells an unknown person, a failed upload, a big file and a foreign address apart', async () => {
        await rig.page.setFaults({ unknownNumbers: ['6289999999999'], uploadFails: true });
        const unknown = { ...resident, value: '6289999999999' };
        expect(await rig.channel.send(unknown, say('halo'))).toMatchObject({ outcome: 'unreachable' });
        const file = {
          kind: 'file',
          name: 'a.pdf',
          mime: 'application/pdf',
          bytes: new Uint8Array(9),
          caption: null,
        } as const;
        expect(await rig.channel.send(resident, file)).toMatchObject({ outcome: 'retry' });
        const big = { ...file, bytes: new Uint8Array(16 * 1024 * 1024 + 1) };
        expect(await rig.channel.send(resident, big)).toMatchObject({ outcome: 'refused' });
        const telegram = { channel: 'telegram', kind: 'chat', value: '1' } as const;
        expect(await rig.channel.send(telegram, say('halo'))).toMatchObject({ outcome: 'unreachable' });
      });

      it('sends though marking as seen is broken, in order though asked at once', async () => {
        await rig.page.setFaults({ seenBroken: true });
        const before = rig.page.sent.length;
        const results = await Promise.all(
          Array.from({ length: 10 }, (_, index) => rig.channel.send(resident, say(`ke-${index}`))),
        );
        expect(results.every((result) => result.ok)).toBe(true);
        const bodies = rig.page.sent.slice(before).map(({ body }) => body);
        expect(bodies).toEqual(Array.from({ length: 10 }, (_, index) => `ke-${index}`));
      });
    });

    it('logged nothing that anybody wrote', () => {
      const written = [
        ...rig.sink.received.flatMap((one) => Object.values(one.content)),
        ...rig.page.sent.map(({ body }) => body),
      ].filter((text) => typeof text === 'string' && text.length > 8);
      for (const text of written) expect(rig.logged.join('\n')).not.toContain(text);
    });
  },
);
