import type { ChannelHealth } from '../channel.ts';
import type { SessionTiming, WhatsappAlert } from './options.ts';

/**
 * The session supervisor as a pure function: what happened and what the time is go in, the next state and
 * what to do come out. `session.ts` does it. One client (one Chromium) is one `build`; a new one is only
 * built in answer to `closed`, so there are never two on one profile.
 */
export type SessionState = {
  readonly phase: 'stopped' | 'starting' | 'pairing' | 'syncing' | 'connected' | 'closing' | 'waiting';
  readonly build: number;
  readonly phaseSince: number;
  /** Builds that failed in a row; forgotten after a while of being connected. */
  readonly failures: number;
  readonly hasConnected: boolean;
  readonly isLoggedOut: boolean;
  /** Why it is not connected, in words for the operator. */
  readonly reason: string | null;
  readonly qr: string | null;
  readonly qrAt: number;
  readonly qrRefreshes: number;
  readonly code: string | null;
  /** WhatsApp's own word that it is offline, since when. */
  readonly offlineSince: number | null;
  readonly missedBeats: number;
  readonly deafBeats: number;
  readonly unacknowledged: number;
  readonly after: 'stop' | 'build' | 'backOff';
  readonly alerted: WhatsappAlert['kind'] | null;
};

export type Probe = {
  readonly waState: string | null;
  readonly hasSynced: boolean;
  readonly isInjected: boolean;
  /** Messages that stand in the page and of which the library told us nothing. */
  readonly unheard: number;
};

export type SessionEvent =
  | { type: 'start' | 'stop' | 'restart' | 'logout' | 'closed' | 'retry' }
  | { type: 'qr'; qr: string }
  | { type: 'code'; code: string }
  | {
      type:
        'authenticated' | 'ready' | 'reloaded' | 'loggedOut' | 'heard' | 'acknowledged' | 'unacknowledged';
    }
  | { type: 'waState'; waState: string }
  /** `isHopeless`: trying again soon cannot help (there is no browser, the profile is in use). */
  | { type: 'failed'; reason: string; isHopeless?: boolean }
  | { type: 'pageError'; reason: string }
  | { type: 'beat'; probe: Probe }
  | { type: 'beatMissed' };

export type SessionEffect =
  | { do: 'build' }
  | { do: 'close'; unpair: boolean; wipe: boolean }
  | { do: 'wait'; ms: number }
  | { do: 'refreshQr' | 'announceSync' | 'patchPage' | 'catchUp' }
  | { do: 'alert'; alert: WhatsappAlert };

type Step = { state: SessionState; effects: SessionEffect[] };

/** Failures in a row after which a person is told. */
const stuckAfter = 3;

export function initialState(now: number): SessionState {
  return {
    phase: 'stopped',
    build: 0,
    phaseSince: now,
    failures: 0,
    hasConnected: false,
    isLoggedOut: false,
    reason: null,
    qr: null,
    qrAt: now,
    qrRefreshes: 0,
    code: null,
    offlineSince: null,
    missedBeats: 0,
    deafBeats: 0,
    unacknowledged: 0,
    after: 'build',
    alerted: null,
  };
}

export function step(state: SessionState, event: SessionEvent, now: number, timing: SessionTiming): Step {
  const { phase } = state;
  const isLive = phase === 'starting' || phase === 'pairing' || phase === 'syncing' || phase === 'connected';

  switch (event.type) {
    case 'start':
      return phase === 'stopped' ? build({ ...state, failures: 0 }, now) : same(state);
    case 'stop':
      if (phase === 'stopped') return same(state);
      if (phase === 'closing') return same({ ...state, after: 'stop' });
      if (phase === 'waiting') return enter(state, 'stopped', now);
      return close(state, now, 'stop');
    case 'restart':
      if (phase === 'stopped') return same(state);
      if (phase === 'closing') return same({ ...state, failures: 0, after: 'build' });
      if (phase === 'waiting') return build({ ...state, failures: 0 }, now);
      return close({ ...state, failures: 0, reason: 'restarted from the desk' }, now, 'build');
    case 'logout':
      if (!isLive && phase !== 'waiting') return same(state);
      return close(
        { ...state, isLoggedOut: true, hasConnected: false, failures: 0, reason: 'logged out from the desk' },
        now,
        'build',
        // Between two builds there is no page to say it in; forgetting the pairing is what is left.
        { unpair: isLive, wipe: true },
      );
    case 'closed':
      if (phase !== 'closing') return same(state);
      if (state.after === 'stop') return enter(state, 'stopped', now);
      if (state.after === 'build') return build(state, now);
      return enter(state, 'waiting', now, [{ do: 'wait', ms: backOff(state.failures, timing) }]);
    case 'retry':
      return phase === 'waiting' ? build(state, now) : same(state);
    default:
      return isLive ? stepLive(state, event, now, timing) : same(state);
  }
}

function stepLive(state: SessionState, event: SessionEvent, now: number, timing: SessionTiming): Step {
  switch (event.type) {
    case 'qr':
      return showPairing({ ...state, qr: event.qr, qrAt: now, qrRefreshes: 0 }, now);
    case 'code':
      return showPairing({ ...state, code: event.code, qrAt: now }, now);
    case 'authenticated':
      // Comes again at every resync; the patch must be in the page before the library uses it.
      if (state.phase === 'connected' || state.phase === 'syncing') return same(state, [{ do: 'patchPage' }]);
      return enter(state, 'syncing', now, [{ do: 'patchPage' }]);
    case 'ready':
      return onReady(state, now);
    case 'reloaded':
      if (state.phase === 'starting') return same(state);
      return enter({ ...state, reason: 'the page was reloaded' }, 'starting', now);
    case 'loggedOut':
      return close(
        {
          ...state,
          isLoggedOut: true,
          hasConnected: false,
          failures: 0,
          reason: 'this device was unlinked on the phone',
        },
        now,
        'build',
        { unpair: false, wipe: true },
      );
    case 'waState':
      return onWaState(state, event.waState, now);
    case 'failed':
      return fail(state, event.reason, now, event.isHopeless);
    case 'pageError':
      return state.phase === 'connected' ? same(state) : same({ ...state, reason: event.reason });
    case 'heard':
      return state.deafBeats === 0 ? same(state) : same({ ...state, deafBeats: 0 });
    case 'acknowledged':
      return same({ ...state, unacknowledged: 0 });
    case 'unacknowledged':
      if (state.phase !== 'connected') return same(state);
      if (state.unacknowledged >= 1) return fail(state, 'two messages in a row were not acknowledged', now);
      return same({ ...state, unacknowledged: state.unacknowledged + 1 });
    case 'beatMissed':
      return onTime({ ...state, missedBeats: state.missedBeats + 1 }, now, timing);
    case 'beat':
      return onBeat({ ...state, missedBeats: 0 }, event.probe, now, timing);
    default:
      return same(state);
  }
}

function onReady(state: SessionState, now: number): Step {
  // Each `ready` may follow a gap in which messages came in, so each one catches up; the rest is done once.
  if (state.phase === 'connected') return same(state, [{ do: 'patchPage' }, { do: 'catchUp' }]);
  const connected: SessionState = {
    ...state,
    hasConnected: true,
    isLoggedOut: false,
    reason: null,
    qr: null,
    code: null,
    qrRefreshes: 0,
    offlineSince: null,
    missedBeats: 0,
    deafBeats: 0,
    unacknowledged: 0,
    alerted: null,
  };
  const effects: SessionEffect[] = [{ do: 'patchPage' }, { do: 'catchUp' }];
  if (state.alerted) effects.push(alert('recovered', 'WhatsApp is connected'));
  return enter(connected, 'connected', now, effects);
}

function showPairing(state: SessionState, now: number): Step {
  if (state.phase === 'pairing') return same(state);
  const kind = state.isLoggedOut ? 'logged_out' : 'needs_pairing';
  if (state.alerted === kind) return enter(state, 'pairing', now);
  const detail = state.isLoggedOut ? `logged out: ${state.reason ?? ''}; scan the new code` : 'scan the code';
  return enter({ ...state, alerted: kind }, 'pairing', now, [alert(kind, detail)]);
}

/** States in which WhatsApp itself is busy getting back; anything else needs a new client. */
const passing = new Set(['OPENING', 'PAIRING', 'TIMEOUT', 'UNPAIRED', 'UNPAIRED_IDLE', 'UNLAUNCHED']);

function onWaState(state: SessionState, waState: string, now: number): Step {
  if (waState === 'CONNECTED') return same({ ...state, offlineSince: null });
  if (state.phase !== 'connected') return same(state);
  // The log-out proper follows as a navigation, which is handled as `loggedOut`.
  if (passing.has(waState)) return same({ ...state, offlineSince: state.offlineSince ?? now });
  return fail(state, `WhatsApp says ${waState}`, now);
}

function onBeat(state: SessionState, probe: Probe, now: number, timing: SessionTiming): Step {
  if (state.phase === 'connected') {
    if (!probe.isInjected) return enter({ ...state, reason: 'the page was reloaded' }, 'starting', now);
    const isOffline = probe.waState !== 'CONNECTED';
    const next: SessionState = {
      ...state,
      offlineSince: isOffline ? (state.offlineSince ?? now) : null,
      deafBeats: probe.unheard > 0 ? state.deafBeats + 1 : state.deafBeats,
      failures: now - state.phaseSince >= timing.stableMs ? 0 : state.failures,
    };
    // What was not heard is read from the page. Once may be a message that came during a start; twice with
    // nothing heard in between means that the listeners are dead.
    if (next.deafBeats >= 2) return fail(next, 'connected but deaf: messages arrive in the page only', now);
    const timed = onTime(next, now, timing);
    return probe.unheard > 0 ? { ...timed, effects: [...timed.effects, { do: 'catchUp' }] } : timed;
  }
  // The library waits for a change that happened before it listened; tell it what it missed.
  if (probe.hasSynced && !probe.isInjected && state.phase !== 'syncing') {
    const timed = onTime(state, now, timing);
    return { ...timed, effects: [...timed.effects, { do: 'announceSync' }] };
  }
  return onTime(state, now, timing);
}

function onTime(state: SessionState, now: number, timing: SessionTiming): Step {
  const elapsed = now - state.phaseSince;
  if (state.phase !== 'starting' && state.missedBeats >= 2)
    return fail(state, 'the page does not answer', now);
  if (state.phase === 'starting' && elapsed > timing.startMs) {
    return fail(state, state.reason ?? 'WhatsApp Web did not start', now);
  }
  if (state.phase === 'syncing' && elapsed > timing.readyMs) {
    return fail(state, `authenticated but never ready${state.reason ? `: ${state.reason}` : ''}`, now);
  }
  if (state.phase === 'pairing' && state.code === null && now - state.qrAt > timing.qrMaxAgeMs) {
    if (state.qrRefreshes >= 3) return close({ ...state, reason: 'the code expired' }, now, 'build');
    return same({ ...state, qrAt: now, qrRefreshes: state.qrRefreshes + 1 }, [{ do: 'refreshQr' }]);
  }
  if (state.phase === 'connected') {
    if (state.offlineSince !== null && now - state.offlineSince > timing.offlineMs) {
      return fail(state, 'WhatsApp Web says it is offline', now);
    }
    if (timing.recycleMs > 0 && elapsed > timing.recycleMs) {
      return close({ ...state, reason: 'the daily restart of the browser' }, now, 'build');
    }
  }
  return same(state);
}

function fail(state: SessionState, reason: string, now: number, isHopeless = false): Step {
  const failures = isHopeless ? Math.max(state.failures + 1, stuckAfter) : state.failures + 1;
  const next = close({ ...state, failures, reason }, now, 'backOff');
  if (failures < stuckAfter || state.alerted === 'stuck') return next;
  return {
    state: { ...next.state, alerted: 'stuck' },
    effects: [...next.effects, alert('stuck', `stuck: ${reason}`)],
  };
}

function build(state: SessionState, now: number): Step {
  const fresh: SessionState = {
    ...state,
    build: state.build + 1,
    qr: null,
    code: null,
    qrRefreshes: 0,
    offlineSince: null,
    missedBeats: 0,
    deafBeats: 0,
    unacknowledged: 0,
    after: 'build',
  };
  return enter(fresh, 'starting', now, [{ do: 'build' }]);
}

function close(
  state: SessionState,
  now: number,
  after: SessionState['after'],
  pairing = { unpair: false, wipe: false },
): Step {
  return enter({ ...state, after, qr: null, code: null }, 'closing', now, [{ do: 'close', ...pairing }]);
}

function backOff(failures: number, timing: SessionTiming): number {
  return Math.min(timing.backOffMaxMs, timing.backOffBaseMs * 2 ** Math.max(0, failures - 1));
}

function enter(
  state: SessionState,
  phase: SessionState['phase'],
  now: number,
  effects: SessionEffect[] = [],
): Step {
  return { state: { ...state, phase, phaseSince: now }, effects };
}

function same(state: SessionState, effects: SessionEffect[] = []): Step {
  return { state, effects };
}

function alert(kind: WhatsappAlert['kind'], detail: string): SessionEffect {
  return { do: 'alert', alert: { kind, detail } };
}

/** Whether a message may be handed to the page now; otherwise it waits in the database. */
export function canSend(state: SessionState): boolean {
  return state.phase === 'connected' && state.offlineSince === null;
}

export function describe(state: SessionState): Omit<ChannelHealth, 'since'> {
  const because = state.reason ? `: ${state.reason}` : '';
  switch (state.phase) {
    case 'stopped':
      return { state: 'stopped', detail: 'stopped' };
    case 'pairing':
      return {
        state: 'needs_pairing',
        detail: state.isLoggedOut ? `logged out${because}; scan the code` : 'scan the code with the phone',
        pairing: { ...(state.qr ? { qr: state.qr } : {}), ...(state.code ? { code: state.code } : {}) },
      };
    case 'connected':
      if (state.offlineSince !== null) return { state: 'reconnecting', detail: 'WhatsApp Web is offline' };
      return { state: 'connected', detail: 'connected' };
    default:
      if (state.failures >= stuckAfter) return { state: 'stuck', detail: `stuck${because}` };
      if (state.hasConnected || state.failures > 0)
        return { state: 'reconnecting', detail: `reconnecting${because}` };
      return {
        state: 'starting',
        detail: state.phase === 'syncing' ? 'linked, loading chats' : 'starting Chromium',
      };
  }
}
