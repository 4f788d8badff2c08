import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readEnv } from '../../src/env.ts';
import { whatsappPlan } from '../../src/whatsapp-plan.ts';
import { deskIn } from '../support/desk-in.ts';
import type { DeskIn } from '../support/desk-in.ts';
import { startGraphApi } from '../support/graph-api/graph-api.ts';
import type { GraphApi, SeenMessage } from '../support/graph-api/graph-api.ts';
import { openRoom } from '../support/room.ts';
import type { RoomUnderTest } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

const phone = '6281234567890';
type Interactive = {
  body: { text: string };
  action: {
    buttons?: { reply: { id: string; title: string } }[];
    sections?: { rows: { id: string; title: string; description?: string }[] }[];
  };
};
type Thread = { messages: { text: string | null; status: string | null }[] };
type Unsent = { items: { id: string; sentence: string; isOutsideWindow: boolean }[] };

/** The whole room with the official API, as `main` plans it: Meta's webhooks come in by the app's own HTTP. */
describeOnEachStore('the room on WhatsApp, by the official API', (store) => {
  let api: GraphApi;
  let room: RoomUnderTest;
  let desk: DeskIn;
  let read = 0;

  beforeEach(async () => {
    api = await startGraphApi();
    read = 0;
    const env = readEnv({
      WHATSAPP_MODE: 'cloud',
      WHATSAPP_CLOUD_TOKEN: api.token,
      WHATSAPP_CLOUD_PHONE_ID: api.phoneId,
      WHATSAPP_CLOUD_APP_SECRET: api.appSecret,
      WHATSAPP_CLOUD_VERIFY_TOKEN: api.verifyToken,
      // Without a version, as an operator may write it.
      WHATSAPP_CLOUD_API_ROOT: api.apiRoot.replace('/v24.0', ''),
    });
    room = await openRoom(store, {
      roles: ['web'],
      plans: (given) => {
        const roles = new Set(['web', 'whatsapp'] as const);
        const plan = whatsappPlan(env, {
          ...given,
          roles,
          publicUrl: 'http://127.0.0.1:3000',
          terminal: null,
        });
        return plan ? [plan] : [];
      },
    });
    desk = await deskIn(room, 'supervisor');
    api.deliverTo(async (request) => room.app.fetch(request));
  });
  afterEach(async () => {
    api.deliverTo(async () => new Response());
    await api.acknowledged();
    await api.hangUp();
  });

  /** Meta sends it, again and again until it is taken; resolves when all that followed has been done. */
  async function arrives(fields: Record<string, unknown>): Promise<Record<string, unknown>> {
    const timestamp = String(Math.floor(room.clock.now().getTime() / 1000));
    const message = { ...api.message(phone, fields), timestamp };
    const value = { contacts: [{ wa_id: phone, profile: { name: 'Ana' } }], messages: [message] };
    read = api.seen.length;
    api.deliver(value);
    await api.acknowledged();
    await room.settles();
    return value;
  }
  const says = (body: string) => {
    room.said.push(body);
    return arrives({ type: 'text', text: { body } });
  };
  const press = (label: RegExp) => {
    const found = api.seen
      .flatMap((message) => pressable(message).map((one) => ({ ...one, id: message.id })))
      .findLast((one) => label.test(one.label));
    if (!found) throw new Error(`nothing to press like ${label}`);
    return arrives({ type: 'interactive', context: { id: found.id }, interactive: found.reply });
  };
  const news = () => api.seen.slice(read).map(textOf);
  const sees = (...patterns: RegExp[]) => {
    for (const pattern of patterns) expect(news().join('\n---\n')).toMatch(pattern);
  };
  const status = async (id: string, word: string, code?: number) => {
    api.deliver({ statuses: [{ id, status: word, ...(code ? { errors: [{ code }] } : {}) }] });
    await api.acknowledged();
    await room.settles();
  };
  const conversationId = async () =>
    (await room.rows<{ id: string }>(`SELECT id FROM conversation`))[0]?.id ?? '';

  async function agrees(): Promise<void> {
    await says('halo');
    sees(/Setuju\?/);
    await press(/^Setuju$/);
    sees(/Mau mulai dari mana/);
  }

  async function books(): Promise<string> {
    await says('/pesan');
    // A list's title is short: what does not fit goes on in its description.
    await press(/Senin, 30 November.*sisa/);
    // More hours than a list may have rows: they stand as numbers in the text.
    const hour = /^(\d+)\. 09\.00/m.exec(news().join('\n'))?.[1] ?? '';
    await says(hour);
    await press(/Ya, pesan/);
    return /BST-[0-9A-Z]{6}/.exec(news().join('\n'))?.[0] ?? '';
  }

  it('proves itself to Meta, and believes only what Meta has signed', async () => {
    const at = 'http://127.0.0.1:3000/whatsapp/webhook';
    const asks = (token: string) =>
      room.app.fetch(
        new Request(`${at}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`),
      );
    expect(await (await asks(api.verifyToken)).text()).toBe('1158201444');
    expect((await asks('tebakan')).status).toBe(403);
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [] });
    expect((await room.app.fetch(api.request(body))).status).toBe(200);
    for (const signature of [null, 'sha256=00', api.sign(`${body} `)])
      expect((await room.app.fetch(api.request(body, signature))).status).toBe(401);
    expect(await room.rows(`SELECT 1 FROM message`)).toEqual([]);
    const { items } = await desk.get<{ items: { name: string; state: string; canPair: boolean }[] }>(
      '/channels',
    );
    expect(items).toContainEqual(
      expect.objectContaining({ name: 'whatsapp', state: 'connected', canPair: false }),
    );
    expect(await desk.asks('/channels/whatsapp/restart', {})).toMatchObject({ status: 403 });
  });

  it('books by lists and buttons, takes a voice note, and shows the ticks of an answer', async () => {
    await agrees();
    const code = await books();
    expect(code).not.toBe('');
    const kinds = api.seen.slice(read).map(({ payload }) => payload['type']);
    expect(kinds).toEqual(expect.arrayContaining(['location', 'document']));
    const calendar = api.seen.findLast(({ file }) => file !== null)?.file;
    expect(calendar?.name).toMatch(/\.ics$/);
    expect(Buffer.from(calendar?.bytes ?? []).toString()).toContain('BEGIN:VCALENDAR');

    await says('/curhat');
    const bytes = new Uint8Array([7, 7, 7]);
    const voice = {
      id: api.keepFile(bytes, 'audio/ogg; codecs=opus'),
      mime_type: 'audio/ogg; codecs=opus',
      voice: true,
    };
    const told = await arrives({ type: 'audio', audio: voice });
    await says('Lampu jalan di depan rumah kami mati.');
    // Meta repeats what it thinks was lost.
    api.deliver(told);
    await api.acknowledged();
    await room.settles();
    expect(await room.rows(`SELECT status FROM attachment`)).toEqual([{ status: 'stored' }]);
    await says('selesai');
    sees(/1 pesan tulisan, 1 pesan suara/);

    const id = await conversationId();
    await desk.post(`/conversations/${id}/take`);
    await desk.post(`/conversations/${id}/messages`, { text: 'Sudah kami baca, Ibu.', onceKey: 'kata-satu' });
    await room.settles();
    const sent = api.seen.at(-1);
    const ofDesk = async () =>
      (await desk.get<Thread>(`/conversations/${id}/messages`)).messages.find(({ text }) =>
        text?.startsWith('Sudah'),
      )?.status;
    expect(await ofDesk()).toBe('sent');
    await status(sent?.id ?? '', 'delivered');
    expect(await ofDesk()).toBe('delivered');
    await status(sent?.id ?? '', 'read');
    await status(sent?.id ?? '', 'delivered');
    expect(await ofDesk()).toBe('read');
  });

  it('sends a reminder after a day of silence by its template, and says at the desk what waits outside the window', async () => {
    await room.rows(`INSERT INTO setting (key, value, updated_at) VALUES ('room', $1, now())`, [
      JSON.stringify({
        whatsappTemplates: { 'booking-evening': { name: 'pengingat_jadwal', language: 'id' } },
      }),
    ]);
    await room.restarts();
    await agrees();
    const code = await books();
    const before = api.seen.length;
    await room.passes('2026-11-29T18:00:05+08:00');
    expect(api.seen.slice(before)).toMatchObject([
      { payload: { type: 'template', template: { name: 'pengingat_jadwal', language: { code: 'id' } } } },
    ]);
    expect(JSON.stringify(api.seen.at(-1)?.payload)).toContain(code);

    desk = await deskIn(room, 'supervisor', 'Yanti Lay');
    const id = await conversationId();
    await desk.post(`/conversations/${id}/take`);
    await desk.post(`/conversations/${id}/messages`, { text: 'Bawa KTP, ya.', onceKey: 'kata-dua' });
    await room.settles();
    expect(api.seen).toHaveLength(before + 1);
    const waiting = (await desk.get<Unsent>('/unsent')).items;
    expect(waiting.length).toBeGreaterThan(0);
    for (const item of waiting) {
      expect(item.isOutsideWindow).toBe(true);
      expect(item.sentence).toMatch(/lebih dari 24 jam tidak menulis/);
    }
    // The resident's next word opens the window, and all goes in its order.
    await says('halo');
    sees(/Bawa KTP, ya\./);
    expect((await desk.get<Unsent>('/unsent')).items).toEqual([]);
  });

  it('waits while Meta refuses the token, says so, and sends when it is mended', async () => {
    await agrees();
    api.badToken = true;
    await says('/bantuan');
    expect(news()).toEqual([]);
    const health = async () => {
      const { items } = await desk.get<{ items: { name: string; state: string; detail: string }[] }>(
        '/channels',
      );
      return items.find(({ name }) => name === 'whatsapp');
    };
    expect(await health()).toMatchObject({ state: 'stuck', detail: expect.stringMatching(/token/) });
    api.badToken = false;
    room.mayLogErrors();
    await room.passes('2026-11-24T10:20:00+08:00');
    await vi.waitUntil(() => news().length > 0);
    expect(await health()).toMatchObject({ state: 'connected' });
  });
});

function pressable({ payload }: SeenMessage): { label: string; reply: Record<string, unknown> }[] {
  const { action } = (payload['interactive'] ?? { action: {} }) as Interactive;
  const rows = action.sections?.flatMap((section) => section.rows) ?? [];
  return [
    ...(action.buttons ?? []).map(({ reply }) => ({
      label: reply.title,
      reply: { type: 'button_reply', button_reply: reply },
    })),
    ...rows.map((row) => ({
      label: [row.title, row.description].filter(Boolean).join(' '),
      reply: { type: 'list_reply', list_reply: row },
    })),
  ];
}

function textOf({ payload }: SeenMessage): string {
  const part = payload[String(payload['type'])] as { body?: string | { text: string }; name?: string };
  return typeof part.body === 'object' ? part.body.text : (part.body ?? part.name ?? '');
}
