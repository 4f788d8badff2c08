import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  createVerify,
  hkdfSync,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a browser's push service does, and the browsers behind it: each message is checked and opened as they would. */
export type PushServiceStub = {
  readonly url: string;
  /** A browser that subscribes here. */
  browser(device?: string): StubBrowser;
  /** What the service answers from now on instead of taking the message in. */
  answers(status: number | null): void;
  close(): Promise<void>;
};

export type StubBrowser = {
  readonly subscription: {
    endpoint: string;
    keys: { p256dh: string; auth: string };
    device: string;
  };
  /** What came, opened. */
  readonly received: { headers: Record<string, string | string[] | undefined>; note: unknown }[];
};

export async function startPushService(publicKey: () => string): Promise<PushServiceStub> {
  let status: number | null = null;
  const browsers = new Map<
    string,
    (headers: StubBrowser['received'][number]['headers'], body: Buffer) => void
  >();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const take = browsers.get(request.url ?? '');
      const answer = status ?? (take ? 201 : 404);
      try {
        if (answer === 201) {
          checkVapid(request.headers.authorization ?? '', url, publicKey());
          take?.(request.headers, Buffer.concat(chunks));
        }
        response.writeHead(answer).end();
      } catch (error) {
        response.writeHead(400).end(String(error));
      }
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    browser: (device = 'Chrome di Android') => {
      const path = `/push/${randomUUID()}`;
      const pair = createECDH('prime256v1');
      const mine = pair.generateKeys();
      const auth = randomBytes(16);
      const received: StubBrowser['received'] = [];
      browsers.set(path, (headers, body) => {
        if (headers['content-encoding'] !== 'aes128gcm' || !/^\d+$/.test(String(headers['ttl'])))
          throw new Error('not a push message');
        received.push({ headers, note: JSON.parse(open(body, { pair, mine, auth })) });
      });
      return {
        subscription: {
          endpoint: `${url}${path}`,
          keys: { p256dh: mine.toString('base64url'), auth: auth.toString('base64url') },
          device,
        },
        received,
      };
    },
    answers: (next) => void (status = next),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((done) => void server.close(() => done()));
    },
  };
}

/** RFC 8291 over RFC 8188, one record. */
function open(
  body: Buffer,
  { pair, mine, auth }: { pair: ReturnType<typeof createECDH>; mine: Buffer; auth: Buffer },
): string {
  const salt = body.subarray(0, 16);
  const theirs = body.subarray(21, 21 + (body[20] ?? 0));
  const sealed = body.subarray(21 + theirs.length);
  const derive = (secret: Buffer, with_: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, with_, info, length));
  const input = derive(
    pair.computeSecret(theirs),
    auth,
    Buffer.concat([Buffer.from('WebPush: info\0'), mine, theirs]),
    32,
  );
  const key = derive(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce, { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8');
}

/** RFC 8292: signed by the key that the browser subscribed with, for this service, and not for ever. */
function checkVapid(authorization: string, audience: string, publicKey: string): void {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  const [header = '', claims = '', signature = ''] = token.split('.');
  const { aud, sub, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<
    string,
    unknown
  >;
  const point = Buffer.from(key, 'base64url');
  const verifier = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const isSigned = createVerify('sha256')
    .update(`${header}.${claims}`)
    .verify({ key: verifier, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  if (
    key !== publicKey ||
    !isSigned ||
    aud !== audience ||
    !/^(https|mailto):/.test(String(sub)) ||
    typeof exp !== 'number'
  )
    throw new Error('not a VAPID header');
}
