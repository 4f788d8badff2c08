import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brokenRule } from './rules.ts';

export type GraphFault = 'busy' | 'broken' | 'refused' | 'answer_lost' | 'window_closed' | 'bad_token';

export type SeenMessage = {
  id: string;
  to: string;
  payload: Record<string, unknown>;
  file: { name: string; type: string; bytes: Uint8Array } | null;
};

export type CloudWebhookHandler = (request: Request) => Promise<Response>;

const errors: Record<
  Exclude<GraphFault, 'answer_lost'>,
  { status: number; code: number; headers?: Record<string, string> }
> = {
  busy: { status: 429, code: 130429, headers: { 'retry-after': '3' } },
  broken: { status: 500, code: 131000 },
  refused: { status: 400, code: 131009 },
  window_closed: { status: 400, code: 131047 },
  bad_token: { status: 401, code: 190 },
};

/** A small Graph API on this machine: takes messages by Meta's rules, keeps files, repeats webhooks. */
export class GraphApi {
  readonly token = 'EAAG-rahasia-token';
  readonly phoneId = '106540352242922';
  readonly appSecret = 'rahasia-aplikasi';
  readonly verifyToken = 'rahasia-verifikasi';
  readonly seen: SeenMessage[] = [];
  readonly blocked = new Set<string>();
  readonly files = new Map<string, { bytes: Uint8Array; type: string; name: string }>();
  fault: GraphFault | null = null;
  /** Until it is taken away. */
  badToken = false;
  #server: Server | null = null;
  #port = 0;
  #count = 0;
  #handler: CloudWebhookHandler | null = null;
  #open = new Set<Promise<void>>();

  get apiRoot(): string {
    return `http://127.0.0.1:${this.#port}/v24.0`;
  }

  async listen(): Promise<void> {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve) => this.#server?.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async hangUp(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  deliverTo(handler: CloudWebhookHandler): void {
    this.#handler = handler;
  }

  /** How many webhooks have not been answered with 200. */
  get unacknowledged(): number {
    return this.#open.size;
  }

  async acknowledged(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
  }

  /** Hands in a webhook of these values, again and again until it is answered with 200. */
  deliver(value: Record<string, unknown>, field = 'messages'): void {
    const metadata = { display_phone_number: '62811', phone_number_id: this.phoneId };
    const change = { field, value: { messaging_product: 'whatsapp', metadata, ...value } };
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '1', changes: [change] }],
    });
    const delivery = this.#repeat(body).finally(() => this.#open.delete(delivery));
    this.#open.add(delivery);
  }

  sign(body: string): string {
    return `sha256=${createHmac('sha256', this.appSecret).update(body).digest('hex')}`;
  }

  request(body: string, signature: string | null = this.sign(body)): Request {
    const headers = {
      'content-type': 'application/json',
      ...(signature ? { 'x-hub-signature-256': signature } : {}),
    };
    return new Request('https://bestie.test/whatsapp/webhook', { method: 'POST', headers, body });
  }

  message(from: string, fields: Record<string, unknown>): Record<string, unknown> {
    return { from, id: this.nextId(), timestamp: '1764032400', ...fields };
  }

  nextId(): string {
    this.#count += 1;
    return `wamid.${String(this.#count).padStart(6, '0')}`;
  }

  async #repeat(body: string): Promise<void> {
    while (this.#handler) {
      const response = await this.#handler(this.request(body));
      if (response.status === 200) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', this.apiRoot);
    const path = url.pathname.replace(/^\/v24\.0\//, '');
    const say = (status: number, json: object, headers: Record<string, string> = {}) =>
      void response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(json));
    const fail = (status: number, code: number, headers = {}) =>
      say(status, { error: { code, message: `about ${path}` } }, headers);

    if (this.badToken || request.headers.authorization !== `Bearer ${this.token}`) return fail(401, 190);
    if (path === this.phoneId) return say(200, { id: this.phoneId });
    if (request.method === 'GET') return this.#giveFile(path, response, say, fail);
    if (path === `${this.phoneId}/media`) {
      const type = request.headers['content-type'] ?? '';
      const form = await new Response(Buffer.concat(chunks), {
        headers: { 'content-type': type },
      }).formData();
      const file = form.get('file') as File;
      const id = this.keepFile(
        new Uint8Array(await file.arrayBuffer()),
        form.get('type') as string,
        file.name,
      );
      return say(200, { id });
    }
    const payload = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    const { fault } = this;
    this.fault = null;
    if (fault && fault !== 'answer_lost')
      return fail(errors[fault].status, errors[fault].code, errors[fault].headers);
    const to = String(payload['to']);
    if (this.blocked.has(to)) return fail(400, 131026);
    if (brokenRule(payload)) return fail(400, 131009);
    const context = payload['context'] as { message_id: string } | undefined;
    if (context && !context.message_id.startsWith('wamid.')) return fail(400, 131009);
    const part = payload[String(payload['type'])] as { id?: string; filename?: string };
    const file = this.files.get(part.id ?? '');
    const id = this.nextId();
    this.seen.push({ id, to, payload, file: file ? { ...file, name: part.filename ?? file.name } : null });
    if (fault === 'answer_lost') return void request.socket.destroy();
    say(200, { messaging_product: 'whatsapp', contacts: [{ wa_id: to }], messages: [{ id }] });
  }

  keepFile(bytes: Uint8Array, type: string, name = 'file'): string {
    const id = String(9_000_000 + this.files.size);
    this.files.set(id, { bytes, type, name });
    return id;
  }

  #giveFile(
    path: string,
    response: ServerResponse,
    say: (status: number, json: object) => void,
    fail: (status: number, code: number) => void,
  ): void {
    const id = path.replace(/^file\//, '');
    const file = this.files.get(id);
    if (!file) return fail(path.startsWith('file/') ? 404 : 400, 100);
    if (path.startsWith('file/'))
      return void response.writeHead(200, { 'content-type': file.type }).end(file.bytes);
    const size = file.bytes.byteLength;
    say(200, { id, url: `${this.apiRoot}/file/${id}`, mime_type: file.type, file_size: String(size) });
  }
}

export async function startGraphApi(): Promise<GraphApi> {
  const api = new GraphApi();
  await api.listen();
  return api;
}
