import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { projectFolder } from '../../../src/ops/project-folder.ts';
import { makeCertificate } from './certificate.ts';

/** What the page can be told to do wrong, at its next load or (by `setFaults`) at once. */
export type PageFaults = {
  idField: string;
  syncBeforeInjection: boolean;
  missingModules: string[];
  sends: 'ack' | 'fail' | 'silent' | 'throw' | 'throwAfter' | 'hang';
  nextSend: PageFaults['sends'] | null;
  ackLevels: number[];
  seenBroken: boolean;
  uploadFails: boolean;
  downloads: 'work' | 'gone' | 'fail';
  unknownNumbers: string[];
  deaf: boolean;
  boot: 'normal' | 'never';
  stuckOpening: boolean;
  fastTimers: boolean;
};

const noFaults: PageFaults = {
  idField: '_serialized',
  syncBeforeInjection: false,
  missingModules: [],
  sends: 'ack',
  nextSend: null,
  ackLevels: [1],
  seenBroken: false,
  uploadFails: false,
  downloads: 'work',
  unknownNumbers: [],
  deaf: false,
  boot: 'normal',
  stuckOpening: false,
  fastTimers: false,
};

export type PageMessage = Record<string, unknown> & {
  id: { fromMe: boolean; remote: string; id: string; participant?: string };
  type: string;
  t: number;
};

export type SentByPage = {
  id: string;
  chat: string;
  type: string;
  body?: string;
  caption?: string;
  filename?: string;
  lat?: number;
  lng?: number;
  loc?: string;
  quoted?: string;
  file: { size: number; sha: string; base64?: string } | null;
};

type Report = {
  what: string;
  number?: number;
  error?: string | null;
  chat?: string;
  paired?: boolean;
  userAgent?: string;
  url?: string;
  isReached?: boolean;
} & Partial<SentByPage>;

/** Not beside this file, which the bench bundles. */
const folder = () => join(projectFolder(), 'test', 'support', 'whatsapp-page');

export const ourPhone = '6281100000000@c.us';
export const ourLid = '99900000000000@lid';

/** The https server that stands in for web.whatsapp.com, and the phone behind it. */
export class WhatsappPage {
  readonly faults: PageFaults = structuredClone(noFaults);
  /** What the page finds in its chats when it loads: the phone's memory. */
  readonly history: PageMessage[] = [];
  readonly people: { phone: string; lid: string }[] = [];
  readonly media = new Map<string, Uint8Array>();
  readonly reports: Report[] = [];
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #streams = new Set<ServerResponse>();
  #orders = 0;
  #server: ReturnType<typeof createServer> | null = null;
  #certificate: Awaited<ReturnType<typeof makeCertificate>> | null = null;
  #port = 0;

  /** Again after a `close`, it stands at the same place. */
  async start(): Promise<void> {
    this.#certificate ??= await makeCertificate();
    this.#server = createServer(this.#certificate, (request, response) => {
      void this.#answer(request, response);
    });
    await new Promise<void>((resolve) => this.#server?.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const stream of this.#streams) stream.end();
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  }

  /** Chromium arguments under which this page is web.whatsapp.com and nothing else in the world exists. */
  get browserArgs(): string[] {
    return [
      `--host-resolver-rules=MAP web.whatsapp.com 127.0.0.1:${this.#port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      '--ignore-certificate-errors',
    ];
  }

  async order(order: string, args: Record<string, unknown> = {}): Promise<void> {
    this.#orders += 1;
    const number = this.#orders;
    const done = this.#report((report) => report.what === 'done' && report.number === number);
    for (const stream of this.#streams)
      stream.write(`data: ${JSON.stringify({ number, order, ...args })}\n\n`);
    const { error } = await done;
    if (error) throw new Error(`the stand-in could not ${order}: ${error}`);
  }

  async setFaults(changes: Partial<PageFaults>): Promise<void> {
    Object.assign(this.faults, changes);
    await this.order('faults', { changes });
  }

  /** Everything works again, but for `changes`. */
  async resetFaults(changes: Partial<PageFaults> = {}): Promise<void> {
    await this.setFaults({ ...structuredClone(noFaults), ...changes });
  }

  /** A message that is new now; it also stays in the phone's memory, for a page that is not open yet. */
  async arrive(message: PageMessage): Promise<void> {
    this.history.push(message);
    if (this.#streams.size > 0) await this.order('arrive', { message });
  }

  /** Every report that fits, those from before included; resolves with the first. */
  async reported(what: string, fits: (report: Report) => boolean = () => true): Promise<Report> {
    const before = this.reports.find((report) => report.what === what && fits(report));
    return before ?? (await this.#report((report) => report.what === what && fits(report)));
  }

  /** Whether a browser has the page open. */
  get isConnected(): boolean {
    return this.#streams.size > 0;
  }

  get isListening(): boolean {
    return this.#server !== null;
  }

  async until(isSo: () => boolean): Promise<void> {
    if (!isSo()) await this.#report(isSo);
  }

  get sent(): SentByPage[] {
    return this.reports.filter((report) => report.what === 'sent') as SentByPage[];
  }

  #report(fits: (report: Report) => boolean): Promise<Report> {
    return new Promise((resolve) => {
      const look = (report: Report) => {
        if (!fits(report)) return;
        this.#events.off('report', look);
        resolve(report);
      };
      this.#events.on('report', look);
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'https://web.whatsapp.com').pathname;
    if (path === '/orders') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': hello\n\n');
      this.#streams.add(response);
      request.on('close', () => this.#streams.delete(response));
    } else if (path === '/report') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const report = JSON.parse(Buffer.concat(chunks).toString()) as Report;
      response.end();
      this.reports.push(report);
      this.#events.emit('report', report);
    } else if (path.startsWith('/media/')) {
      const bytes = this.media.get(path.slice('/media'.length));
      response.writeHead(bytes ? 200 : 404).end(bytes);
    } else if (path === '/') {
      const config = {
        faults: this.faults,
        history: this.history,
        people: this.people,
        me: { phone: ourPhone, lid: ourLid },
      };
      const page = await readFile(join(folder(), 'page.html'), 'utf8');
      const json = JSON.stringify(config).replaceAll('<', '\\u003c');
      response.writeHead(200, { 'content-type': 'text/html' }).end(page.replace('/*CONFIG*/ {}', () => json));
    } else if (/^\/(?:models|modules|boot)\.js$/.test(path)) {
      const script = await readFile(join(folder(), path.slice(1)));
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    } else {
      response.writeHead(path === '/empty' ? 200 : 404, { 'content-type': 'text/html' }).end('');
    }
  }
}

export async function startWhatsappPage(): Promise<WhatsappPage> {
  const page = new WhatsappPage();
  await page.start();
  return page;
}
