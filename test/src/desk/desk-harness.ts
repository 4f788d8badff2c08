import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openWordBook } from '../../../flows/words/load-words.ts';
import { createDesk } from '../../../src/desk/create-desk.ts';
import { hashPassword, hashToken, makeToken } from '../../../src/desk/passwords.ts';
import type { Role } from '../../../src/desk/policy.ts';
import type { ChannelDesk } from '../../../src/desk/ports.ts';
import type { InboundContent } from '../../../src/domain/message.ts';
import { projectFolder } from '../../../src/ops/project-folder.ts';
import type { WebPush } from '../../../src/push/web-push.ts';
import type { FileStore } from '../../../src/store/file-store.ts';
import { createVault } from '../../../src/store/vault.ts';
import { sealed } from '../../../src/store/sealed.ts';
import { createTransact } from '../../../src/store/transact.ts';
import type { AfterCommit, Bell, Change } from '../../../src/store/transact.ts';
import type { StoreUnderTest } from '../../support/stores.ts';
import { createTestClock } from '../../support/test-clock.ts';

/** A Monday of the room, 09.30 WITA. */
export const mondayMorning = '2026-11-30T09:30:00+08:00';

let passwordHash: Promise<string> | undefined;
export const password = 'kata-sandi-uji-coba';

/** The desk on a store, with ways to put residents, chats and officers there and to ask it things. */
export async function openDesk(
  store: Pick<StoreUnderTest, 'db' | 'opened'>,
  options: {
    webRoot?: string;
    publicUrl?: string;
    channels?: Partial<ChannelDesk>;
    webPush?: WebPush;
  } = {},
) {
  const key = { id: 'k1', bytes: new Uint8Array(32).fill(7) };
  const vault = createVault({
    current: key,
    byId: (id: string) => (id === key.id ? key : undefined),
    fingerprintKey: new Uint8Array(32).fill(9),
  } as Parameters<typeof createVault>[0]);
  const clock = createTestClock(mondayMorning);
  const db = store.db();
  const bells: Bell[] = [];
  const listeners = new Set<(change: Change) => void>();
  const afterCommit = (after: AfterCommit): void => {
    bells.push(...after.bells);
    for (const change of after.changes) for (const listener of listeners) listener(change);
  };
  const transact = createTransact({ db, vault, clock, afterCommit });
  const logged: string[] = [];
  const log = (fields: Record<string, unknown>, message: string): void =>
    void logged.push(`${message} ${JSON.stringify(fields)}`);
  const files = createMemoryFiles();
  const channels: { current: ChannelDesk } = {
    current: { list: async () => [], ask: async () => ({ kind: 'not_pairable' }) },
  };
  const app = createDesk({
    db,
    prisma: store.opened().prisma(),
    transact,
    vault,
    files,
    clock,
    log: { info: log, warn: log, error: log },
    changes: {
      subscribe: (fn) => {
        listeners.add(fn);
        return () => void listeners.delete(fn);
      },
    },
    book: openWordBook(join(projectFolder(), 'flows', 'words')),
    webPush: options.webPush ?? silentPush,
    publicUrl: options.publicUrl ?? 'http://localhost',
    callWays: ['telegram', 'whatsapp', 'push'],
    webRoot: options.webRoot ?? null,
    channels: { list: () => channels.current.list(), ask: (name, wish) => channels.current.ask(name, wish) },
  });

  const request = async (
    path: string,
    options: RequestInit & { cookie?: string } = {},
  ): Promise<Response> => {
    const headers = new Headers(options.headers);
    if (options.cookie !== undefined) headers.set('cookie', options.cookie);
    if (options.method === 'POST' && !headers.has('content-type'))
      headers.set('content-type', 'application/json');
    return app.request(`/api${path}`, { ...options, headers });
  };

  const one = async <T>(sql: string, params: unknown[] = []): Promise<T> => {
    const { rows } = await db.query<T>(sql, params);
    if (rows[0] === undefined) throw new Error(`No row: ${sql}`);
    return rows[0];
  };

  return {
    app,
    db,
    vault,
    clock,
    transact,
    files,
    bells,
    logged,
    channels,
    listeners,
    /** As if another part of the app had committed it. */
    publish: (change: Change) => {
      for (const listener of listeners) listener(change);
    },
    request,
    one,

    /** An officer who is logged in; `get` and `post` ask as them. */
    async officer(name: string, role: Role = 'officer') {
      passwordHash ??= hashPassword(password);
      const login = name.toLowerCase().replace(/\s+/g, '.');
      const { id } = await one<{ id: string }>(
        `INSERT INTO officer (login, name, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
        [login, name, role, await passwordHash, clock.now()],
      );
      const token = makeToken();
      await db.query(
        `INSERT INTO officer_session (token_hash, officer_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)`,
        [hashToken(token), id, clock.now(), new Date(clock.now().getTime() + 12 * 3_600_000)],
      );
      const cookie = `bestie_desk=${token}`;
      return {
        id,
        name,
        login,
        cookie,
        get: (path: string) => request(path, { cookie }),
        post: (path: string, body: unknown = {}) =>
          request(path, { cookie, method: 'POST', body: JSON.stringify(body) }),
      };
    },

    /** A resident with a chat. */
    async resident(name: string | null = 'Maria', channel = 'telegram') {
      const { id: residentId } = await one<{ id: string }>(
        `INSERT INTO resident (name_sealed, created_at) VALUES ($1, $2) RETURNING id`,
        [name === null ? null : vault.seal(name, sealed.residentName), clock.now()],
      );
      const value = randomBytes(5).toString('hex');
      const { id: addressId } = await one<{ id: string }>(
        `INSERT INTO address (resident_id, channel, kind, value_hash, value_sealed, created_at)
         VALUES ($1, $2, 'chat', $3, $4, $5) RETURNING id`,
        [residentId, channel, vault.fingerprint(value), vault.seal(value, sealed.addressValue), clock.now()],
      );
      const { id: conversationId } = await one<{ id: string }>(
        `INSERT INTO conversation (address_id, created_at) VALUES ($1, $2) RETURNING id`,
        [addressId, clock.now()],
      );
      const says = async (
        content: string | InboundContent,
        more: { concernId?: string; about?: string } = {},
      ) => {
        const said: InboundContent = typeof content === 'string' ? { kind: 'text', text: content } : content;
        const { id } = await one<{ id: string }>(
          `INSERT INTO message (conversation_id, direction, author, kind, content_sealed, concern_id, about_message_id,
                                sent_at, created_at, processed_at)
           VALUES ($1, 'in', 'resident', $2, $3, $4, $5, $6, $6, $6) RETURNING id`,
          [
            conversationId,
            said.kind,
            vault.sealJson(said, sealed.messageContent),
            more.concernId ?? null,
            more.about ?? null,
            clock.now(),
          ],
        );
        await db.query(`UPDATE conversation SET last_in_at = $2 WHERE id = $1`, [
          conversationId,
          clock.now(),
        ]);
        return id;
      };
      return {
        residentId,
        conversationId,
        addressValue: value,
        says,
        async waits(priority = 10) {
          const reason = priority === 0 ? 'danger' : 'asked';
          await db.query(
            `INSERT INTO handoff (conversation_id, status, reason, priority, requested_at) VALUES ($1, 'waiting', $2, $3, $4)`,
            [conversationId, reason, priority, clock.now()],
          );
        },
        async alarms(severity: 'darurat' | 'tinggi' | 'sedang' = 'darurat') {
          const messageId = await says('kalimat bahaya');
          const { id } = await one<{ id: string }>(
            `INSERT INTO danger_alert (conversation_id, message_id, kind, severity, created_at, last_sign_at, called_from)
             VALUES ($1, $2, 'kekerasan_kdrt', $3, $4, $4, $4)
             ON CONFLICT (conversation_id) WHERE acknowledged_at IS NULL DO UPDATE SET signs = danger_alert.signs + 1
             RETURNING id`,
            [conversationId, messageId, severity, clock.now()],
          );
          await db.query(`UPDATE message SET danger_alert_id = $2 WHERE id = $1`, [messageId, id]);
          return id;
        },
        async books(day: string, time: string, seat = 1) {
          const code = `BST-${randomBytes(3).toString('hex').toUpperCase()}`;
          const { id } = await one<{ id: string }>(
            `INSERT INTO booking (code, resident_id, conversation_id, session_date, slot_time, seat, status, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, 'booked', $7, $7) RETURNING id`,
            [code, residentId, conversationId, day, time, seat, clock.now()],
          );
          return { id, code };
        },
        async poursOut(words: string, bookingId: string | null = null) {
          const code = `CRH-${randomBytes(3).toString('hex').toUpperCase()}`;
          const { id } = await one<{ id: string }>(
            `INSERT INTO concern (code, resident_id, conversation_id, booking_id, status, category, created_at, received_at)
             VALUES ($1, $2, $3, $4, 'new', 'bansos', $5, $5) RETURNING id`,
            [code, residentId, conversationId, bookingId, clock.now()],
          );
          await says(words, { concernId: id });
          return { id, code };
        },
      };
    },
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

export async function errorOf(response: Response): Promise<{ code: string; sentence: string }> {
  return ((await response.json()) as { error: { code: string; sentence: string } }).error;
}

const silentPush: WebPush = {
  publicKey: 'B'.repeat(87),
  accepts: () => true,
  send: async () => ({ kind: 'sent' }),
};

function createMemoryFiles(): FileStore {
  const kept = new Map<string, Uint8Array>();
  return {
    put: async (bytes, { kind }) => {
      const key = `${kind}-${randomBytes(16).toString('hex')}`;
      kept.set(key, bytes);
      return key;
    },
    get: async (fileKey) => kept.get(fileKey) ?? null,
    remove: async (fileKey) => void kept.delete(fileKey),
    keptBefore: async () => [],
  };
}
