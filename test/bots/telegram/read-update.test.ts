import fc from 'fast-check';
import type { Update } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { withoutContent } from '../../../bots/poison-watch.ts';
import { readUpdate } from '../../../bots/telegram/read-update.ts';
import { inboundSchema, type Inbound } from '../../../src/domain/message.ts';
import { contents, edit, maria, membership, messageUpdate, press, sentAt } from './update-fixtures.ts';

const options = { officerChatId: null, now: new Date((sentAt + 2) * 1000) };

const read = (update: Update, overrides: Partial<typeof options> = {}): Inbound => {
  const reading = readUpdate(update, { ...options, ...overrides });
  if (reading.kind !== 'resident') throw new Error(`not a resident's: ${JSON.stringify(reading)}`);
  return inboundSchema.parse(reading.inbound);
};

const readContent = (content: Record<string, unknown>) => read(messageUpdate(content)).content;

describe('readUpdate', () => {
  it('reads a text with everything around it', () => {
    const update = messageUpdate({ ...contents.text, reply_to_message: { message_id: 12 } });
    expect(read(update)).toEqual({
      externalId: 'u9001',
      address: { channel: 'telegram', kind: 'chat', value: '4711' },
      aliases: [],
      messageRef: '17',
      replyToRef: '12',
      profileName: 'Maria Nahak',
      languageHint: 'id',
      sentAt: new Date(sentAt * 1000),
      author: 'resident',
      late: false,
      forwarded: false,
      content: { kind: 'text', text: 'Selamat pagi' },
    });
  });

  it('keeps what follows a command and drops the name of the bot', () => {
    expect(readContent({ text: '/start qr-mpp' })).toEqual({ kind: 'text', text: '/start qr-mpp' });
    expect(readContent({ text: '/pesan@BestieKupangBot senin' })).toEqual({
      kind: 'text',
      text: '/pesan senin',
    });
    expect(readContent({ text: 'surel saya a@contoh.id' })).toEqual({
      kind: 'text',
      text: 'surel saya a@contoh.id',
    });
  });

  it.each([
    ['voice', contents.voice, { kind: 'voice', mime: 'audio/ogg', ref: 'voice', durationSeconds: 7 }],
    ['audio', contents.audio, { kind: 'audio', mime: 'audio/mpeg', name: 'rekaman.mp3', ref: 'audio' }],
    ['photo', contents.photo, { kind: 'photo', mime: 'image/jpeg', ref: 'large', size: 90_000 }],
    ['video', contents.video, { kind: 'video', mime: 'video/mp4', ref: 'video' }],
    [
      'round video',
      contents.videoNote,
      { kind: 'video', mime: 'video/mp4', ref: 'note', durationSeconds: 5 },
    ],
    ['animation', contents.animation, { kind: 'video', ref: 'gif' }],
    [
      'document',
      contents.document,
      { kind: 'document', mime: 'application/pdf', name: 'KTP.pdf', ref: 'doc' },
    ],
    ['sticker', contents.sticker, { kind: 'sticker', mime: 'image/webp', ref: 'sticker' }],
  ])('reads a %s as media', (_name, content, media) => {
    expect(readContent(content)).toMatchObject({ kind: 'media', media });
  });

  it('keeps the caption of a photo, of an album too', () => {
    const inbound = read(messageUpdate({ ...contents.photo, media_group_id: '1337' }));
    expect(inbound.content).toMatchObject({ caption: 'jalan di depan rumah' });
  });

  it('reads places and contacts', () => {
    const place = { kind: 'location', latitude: -10.16, longitude: 123.6 };
    expect(readContent(contents.location)).toEqual({ ...place, title: null });
    expect(readContent(contents.venue)).toEqual({ ...place, title: 'Pasar Oeba' });
    expect(readContent(contents.contact)).toEqual({
      kind: 'contact',
      name: 'Yohanes Tanu',
      phone: '+62 812',
    });
  });

  it('names what the room cannot read', () => {
    expect(readContent(contents.poll)).toEqual({ kind: 'unsupported', what: 'poll' });
    expect(readContent(contents.dice)).toEqual({ kind: 'unsupported', what: 'dice' });
    expect(readContent({ hologram: {} })).toEqual({ kind: 'unsupported', what: 'unknown' });
  });

  it('marks what was forwarded', () => {
    const forward_origin = { type: 'hidden_user', date: sentAt, sender_user_name: 'Orang' };
    expect(read(messageUpdate({ ...contents.text, forward_origin })).forwarded).toBe(true);
  });

  it('marks what lay waiting for long', () => {
    const now = new Date((sentAt + 3600) * 1000);
    expect(read(messageUpdate(contents.text), { now }).late).toBe(true);
  });

  it('reads an edit as an event of its own', () => {
    const inbound = read(edit({ text: 'Selamat siang' }));
    expect(inbound).toMatchObject({
      externalId: 'u9004',
      messageRef: null,
      sentAt: new Date((sentAt + 30) * 1000),
    });
    expect(inbound.content).toEqual({ kind: 'edit', messageRef: '17', text: 'Selamat siang' });
    expect(read(edit({ ...contents.photo, caption: 'lubang' })).content).toMatchObject({ text: 'lubang' });
  });

  it('reads a press by its token, with the label that was seen and the message it stood under', () => {
    const inbound = read(press('t-rabu'));
    expect(inbound.content).toEqual({ kind: 'choice', token: 't-rabu', label: 'Rabu' });
    expect(inbound).toMatchObject({ messageRef: null, replyToRef: '16', externalId: 'u9002' });
    expect(read(press('buatan')).content).toEqual({ kind: 'choice', token: 'buatan', label: null });
  });

  it('reads blocking and unblocking', () => {
    expect(read(membership('kicked')).content).toEqual({ kind: 'reachability', reachable: false });
    expect(read(membership('member')).content).toEqual({ kind: 'reachability', reachable: true });
  });

  it('makes names and texts storable', () => {
    const update = messageUpdate({
      text: 'a\u0000b\ud800',
      from: { ...maria, first_name: '\u0000', last_name: 'N\udc00' },
    });
    expect(read(update)).toMatchObject({ profileName: 'N\uFFFD', content: { text: 'ab\uFFFD' } });
    const long = messageUpdate({ text: 'x', from: { ...maria, first_name: '\u{1F600}'.repeat(150) } });
    expect(read(long).profileName?.isWellFormed()).toBe(true);
  });

  describe('ignores', () => {
    const why = (update: unknown, officerChatId: string | null = null): unknown =>
      readUpdate(update as Update, { ...options, officerChatId });
    const group = { id: -100_42, type: 'supergroup', title: 'Petugas' };

    it('groups and channels, but hands on those of the officers', () => {
      const inGroup = messageUpdate({ ...contents.text, chat: group });
      expect(why(inGroup)).toEqual({ kind: 'ignored', why: 'not a private chat' });
      expect(why(inGroup, '-10042')).toEqual({ kind: 'officers' });
      expect(why(press('t', group))).toEqual({ kind: 'ignored', why: 'not a private chat' });
      expect(why(press('t', group), '-10042')).toEqual({ kind: 'officers' });
      expect(why({ update_id: 1, channel_post: {} })).toMatchObject({ kind: 'ignored' });
    });

    it('what bots write and what Telegram itself says', () => {
      expect(why(messageUpdate({ ...contents.text, from: { ...maria, is_bot: true } }))).toMatchObject({
        kind: 'ignored',
        why: 'written by a bot',
      });
      expect(why(messageUpdate({ pinned_message: {} }))).toMatchObject({
        kind: 'ignored',
        why: 'service message',
      });
      expect(why(edit(contents.location))).toMatchObject({ kind: 'ignored', why: 'live location' });
      expect(why(press(undefined))).toMatchObject({ kind: 'ignored' });
    });

    it.each([
      null,
      7,
      'x',
      [],
      {},
      { update_id: 'x' },
      { update_id: 1, message: {} },
      { update_id: 1, message: 3 },
    ])('what is no update: %j', (value) => {
      expect(why(value)).toMatchObject({ kind: 'ignored' });
    });
  });

  it('never throws and never hands in what the room would refuse, whatever is wrong with an update', () => {
    const updates = [
      ...Object.values(contents).map((content) => messageUpdate(content)),
      press('t-senin'),
      membership('kicked'),
      edit(contents.text),
    ];
    const damaged = fc
      .tuple(fc.constantFrom(...updates), fc.nat(60), fc.jsonValue())
      .map(([update, at, value]) => {
        let seen = 0;
        return JSON.parse(JSON.stringify(update), (_key, each: unknown) =>
          (seen += 1) === at + 1 ? value : each,
        ) as Update;
      });
    fc.assert(
      fc.property(damaged, (update) => {
        const reading = readUpdate(update, options);
        if (reading.kind !== 'resident') return;
        expect(inboundSchema.safeParse(reading.inbound).error).toBeUndefined();
        expect(inboundSchema.safeParse(withoutContent(reading.inbound)).error).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
});
