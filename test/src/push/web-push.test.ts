import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notes } from '../../../src/conversation/nudge-officers.ts';
import { OperatorError } from '../../../src/ops/operator-error.ts';
import { loadPushKeys } from '../../../src/push/push-keys.ts';
import { createWebPush, type WebPush } from '../../../src/push/web-push.ts';
import { startPushService, type PushServiceStub } from '../../support/push-service.ts';

let dataDir: string;
let warned: string[];
const log = { info: () => {}, warn: (_: unknown, text: string) => void warned.push(text), error: () => {} };
beforeEach(async () => {
  warned = [];
  dataDir = await mkdtemp(join(tmpdir(), 'bestie-push-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

describe('the keys of web push', () => {
  it('are made once, for nobody else to read, with a word to the operator', async () => {
    const [one, two] = [loadPushKeys({ dataDir, log }), loadPushKeys({ dataDir, log })];
    expect(two).toEqual(one);
    expect((await stat(join(dataDir, 'push-keys'))).mode & 0o777).toBe(0o600);
    expect(warned).toHaveLength(1);
    expect(warned[0]).not.toContain(one.privateKey);
  });

  it('that are damaged are named, not replaced', async () => {
    await writeFile(join(dataDir, 'push-keys'), 'half a fi');
    expect(() => loadPushKeys({ dataDir, log })).toThrow(OperatorError);
    expect(await readFile(join(dataDir, 'push-keys'), 'utf8')).toBe('half a fi');
  });
});

describe('a note to a browser', () => {
  let service: PushServiceStub;
  let webPush: WebPush;
  beforeEach(async () => {
    const keys = loadPushKeys({ dataDir, log });
    service = await startPushService(() => keys.publicKey);
    webPush = createWebPush({ keys, subject: 'mailto:it@kupangkota.go.id', alsoAccept: service.url });
  });
  afterEach(() => service.close());

  it('arrives signed and sealed so that only that browser can read it', async () => {
    const browser = service.browser();
    expect(await webPush.send(browser.subscription, notes.danger)).toEqual({ kind: 'sent' });
    expect(await webPush.send(browser.subscription, notes.waiting('abc'))).toEqual({ kind: 'sent' });
    expect(browser.received.map(({ note }) => note)).toEqual([notes.danger, notes.waiting('abc')]);
    expect(browser.received.map(({ headers }) => headers['urgency'])).toEqual(['high', 'normal']);
    expect(String(browser.received[0]?.headers['topic'])).toMatch(/^[\w-]{1,32}$/);
  });

  it.each([
    [404, 'gone'],
    [410, 'gone'],
    [429, 'retry'],
    [500, 'retry'],
    [403, 'retry'],
    [302, 'retry'],
  ])('tells a browser that is gone from a passing failure: %i is %s', async (status, kind) => {
    service.answers(status);
    expect((await webPush.send(service.browser().subscription, notes.danger)).kind).toBe(kind);
  });

  it('is tried again when the service cannot be reached, without telling the endpoint to the log', async () => {
    const { subscription } = service.browser();
    await service.close();
    const result = await webPush.send(subscription, notes.danger);
    expect(result).toMatchObject({ kind: 'retry' });
    expect(JSON.stringify(result)).not.toContain(subscription.endpoint);
    service = await startPushService(() => webPush.publicKey);
  });

  it('goes to the services of browsers and to no other address that somebody puts in', async () => {
    for (const endpoint of [
      'https://fcm.googleapis.com/fcm/send/abc',
      'https://updates.push.services.mozilla.com/wpush/v2/abc',
      'https://wns2-by3p.notify.windows.com/w/?token=abc',
      'https://web.push.apple.com/abc',
    ])
      expect([endpoint, webPush.accepts(endpoint)]).toEqual([endpoint, true]);
    for (const endpoint of [
      'http://fcm.googleapis.com/abc',
      'https://fcm.googleapis.com:8443/abc',
      'https://fcm.googleapis.com.jahat.example/abc',
      'https://jahat.example/?fcm.googleapis.com',
      'https://user@169.254.169.254/latest/meta-data',
      'https://localhost/desk/api/log-out',
      'file:///etc/passwd',
      'bukan alamat',
    ]) {
      expect([endpoint, webPush.accepts(endpoint)]).toEqual([endpoint, false]);
      const subscription = { ...service.browser().subscription, endpoint };
      expect(await webPush.send(subscription, notes.danger)).toEqual({ kind: 'gone' });
    }
  });
});
