import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as immediate } from 'node:timers/promises';
import type { Payload } from './faults.ts';
import { parseMultipart } from './multipart.ts';

/** A server on a port of its own that can vanish from it and come back. */
export type StubServer = { readonly port: number; refuse(): Promise<void>; accept(): Promise<void> };

export const startServer = async (
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<StubServer> => {
  const sockets = new Set<Socket>();
  let server: Server | null = null;

  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const next = createServer((request, response) => {
        answer(request, response).catch((error: unknown) => {
          json(response, 500, {
            ok: false,
            error_code: 500,
            description: `bug in the stub: ${String(error)}`,
          });
        });
      });
      next.keepAliveTimeout = 60_000;
      next.on('connection', (socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
      });
      next.on('error', reject);
      next.listen(port, '127.0.0.1', () => resolve((next.address() as AddressInfo).port));
      server = next;
    });

  const port = await listen(0);
  return {
    port,
    async refuse() {
      const current = server;
      server = null;
      if (!current) return;
      await new Promise<void>((resolve) => {
        current.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
      // A bot in this process learns of its closed connections only when the loop looks at them.
      for (let turn = 0; turn < 3; turn += 1) await immediate();
    },
    async accept() {
      if (!server) await listen(port);
    },
  };
};

/** An answer whose connection is already gone is nobody's. */
export const json = (response: ServerResponse, status: number, value: unknown): void => {
  if (response.destroyed || response.headersSent) return;
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
};

export const readPayload = async (request: IncomingMessage): Promise<Payload> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  if (body.length === 0) return {};
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return parseMultipart(body, type);
  return JSON.parse(body.toString('utf8')) as Payload;
};
