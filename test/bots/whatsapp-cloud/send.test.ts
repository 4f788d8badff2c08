import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundReady } from '../../../bots/channel.ts';
import { layOut } from '../../../bots/whatsapp-cloud/choices.ts';
import { toSendResult } from '../../../bots/whatsapp-cloud/send-error.ts';
import { createRecordingSink } from '../recording.ts';
import { type CloudHarness, makeCloudHarness } from './cloud-harness.ts';

let harness: CloudHarness;
beforeEach(async () => {
  harness = await makeCloudHarness();
});
afterEach(async () => await harness.close());

const text: OutboundReady = { kind: 'text', text: 'Halo', choices: [], replyToRef: null };
const labels = (...names: string[]) => names.map((label, index) => ({ token: `t${index}`, label }));

describe('layOut', () => {
  const kind = (body: string, names: string[]) => {
    const layout = layOut(body, labels(...names), 'Pilih');
    return layout.as === 'text' ? 'numbers' : layout.interactive['type'];
  };

  it('takes buttons for up to three short labels, a list for up to ten, numbers beyond', () => {
    expect(kind('?', ['Ya', 'Tidak', 'Nanti'])).toBe('button');
    expect(kind('?', ['Ya', 'Tidak', 'Nanti', 'Batal'])).toBe('list');
    expect(kind('?', ['x'.repeat(21)])).toBe('list');
    expect(kind('?', ['Sama', 'Sama'])).toBe('list');
    expect(
      kind(
        '?',
        Array.from({ length: 11 }, (_, index) => `pilihan ${index}`),
      ),
    ).toBe('numbers');
    expect(kind('x'.repeat(1025), ['Ya'])).toBe('numbers');
    expect(kind('?', ['x'.repeat(97)])).toBe('numbers');
  });

  it('loses nothing of a long label', () => {
    const layout = layOut('?', labels('Dinas Pemberdayaan Perempuan dan Anak', 'y'.repeat(60)), 'Pilih');
    expect(JSON.stringify(layout)).toContain(
      '"title":"Dinas Pemberdayaan","description":"Perempuan dan Anak"',
    );
    expect(JSON.stringify(layout)).toContain(`"title":"${'y'.repeat(24)}","description":"${'y'.repeat(36)}"`);
  });
});

describe('toSendResult', () => {
  it.each([
    [131047, 'window_closed'],
    [131026, 'unreachable'],
    [130429, 'retry'],
    [131056, 'retry'],
    [80007, 'retry'],
    [190, 'retry'],
    [131009, 'refused'],
    [132001, 'refused'],
    [131051, 'refused'],
  ])('makes of error %i: %s', (code, outcome) => {
    const failure = { ok: false, by: 'meta', status: 400, code, retryAfterMs: null } as const;
    expect(toSendResult(failure)).toMatchObject({ ok: false, outcome });
  });
});

describe('the channel', () => {
  beforeEach(async () => await harness.channel.start(createRecordingSink()));

  it('says that the window is closed, and sends the notice by its template then', async () => {
    harness.api.fault = 'window_closed';
    const [person] = harness.people;
    expect(await harness.channel.send(person, text)).toMatchObject({ outcome: 'window_closed' });
    const template = { name: 'pengingat_jadwal', language: 'id' };
    const notice = { ...text, text: 'Besok jadwal Anda:\nSenin, 30 Nov', choices: labels('Datang', 'Ubah') };
    expect(await harness.channel.sendOutsideWindow(person, notice, template)).toMatchObject({ ok: true });
    expect(harness.api.seen.at(-1)?.payload['template']).toEqual({
      name: 'pengingat_jadwal',
      language: { code: 'id' },
      components: [
        {
          type: 'body',
          parameters: [{ type: 'text', text: 'Besok jadwal Anda: Senin, 30 Nov 1. Datang 2. Ubah' }],
        },
      ],
    });
    const long = { ...text, text: 'x'.repeat(2000) };
    expect(await harness.channel.sendOutsideWindow(person, long, template)).toMatchObject({
      outcome: 'window_closed',
    });
  });

  it('sends a calendar file as a document that Meta takes, and refuses what is too big', async () => {
    const bytes = new TextEncoder().encode('BEGIN:VCALENDAR');
    const file = { kind: 'file', name: 'janji.ics', mime: 'text/calendar', bytes, caption: null } as const;
    expect(await harness.channel.send(harness.people[0], file)).toMatchObject({ ok: true });
    expect(harness.api.seen.at(-1)?.file).toMatchObject({ name: 'janji.ics', type: 'text/plain' });
    const big = { ...file, bytes: new Uint8Array(16 * 1024 * 1024 + 1) };
    expect(await harness.channel.send(harness.people[0], big)).toMatchObject({ outcome: 'refused' });
  });

  it('does not write to a lid, which only the other library knows', async () => {
    const lid = { channel: 'whatsapp', kind: 'lid', value: '77788899900011' } as const;
    expect(await harness.channel.send(lid, text)).toMatchObject({ outcome: 'unreachable' });
  });

  it('is stuck while the token is refused, and connected when it is not', async () => {
    harness.api.badToken = true;
    expect(await harness.channel.send(harness.people[0], text)).toMatchObject({ outcome: 'retry' });
    expect(harness.channel.health()).toMatchObject({ state: 'stuck' });
    harness.api.badToken = false;
    expect(await harness.channel.send(harness.people[0], text)).toMatchObject({ ok: true });
    expect(harness.channel.health()).toMatchObject({ state: 'connected' });
  });

  it('gives its token to no other host', async () => {
    const asked: string[] = [];
    const other = await makeCloudHarness({
      async fetch(input) {
        asked.push(input instanceof Request ? input.url : input.toString());
        return Response.json({ url: 'https://evil.example/f', mime_type: 'x', file_size: 3 });
      },
    });
    expect(await other.channel.fetchMedia('123', 100)).toMatchObject({ ok: false, outcome: 'retry' });
    expect(asked).toHaveLength(1);
    expect(await other.channel.fetchMedia('../secrets', 100)).toMatchObject({ ok: false, outcome: 'gone' });
    await other.close();
  });
});
