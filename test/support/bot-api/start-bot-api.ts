import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Update, User } from 'grammy/types';
import { createResident, type ChatState, type Resident, type SeenMessage } from './chat.ts';
import { Refusal, takeFault, type Fault, type FaultRule, type Payload } from './faults.ts';
import { createGroup, type Group, type GroupState } from './group.ts';
import { methods, type World } from './methods.ts';
import { json, readPayload, startServer } from './server.ts';
import { createUpdateQueue } from './update-queue.ts';
import { createWaiters } from './waiters.ts';
import { createWebhookPoster, webhookHeaders, type Webhook } from './webhook-delivery.ts';

export type BotApiStubOptions = {
  readonly token?: string;
  /** What Telegram writes as the date of a message. */
  readonly now?: () => Date;
  /** After this long in vain a waiting test fails. */
  readonly waitLimitMs?: number;
  /** `none` keeps no calls and no messages: for benches. Then listen with `onSent`. */
  readonly remember?: 'all' | 'none';
};

export type Call = { readonly method: string; readonly payload: Payload };

/**
 * Telegram for a test: a Bot API server on this machine with people in it. It keeps updates until the bot
 * confirms them, refuses what Telegram refuses, and fails on demand.
 *
 * ```ts
 * const tg = await startBotApi();
 * // ... a bot with TELEGRAM_API_ROOT=tg.url and TELEGRAM_BOT_TOKEN=tg.token
 * const maria = tg.resident({ name: 'Maria' });
 * await maria.says('/start');
 * await maria.sees(/Selamat datang/);
 * await maria.presses('Setuju');
 * await tg.close();
 * ```
 */
export type BotApiStub = {
  readonly url: string;
  readonly token: string;
  readonly botUsername: string;
  resident(who?: { id?: number; name?: string; language?: string }): Resident;
  /** The officers' supergroup, a forum in which the bot may do all. */
  group(group: { id: number; title?: string }): Group;
  /** A group, channel or other chat in which people write; nothing is delivered for it but what `push` gives. */
  addChat(chat: { id: number; type: string; title?: string }): readonly SeenMessage[];
  /** Any update at all. Without an id it gets the next one. */
  push(update: Record<string, unknown>): Update;
  /** The same update once more. */
  pushAgain(update: Update): void;
  /** Resolves when the bot has confirmed every update. */
  allConfirmed(): Promise<void>;
  pendingUpdates(): readonly Update[];
  /** What the bot called, oldest first. */
  readonly calls: readonly Call[];
  callsOf(method: string): readonly Call[];
  /** Resolves with the n-th call of a method (1 is the first), made already or still to come. */
  nthCall(method: string, n?: number): Promise<Call>;
  onSent(listener: (chatId: number, message: SeenMessage) => void): void;
  /** The next `times` calls of a method (`*`: of any) go wrong. */
  fail(method: string, fault: Fault, options?: { times?: number; chatId?: number }): void;
  healed(): void;
  /** The account behind a chat disappears. */
  deactivate(residentId: number): void;
  /** Keeps a file and gives its id. `expire` makes its download answer 404. */
  keepFile(bytes: Uint8Array): string;
  expire(fileId: string): void;
  readonly webhook: Webhook | null;
  /** Webhook updates go to this function instead of over the network. */
  deliverTo(handle: ((request: Request) => Promise<Response>) | null): void;
  /** Nobody answers at the address until `acceptConnections`. */
  refuseConnections(): Promise<void>;
  acceptConnections(): Promise<void>;
  close(): Promise<void>;
};

export const startBotApi = async (options: BotApiStubOptions = {}): Promise<BotApiStub> => {
  const { token = '7000000001:TEST-token-of-the-stub', remember = 'all' } = options;
  const now = options.now ?? ((): Date => new Date());
  const waiters = createWaiters(options.waitLimitMs ?? 30_000);
  const queue = createUpdateQueue(waiters);
  const poster = createWebhookPoster();
  const chats = new Map<number, ChatState>();
  const groups = new Map<number, GroupState>();
  const files = new Map<string, { bytes: Uint8Array; isExpired: boolean }>();
  const rules: FaultRule[] = [];
  const calls: Call[] = [];
  const sentListeners: ((chatId: number, message: SeenMessage) => void)[] = [];
  const botUser = { id: 7000000001, is_bot: true, first_name: 'Bestie', username: 'BestieKupangBot' };
  let webhook: Webhook | null = null;
  let localHandle: ((request: Request) => Promise<Response>) | null = null;
  let nextResidentId = 500_001;

  const world: World = {
    botUser,
    chats,
    groups,
    files,
    queue,
    now,
    onSent(chat, message) {
      if (remember === 'all') chat.received.push(message);
      for (const listener of sentListeners) listener(chat.id, message);
      waiters.check();
    },
    setWebhook(hook) {
      webhook = hook;
      queue.deliverBy(hook ? deliver : null);
    },
  };

  const deliver = async (update: Update): Promise<boolean> => {
    const hook = webhook;
    if (!hook) return false;
    const body = JSON.stringify(update);
    const answer = localHandle ? await callLocally(localHandle, hook, body) : await poster.post(hook, body);
    if (answer.status < 200 || answer.status > 299) return false;
    // A bot may call one method in its answer.
    if (answer.body.startsWith('{')) {
      const { method, ...payload } = JSON.parse(answer.body) as Payload;
      if (typeof method === 'string')
        await invoke(method, payload, () => AbortSignal.abort()).catch(() => undefined);
    }
    return true;
  };

  const invoke = async (method: string, payload: Payload, gone: () => AbortSignal): Promise<unknown> => {
    if (remember === 'all') {
      calls.push({ method, payload });
      waiters.check();
    }
    const run = methods[method];
    if (!run) throw new Refusal(404, 'Not Found: method not found');
    return await run(world, payload, gone);
  };

  const answerCall = async (
    request: IncomingMessage,
    response: ServerResponse,
    method: string,
  ): Promise<void> => {
    const payload = await readPayload(request);
    const fault = takeFault(rules, method, payload);
    if (fault?.kind === 'drop_before') return void request.socket.destroy();
    if (fault?.kind === 'page') {
      response.writeHead(fault.status, { 'content-type': 'text/html' });
      return void response.end('<html><body>Bad Gateway</body></html>');
    }
    const gone = (): AbortSignal => {
      const controller = new AbortController();
      response.on('close', () => controller.abort());
      return controller.signal;
    };
    try {
      if (fault?.kind === 'too_many') {
        throw new Refusal(429, `Too Many Requests: retry after ${fault.retryAfter}`, fault.retryAfter);
      }
      if (fault?.kind === 'error')
        throw new Refusal(fault.status, fault.description ?? 'Internal Server Error');
      const result = await invoke(method, payload, gone);
      if (fault?.kind === 'drop_after') return void request.socket.destroy();
      if (fault?.kind === 'slow') await fault.release;
      json(response, 200, { ok: true, result });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      json(response, error.status, {
        ok: false,
        error_code: error.status,
        description: error.message,
        ...(error.retryAfter !== null && { parameters: { retry_after: error.retryAfter } }),
      });
    }
  };

  const apiPrefix = `/bot${token}/`;
  const filePrefix = `/file/bot${token}/`;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url ?? '';
    if (url.startsWith(apiPrefix)) return answerCall(request, response, url.slice(apiPrefix.length));
    request.resume();
    if (url.startsWith(filePrefix)) {
      const fault = takeFault(rules, 'download', {});
      const file = files.get(url.slice(url.lastIndexOf('/') + 1));
      if (fault?.kind === 'error') return void response.writeHead(fault.status).end();
      if (!file || file.isExpired) return void response.writeHead(404).end();
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-length': file.bytes.length,
      });
      if (fault) {
        // Half of it, and the line is dead.
        response.write(file.bytes.subarray(0, Math.ceil(file.bytes.length / 2)), () =>
          request.socket.destroy(),
        );
        return;
      }
      return void response.end(file.bytes);
    }
    json(response, 401, { ok: false, error_code: 401, description: 'Unauthorized' });
  };

  const addChat = (id: number, chat: Record<string, unknown>): ChatState => {
    const state: ChatState = { id, chat, received: [], isBlocking: false, isGone: false, lastMessageId: 0 };
    chats.set(id, state);
    return state;
  };

  const keepFile = (bytes: Uint8Array): string => {
    const id = `file-${files.size + 1}`;
    files.set(id, { bytes, isExpired: false });
    return id;
  };

  const people = {
    queue,
    waiters,
    botUser,
    now,
    keepFile(bytes: Uint8Array) {
      const fileId = keepFile(bytes);
      return { file_id: fileId, file_unique_id: `unique-${fileId}`, file_size: bytes.length };
    },
  };

  const server = await startServer(answer);

  return {
    url: `http://127.0.0.1:${server.port}`,
    token,
    botUsername: botUser.username,
    resident({ id = (nextResidentId += 1), name = 'Maria', language = 'id' } = {}) {
      const user: User = { id, is_bot: false, first_name: name, language_code: language };
      const state = addChat(id, { id, type: 'private', first_name: name });
      return createResident(people, state, user);
    },
    group({ id, title = 'Petugas Bestie' }) {
      const chat = addChat(id, { id, type: 'supergroup', title, is_forum: true });
      const state: GroupState = {
        isForum: true,
        canManageTopics: true,
        topics: new Map(),
        perMinute: 20,
        sentAt: [],
        refusals: 0,
        reactions: new Map(),
        toasts: [],
      };
      groups.set(id, state);
      return createGroup(people, chat, state);
    },
    addChat: (chat) => addChat(chat.id, chat).received,
    push(update) {
      const whole = { update_id: queue.nextId(), ...update } as Update;
      queue.push(whole);
      return whole;
    },
    pushAgain: (update) => queue.pushAgain(update),
    async allConfirmed() {
      await waiters.until(
        () => (queue.pending().length === 0 ? true : undefined),
        'the updates to be confirmed',
      );
    },
    pendingUpdates: () => queue.pending(),
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method),
    nthCall: (method, n = 1) =>
      waiters.until(() => calls.filter((call) => call.method === method)[n - 1], `call ${n} of ${method}`),
    onSent: (listener) => void sentListeners.push(listener),
    fail: (method, fault, { times = 1, chatId } = {}) =>
      void rules.push({ method, fault, chatId, left: times }),
    healed: () => void rules.splice(0),
    deactivate(residentId) {
      const chat = chats.get(residentId);
      if (chat) chat.isGone = true;
    },
    keepFile,
    expire(fileId) {
      const file = files.get(fileId);
      if (file) file.isExpired = true;
    },
    get webhook() {
      return webhook;
    },
    deliverTo: (handle) => void (localHandle = handle),
    refuseConnections: () => server.refuse(),
    acceptConnections: () => server.accept(),
    async close() {
      queue.close();
      poster.close();
      await server.refuse();
    },
  };
};

const callLocally = async (
  handle: (request: Request) => Promise<Response>,
  hook: Webhook,
  body: string,
): Promise<{ status: number; body: string }> => {
  const response = await handle(
    new Request(hook.url, { method: 'POST', headers: webhookHeaders(hook, body), body }),
  );
  return { status: response.status, body: await response.text() };
};
