import type { ChannelClock, ChannelHealth, ChannelLog } from '../channel.ts';
import type { SessionClient } from './client.ts';
import { messageOf, settleWithin } from './deadline.ts';
import type { SessionTiming, WhatsappAlert } from './options.ts';
import * as scripts from './page-scripts.ts';
import {
  canSend,
  describe,
  initialState,
  type Probe,
  type SessionEffect,
  type SessionEvent,
  type SessionState,
  step,
} from './session-state.ts';

export type SessionDeps = {
  timing: SessionTiming;
  clock: ChannelClock;
  log: ChannelLog;
  /** Makes the next client; a reason where that cannot work (no browser, profile in use). */
  createClient(dispatch: (event: SessionEvent) => void): Promise<SessionClient | { reason: string }>;
  wipeProfile(): Promise<void>;
  catchUp(client: SessionClient): Promise<void>;
  /** How many of the keys that stand in the page were never heard of. */
  countUnheard(arrived: unknown): number;
  onAlert(alert: WhatsappAlert): void;
  onChange(health: ChannelHealth): void;
};

/** Does what `session-state.ts` decides: the only place that builds and closes clients. */
export class WhatsappSession {
  readonly #deps: SessionDeps;
  #state: SessionState;
  #client: SessionClient | null = null;
  #health: ChannelHealth;
  #life = new AbortController();
  #waiting = new AbortController();
  #beat: Promise<void> = Promise.resolve();
  #watchers = new Set<() => void>();

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    this.#state = initialState(deps.clock.now().getTime());
    this.#health = { ...describe(this.#state), since: deps.clock.now() };
  }

  get health(): ChannelHealth {
    return this.#health;
  }

  /** The client to send with, null while a message had better wait in the database. */
  get ready(): SessionClient | null {
    return canSend(this.#state) ? this.#client : null;
  }

  /** The client whatever its state, for pairing. */
  get current(): SessionClient | null {
    return this.#client;
  }

  start(): void {
    if (this.#state.phase !== 'stopped') return;
    this.#life = new AbortController();
    this.dispatch({ type: 'start' });
    this.#beat = this.#keepBeating(this.#life.signal);
  }

  /** Resolves when the last browser is gone. */
  async stop(): Promise<void> {
    this.#life.abort();
    this.#waiting.abort();
    this.dispatch({ type: 'stop' });
    await this.until((state) => state.phase === 'stopped');
    await this.#beat;
  }

  async until(isThere: (state: SessionState) => boolean): Promise<void> {
    while (!isThere(this.#state)) {
      await new Promise<void>((resolve) => this.#watchers.add(resolve));
    }
  }

  dispatch(event: SessionEvent): void {
    const { clock, timing } = this.#deps;
    const before = this.#state.phase;
    const { state, effects } = step(this.#state, event, clock.now().getTime(), timing);
    this.#state = state;
    if (state.phase !== before) {
      this.#deps.log.info({ from: before, to: state.phase, build: state.build }, 'whatsapp session');
    }
    this.#publish();
    for (const effect of effects) this.#do(effect);
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const resolve of watchers) resolve();
  }

  #publish(): void {
    const next = describe(this.#state);
    const { since, ...last } = this.#health;
    if (JSON.stringify(next) === JSON.stringify(last)) return;
    this.#health = { ...next, since: next.state === last.state ? since : this.#deps.clock.now() };
    this.#deps.onChange(this.#health);
  }

  #do(effect: SessionEffect): void {
    switch (effect.do) {
      case 'build':
        return this.#watch(this.#build(this.#state.build));
      case 'close':
        return this.#watch(this.#close(effect.unpair, effect.wipe));
      case 'wait':
        return this.#watch(this.#wait(effect.ms));
      case 'refreshQr':
        return this.#watch(this.#inPage(scripts.refreshQr));
      case 'announceSync':
        return this.#watch(this.#inPage(scripts.announceSync));
      case 'patchPage':
        return this.#watch(this.#inPage(scripts.restoreSerializedKey));
      case 'catchUp':
        if (this.#client) this.#watch(this.#deps.catchUp(this.#client));
        return;
      case 'alert':
        return this.#deps.onAlert(effect.alert);
    }
  }

  #watch(work: Promise<void>): void {
    work.catch((error: unknown) =>
      this.#deps.log.error({ error: messageOf(error) }, 'whatsapp session step failed'),
    );
  }

  async #build(build: number): Promise<void> {
    // What an older client still has to say is about a browser that is gone.
    const dispatch = (event: SessionEvent) => {
      if (this.#state.build === build) this.dispatch(event);
    };
    try {
      const client = await this.#deps.createClient(dispatch);
      if ('reason' in client) return dispatch({ type: 'failed', reason: client.reason, isHopeless: true });
      // Asked to stop or restart meanwhile: the closing found no client, so it must not open one now.
      if (this.#state.build !== build || this.#state.phase !== 'starting') return;
      this.#client = client;
    } catch (error) {
      return dispatch({ type: 'failed', reason: `could not start: ${messageOf(error)}` });
    }
    await this.#client.initialize();
  }

  async #close(unpair: boolean, wipe: boolean): Promise<void> {
    const client = this.#client;
    this.#client = null;
    try {
      await client?.close(unpair);
      if (wipe) await this.#deps.wipeProfile();
    } finally {
      this.dispatch({ type: 'closed' });
    }
  }

  async #wait(ms: number): Promise<void> {
    this.#waiting = new AbortController();
    const { signal } = this.#waiting;
    if (this.#life.signal.aborted) this.#waiting.abort();
    await this.#deps.clock.sleep(ms, signal);
    if (!signal.aborted) this.dispatch({ type: 'retry' });
  }

  async #inPage(script: string): Promise<void> {
    try {
      await this.#client?.run(script);
    } catch (error) {
      // The heartbeat finds out whether the page is well; this was an attempt to help it.
      this.#deps.log.warn({ error: messageOf(error).slice(0, 120) }, 'whatsapp page did not take a script');
    }
  }

  async #keepBeating(signal: AbortSignal): Promise<void> {
    const { clock, timing } = this.#deps;
    while (!signal.aborted) {
      // Sooner where something is expected to happen, and soonest to tell a hung page from a busy one.
      const { phase, missedBeats } = this.#state;
      const share = missedBeats > 0 ? 10 : phase === 'connected' ? 1 : 3;
      await clock.sleep(timing.heartbeatMs / share, signal);
      if (!signal.aborted) await this.#beatOnce();
    }
  }

  async #beatOnce(): Promise<void> {
    const { clock, timing } = this.#deps;
    const client = this.#client;
    const { build, phase, phaseSince } = this.#state;
    if (!client || phase === 'closing') return;
    const since = phase === 'connected' ? Math.floor(phaseSince / 1000) : Number.MAX_SAFE_INTEGER;
    const answer = await settleWithin(client.run(scripts.probe, since), timing.heartbeatTimeoutMs, clock);
    if (this.#state.build !== build || client !== this.#client) return;
    const probe = answer.done === 'value' ? this.#readProbe(answer.value) : null;
    this.dispatch(probe ? { type: 'beat', probe } : { type: 'beatMissed' });
  }

  #readProbe(value: unknown): Probe | null {
    if (typeof value !== 'object' || value === null) return null;
    const { waState, hasSynced, isInjected, arrived } = value as Record<string, unknown>;
    return {
      waState: typeof waState === 'string' ? waState : null,
      hasSynced: hasSynced === true,
      isInjected: isInjected === true,
      unheard: this.#deps.countUnheard(arrived),
    };
  }
}
