import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOfChat, chatOfAddress } from '../../../bots/whatsapp/address.ts';
import { parseRawMessage } from '../../../bots/whatsapp/raw-message.ts';
import { readMessage } from '../../../bots/whatsapp/read-message.ts';
import { inboundSchema } from '../../../src/domain/message.ts';

const context = { now: new Date('2026-11-25T01:00:00Z'), late: false, me: [] };
const read = (data: unknown) => {
  const raw = parseRawMessage(data);
  return raw && readMessage(raw, context);
};
const id = { fromMe: false, remote: '6281234567890@c.us', id: '3A01' };

describe('addresses', () => {
  it('keeps phones and lids apart and drops the device', () => {
    expect(addressOfChat('6281234567890@c.us')).toMatchObject({ kind: 'phone', value: '6281234567890' });
    expect(addressOfChat('6281234567890:12@s.whatsapp.net')).toMatchObject({
      kind: 'phone',
      value: '6281234567890',
    });
    expect(addressOfChat('77788899900011@lid')).toMatchObject({ kind: 'lid', value: '77788899900011' });
    for (const chat of ['1203630@g.us', 'status@broadcast', '123456@newsletter', '0@c.us', 'x', '']) {
      expect(addressOfChat(chat)).toBeNull();
    }
    expect(chatOfAddress({ channel: 'whatsapp', kind: 'lid', value: '77788899900011' })).toBe(
      '77788899900011@lid',
    );
    expect(chatOfAddress({ channel: 'whatsapp', kind: 'phone', value: '62@g.us' })).toBeNull();
  });
});

describe('parseRawMessage', () => {
  it('rebuilds the id from its parts, whatever its text field is called', () => {
    for (const extra of [{}, { _serialized: 'x' }, { $1: 'x' }, { q: 'x' }]) {
      expect(parseRawMessage({ id: { ...id, ...extra }, type: 'chat' })?.id.serialized).toBe(
        'false_6281234567890@c.us_3A01',
      );
    }
    const remote = { user: '6281234567890', server: 'c.us' };
    expect(parseRawMessage({ id: { ...id, remote, participant: '62811@c.us' } })?.id.serialized).toBe(
      'false_6281234567890@c.us_3A01_62811@c.us',
    );
  });

  it('gives up on what has no id, and on nothing else', () => {
    for (const data of [null, 1, 'x', [], {}, { id: 'x' }, { id: { ...id, id: '' } }]) {
      expect(parseRawMessage(data)).toBeNull();
    }
    const odd = {
      id,
      type: 7,
      t: {},
      body: [],
      size: 'big',
      lat: null,
      quotedParticipant: 3,
      isViewOnce: 'yes',
    };
    expect(parseRawMessage(odd)).toMatchObject({ type: 'unknown' });
  });
});

describe('readMessage', () => {
  it('makes of any garbage something storable or nothing', () => {
    const types = [
      'chat',
      'image',
      'ptt',
      'location',
      'vcard',
      'multi_vcard',
      'ciphertext',
      'revoked',
      'sticker',
      'zzz',
    ];
    const garbage = fc.record({
      id: fc.record({
        fromMe: fc.boolean(),
        remote: fc.constantFrom(id.remote, '123456@lid', 'x'),
        id: fc.string(),
      }),
      type: fc.constantFrom(...types),
      body: fc.anything(),
      caption: fc.string({ unit: 'binary' }),
      t: fc.anything(),
      size: fc.anything(),
      duration: fc.anything(),
      lat: fc.anything(),
      lng: fc.anything(),
      filename: fc.string({ maxLength: 400 }),
      vcardList: fc.anything(),
      parentMsgKey: fc.anything(),
    });
    fc.assert(
      fc.property(garbage, (data) => {
        const inbound = read(data);
        if (inbound) inboundSchema.parse(inbound);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['gif', 'video'],
    ['ptv', 'video'],
    ['audio', 'audio'],
    ['sticker', 'sticker'],
  ])('reads a %s as %s', (type, kind) => {
    expect(read({ id, type, t: 1 })?.content).toMatchObject({ kind: 'media', media: { kind } });
  });

  it('says in one word what it cannot read, and nothing of what is nobody’s message', () => {
    for (const [type, what] of [
      ['poll_creation', 'poll'],
      ['live_location', 'live_location'],
      ['new_thing', 'unknown'],
    ]) {
      expect(read({ id, type })?.content).toEqual({ kind: 'unsupported', what });
    }
    for (const type of ['e2e_notification', 'call_log', 'album', 'reaction', 'gp2'])
      expect(read({ id, type })).toBeNull();
    expect(read({ id, type: 'chat', body: '' })).toBeNull();
    expect(read({ id: { ...id, fromMe: true }, type: 'revoked' })).toBeNull();
  });
});
