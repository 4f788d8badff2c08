import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecordingSink, type RecordingSink } from '../recording.ts';
import { type CloudHarness, makeCloudHarness } from './cloud-harness.ts';

const from = '6281234567890';
let harness: CloudHarness;
let sink: RecordingSink;

beforeEach(async () => {
  harness = await makeCloudHarness();
  sink = createRecordingSink();
  await harness.channel.start(sink);
});
afterEach(async () => await harness.close());

const post = (body: string, signature?: string | null) =>
  harness.channel.webhook.handle(harness.api.request(body, signature ?? harness.api.sign(body)));

function wrap(value: Record<string, unknown>, phoneId = harness.api.phoneId, field = 'messages'): string {
  const metadata = { phone_number_id: phoneId };
  const changes = [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }];
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes }] });
}

async function read(fields: Record<string, unknown>) {
  const response = await post(wrap({ messages: [harness.api.message(from, fields)] }));
  expect(response.status).toBe(200);
  return sink.calls.at(-1);
}

describe('the set-up question', () => {
  const ask = (query: string) =>
    harness.channel.webhook.handle(new Request(`https://bestie.test/w?${query}`));

  it('gives the challenge back for our own word, and for no other', async () => {
    const word = harness.api.verifyToken;
    const good = await ask(`hub.mode=subscribe&hub.verify_token=${word}&hub.challenge=1158201444`);
    expect([good.status, await good.text()]).toEqual([200, '1158201444']);
    for (const query of [
      '',
      `hub.mode=subscribe&hub.verify_token=${word}x`,
      `hub.mode=other&hub.verify_token=${word}`,
    ]) {
      expect((await ask(query)).status).toBe(403);
    }
    expect(
      (await harness.channel.webhook.handle(new Request('https://bestie.test/w', { method: 'PUT' }))).status,
    ).toBe(405);
  });
});

describe('what Meta did not say', () => {
  it.each([
    ['no signature', null],
    ['an empty one', ''],
    ['one of another secret', `sha256=${'0'.repeat(64)}`],
    ['half a one', 'sha256=ab'],
    ['sha1', `sha1=${'0'.repeat(40)}`],
  ])('takes nothing with %s', async (_what, signature) => {
    const body = wrap({ messages: [harness.api.message(from, { type: 'text', text: { body: 'palsu' } })] });
    const response = await harness.channel.webhook.handle(harness.api.request(body, signature));
    expect(response.status).toBe(401);
    expect(sink.calls).toEqual([]);
  });

  it('takes nothing whose body was changed after signing', async () => {
    const body = wrap({ messages: [harness.api.message(from, { type: 'text', text: { body: 'asli' } })] });
    const response = await harness.channel.webhook.handle(
      harness.api.request(body.replace('asli', 'palsu'), harness.api.sign(body)),
    );
    expect(response.status).toBe(401);
  });

  it('does not read on beyond its limit', async () => {
    expect((await post('x'.repeat(5 * 1024 * 1024), 'sha256=x')).status).toBe(413);
  });
});

describe('what Meta said badly', () => {
  it('answers broken JSON with 400 and JSON of another kind with 200, storing nothing', async () => {
    expect((await post('{"object":')).status).toBe(400);
    const strange = [
      'null',
      '[]',
      '{"object":"page","entry":[]}',
      '{"object":"whatsapp_business_account","entry":{}}',
    ];
    for (const body of [...strange, wrap({ messages: 'none' }), wrap({}, 'another-number')]) {
      expect((await post(body)).status).toBe(200);
    }
    expect(sink.calls).toEqual([]);
  });

  it('takes the good neighbours of a bad message', async () => {
    const good = harness.api.message(from, { type: 'text', text: { body: 'baik' } });
    const bad = [
      null,
      7,
      {},
      { ...good, id: '' },
      { ...good, timestamp: 'kemarin' },
      { ...good, from: undefined },
    ];
    expect((await post(wrap({ messages: [...bad, good] }))).status).toBe(200);
    expect(sink.stored.map(({ content }) => content)).toEqual([{ kind: 'text', text: 'baik' }]);
  });
});

describe('repeated webhooks', () => {
  it('answers 500 until all is stored, and stores nothing twice', async () => {
    const messages = ['satu', 'dua'].map((body) =>
      harness.api.message(from, { type: 'text', text: { body } }),
    );
    sink.refuse(1, ({ content }) => content.kind === 'text' && content.text === 'dua');
    const body = wrap({ messages });
    expect((await post(body)).status).toBe(500);
    expect((await post(body)).status).toBe(200);
    expect((await post(body)).status).toBe(200);
    expect(sink.stored).toHaveLength(2);
  });

  it('are not made for ever by one message that cannot be stored: its sender is asked to write again', async () => {
    sink.refuse(Infinity, ({ content }) => content.kind === 'text' && content.text === 'racun');
    const poison = harness.api.message(from, { type: 'text', text: { body: 'racun' } });
    const neighbour = harness.api.message(from, { type: 'text', text: { body: 'tolong saya' } });
    const body = wrap({ messages: [poison, neighbour] });
    const statuses: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      statuses.push((await post(body)).status);
      const other = harness.api.message('6281111111111', { type: 'text', text: { body: `lain ${round}` } });
      expect((await post(wrap({ messages: [other] }))).status).toBe(200);
    }
    expect(statuses).toEqual([500, 500, 500, 500, 500, 200]);
    const contents = sink.stored
      .filter(({ address }) => address.value === from)
      .map(({ content }) => content);
    expect(contents).toEqual([
      { kind: 'text', text: 'tolong saya' },
      { kind: 'unsupported', what: 'unreadable' },
    ]);
  });

  it('go on while nothing at all is stored, however often', async () => {
    sink.refuse(Infinity);
    const body = wrap({ messages: [harness.api.message(from, { type: 'text', text: { body: 'tolong' } })] });
    for (let round = 0; round < 20; round += 1) expect((await post(body)).status).toBe(500);
    expect(sink.calls.every(({ content }) => content.kind === 'text')).toBe(true);
  });

  it('has Meta come again while it is stopped', async () => {
    await harness.channel.stop();
    const body = wrap({ messages: [harness.api.message(from, { type: 'text', text: { body: 'nanti' } })] });
    expect((await post(body)).status).toBe(503);
  });
});

describe('kinds of messages', () => {
  it('reads name, quote, forward and time', async () => {
    const context = { id: 'wamid.X', forwarded: true };
    const message = harness.api.message(from, { type: 'text', text: { body: 'halo' }, context });
    await post(wrap({ contacts: [{ wa_id: from, profile: { name: 'Maria' } }], messages: [message] }));
    expect(sink.calls[0]).toMatchObject({
      externalId: message['id'],
      profileName: 'Maria',
      replyToRef: 'wamid.X',
      forwarded: true,
      sentAt: new Date(1_764_032_400_000),
    });
  });

  it.each([
    [
      { type: 'image', image: { id: '1', mime_type: 'image/jpeg', caption: 'ini' } },
      { kind: 'media', caption: 'ini' },
    ],
    [
      { type: 'audio', audio: { id: '1' } },
      { kind: 'media', media: { kind: 'audio', ref: '1' } },
    ],
    [
      { type: 'document', document: { id: '1', filename: 'a.pdf' } },
      { kind: 'media', media: { name: 'a.pdf' } },
    ],
    [
      { type: 'location', location: { latitude: -10, longitude: 123 } },
      { kind: 'location', latitude: -10 },
    ],
    [
      { type: 'contacts', contacts: [{ name: { formatted_name: 'Ana' }, phones: [{ phone: '+62 8' }] }] },
      { kind: 'contact', name: 'Ana', phone: '+62 8' },
    ],
    [
      { type: 'button', button: { payload: 'ya', text: 'Ya' } },
      { kind: 'choice', token: 'ya', label: 'Ya' },
    ],
    [
      { type: 'unsupported', errors: [{ code: 131051 }] },
      { kind: 'unsupported', what: 'unsupported' },
    ],
    [{ type: 'hologram' }, { kind: 'unsupported', what: 'unknown' }],
    [{ type: 'image', image: { no: 'id' } }, { kind: 'unsupported' }],
    [
      { type: 'revoke', revoke: { original_message_id: 'wamid.1' } },
      { kind: 'delete', messageRef: 'wamid.1' },
    ],
  ])('reads %o', async (fields, content) => {
    expect((await read(fields))?.content).toMatchObject(content);
  });

  it.each([
    { type: 'reaction', reaction: { emoji: '👍' } },
    { type: 'system', system: { body: 'nomor' } },
    { type: 'text', text: { body: 'grup' }, group_id: 'G' },
  ])('ignores %o', async (fields) => {
    expect(await read(fields)).toBeUndefined();
  });

  it('takes an echo of the Business app for the officer, and a ring for a call', async () => {
    const echo = {
      ...harness.api.message('62811', { type: 'text', text: { body: 'saya bantu' } }),
      to: from,
    };
    await post(wrap({ message_echoes: [echo] }, undefined, 'smb_message_echoes'));
    expect(sink.calls[0]).toMatchObject({ author: 'phone', address: { value: from } });
    const calls = [
      { id: 'wacid.1', from, event: 'connect', direction: 'USER_INITIATED', timestamp: '1764032400' },
    ];
    await post(wrap({ calls: [...calls, { ...calls[0], event: 'terminate' }] }, undefined, 'calls'));
    expect(sink.calls.slice(1)).toMatchObject([{ externalId: 'call_wacid.1', content: { kind: 'call' } }]);
  });

  it('passes statuses on, and says why one failed', async () => {
    const statuses = [
      { id: 'wamid.1', status: 'delivered', recipient_id: from },
      { id: 'wamid.2', status: 'failed', errors: [{ code: 131047, title: 'Re-engagement message' }] },
      { id: 'wamid.3', status: 'deleted' },
    ];
    await post(wrap({ statuses }));
    expect(sink.statuses).toEqual([
      { channel: 'whatsapp', messageRef: 'wamid.1', status: 'delivered' },
      { channel: 'whatsapp', messageRef: 'wamid.2', status: 'failed', reason: 'window_closed' },
    ]);
  });
});
