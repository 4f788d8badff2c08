import { once } from 'node:events';
import type { ChannelClock, ChannelLog } from '../channel.ts';
import { browserArgs, userAgent } from './browser.ts';
import { messageOf, settleWithin } from './deadline.ts';
import type { Library, LibraryClient, LibraryMessage } from './library.ts';
import type { SessionTiming } from './options.ts';
import * as scripts from './page-scripts.ts';
import { describePageError } from './page-error.ts';
import { parseRawMessage, type RawMessage } from './raw-message.ts';
import type { SessionEvent } from './session-state.ts';

export type ClientHooks = {
  dispatch(event: SessionEvent): void;
  onMessage(raw: RawMessage): void;
  onUndecrypted(raw: RawMessage, isFinal: boolean): void;
  onEdit(raw: RawMessage, text: string): void;
  onAck(raw: RawMessage, ack: number): void;
  onCall(call: { id: string; from: string }): void;
};

export type ClientSettings = {
  dataPath: string;
  executablePath: string;
  extraArgs: readonly string[];
  timing: SessionTiming;
  clock: ChannelClock;
  log: ChannelLog;
};

/** One Chromium with one library client in it, from launch to certain end. */
export type SessionClient = {
  readonly library: LibraryClient;
  /** Never rejects: what happens is dispatched. */
  initialize(): Promise<void>;
  run(script: string, ...args: unknown[]): Promise<unknown>;
  /** Resolves when the browser process is gone, whatever it takes. */
  close(unpair: boolean): Promise<void>;
};

export function createClient(library: Library, settings: ClientSettings, hooks: ClientHooks): SessionClient {
  const { timing, clock } = settings;
  let isClosing = false;
  let launched: () => void = () => {};
  const launch = new Promise<void>((resolve) => (launched = resolve));
  let starting: Promise<void> = Promise.resolve();

  class Profile extends library.LocalAuth {
    override async afterBrowserInitialized(): Promise<void> {
      launched();
      if (isClosing) throw new Error('closed while launching');
      watchBrowser();
    }
    // After a log-out, and in states it does not know, the library deletes the profile under the running
    // browser, injects into a page that is going away and closes the browser by itself. The supervisor does
    // all that in order, so here the library waits for ever: its handlers stop at this line.
    override logout(): Promise<void> {
      return new Promise(() => {});
    }
    override disconnect(): Promise<void> {
      return new Promise(() => {});
    }
  }

  const client = new library.Client({
    authStrategy: new Profile({ dataPath: settings.dataPath }),
    authTimeoutMs: timing.bootMs,
    // The default would write, and later trust, a page file in the working directory.
    webVersionCache: { type: 'none' },
    userAgent,
    puppeteer: {
      headless: true,
      executablePath: settings.executablePath,
      args: browserArgs(process.getuid?.() === 0, settings.extraArgs),
      protocolTimeout: timing.protocolMs,
      // Stopping is the app's business; puppeteer would end the process on a signal.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    },
  });
  guardInjection();
  listen();

  function watchBrowser() {
    client.pupBrowser?.on('disconnected', () => fail('Chromium ended'));
    client.pupPage?.on('error', () => fail('the page crashed'));
    client.pupPage?.on('close', () => fail('the page was closed'));
    client.pupPage?.on('pageerror', (error) => {
      const reason = describePageError(error);
      if (!reason) return;
      settings.log.warn({ reason }, 'whatsapp page error');
      hooks.dispatch({ type: 'pageError', reason });
    });
  }

  function fail(reason: string) {
    if (!isClosing) hooks.dispatch({ type: 'failed', reason });
  }

  /**
   * The library injects anew at every navigation of every frame and leaves a failure of it unhandled. Here
   * one document is injected once, and a failure is heard of.
   */
  function guardInjection() {
    const inject = client.inject?.bind(client);
    if (!inject) return;
    let documents = 0;
    client.inject = async () => {
      if (isClosing) return;
      const isFirst = documents === 0;
      try {
        if (await client.pupPage?.evaluate(scripts.callInPage(scripts.markInjected))) return;
        documents += 1;
        if (!isFirst) hooks.dispatch({ type: 'reloaded' });
        await inject();
      } catch (error) {
        if (isClosing) return;
        if (isFirst) throw error;
        // A document that was left again is followed by the next one's turn; anything else has no second try.
        const reason = `could not inject: ${messageOf(error).slice(0, 200)}`;
        if (/context|detached|navigat/i.test(reason)) return hooks.dispatch({ type: 'reloaded' });
        fail(reason);
      }
    };
  }

  function listen() {
    client.on('qr', (qr) => hooks.dispatch({ type: 'qr', qr: String(qr) }));
    client.on('code', (code) => hooks.dispatch({ type: 'code', code: String(code) }));
    client.on('authenticated', () => hooks.dispatch({ type: 'authenticated' }));
    client.on('ready', () => hooks.dispatch({ type: 'ready' }));
    client.on('change_state', (waState) => hooks.dispatch({ type: 'waState', waState: String(waState) }));
    client.on('disconnected', (why) => {
      if (!isClosing && why === 'LOGOUT') hooks.dispatch({ type: 'loggedOut' });
    });
    // Fired for what residents write and for what leaves this number, by us or by the phone.
    onRaw('message_create', (raw) => hooks.onMessage(raw));
    onRaw('message_revoke_everyone', (raw) => hooks.onMessage(raw));
    onRaw('message_ciphertext', (raw) => hooks.onUndecrypted(raw, false));
    onRaw('message_ciphertext_failed', (raw) => hooks.onUndecrypted(raw, true));
    onRaw('message_ack', (raw, ack) => hooks.onAck(raw, Number(ack)));
    onRaw('message_edit', (raw, text, before) => {
      // A body that appears where there was none is decryption, not an edit.
      if (typeof text === 'string' && text && before) hooks.onEdit(raw, text);
    });
    client.on('call', (call) => {
      const { id, from, fromMe, isGroup } = (call ?? {}) as Record<string, unknown>;
      if (fromMe || isGroup) return;
      hooks.onCall({ id: String(id), from: String((from as { _serialized?: string })?._serialized ?? from) });
    });
  }

  function onRaw(event: string, listener: (raw: RawMessage, ...rest: unknown[]) => void) {
    client.on(event, (message, ...rest) => {
      const raw = isClosing ? null : parseRawMessage((message as LibraryMessage | undefined)?.rawData);
      if (raw) listener(raw, ...rest);
    });
  }

  async function run(script: string, ...args: unknown[]): Promise<unknown> {
    if (!client.pupPage) throw new Error('the browser has not started');
    return await client.pupPage.evaluate(scripts.callInPage(script, ...args));
  }

  return {
    library: client,
    run,
    async initialize() {
      starting = client.initialize();
      try {
        await starting;
      } catch (error) {
        fail(`could not start: ${messageOf(error).slice(0, 300)}`);
      } finally {
        launched();
      }
    },
    async close(unpair) {
      isClosing = true;
      await launch;
      const child = client.pupBrowser?.process();
      if (unpair) await settleWithin(run(scripts.unpair), timing.closeMs, clock);
      await settleWithin(client.destroy(), timing.closeMs, clock);
      if (child && child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      await settleWithin(starting, timing.closeMs, clock);
    },
  };
}
