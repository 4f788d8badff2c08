import { describe as suite, expect, it } from 'vitest';
import { defaultTiming, type SessionTiming } from '../../../bots/whatsapp/options.ts';
import {
  canSend,
  describe,
  initialState,
  type Probe,
  type SessionEffect,
  type SessionEvent,
  type SessionState,
  step,
} from '../../../bots/whatsapp/session-state.ts';

const well: Probe = { waState: 'CONNECTED', hasSynced: true, isInjected: true, unheard: 0 };
const beat = (changes: Partial<Probe> = {}): SessionEvent => ({
  type: 'beat',
  probe: { ...well, ...changes },
});
const failed = (reason = 'x'): SessionEvent => ({ type: 'failed', reason });

/** Plays events, each with the seconds that pass before it. */
function play(events: (SessionEvent | number)[], timing: SessionTiming = defaultTiming) {
  let now = 0;
  let state: SessionState = initialState(now);
  const effects: SessionEffect[] = [];
  for (const event of events) {
    if (typeof event === 'number') {
      now += event * 1000;
      continue;
    }
    const next = step(structuredClone(state), event, now, timing);
    state = next.state;
    effects.push(...next.effects);
  }
  const count = (what: SessionEffect['do']) => effects.filter((effect) => effect.do === what).length;
  const alerts = effects.flatMap((effect) => (effect.do === 'alert' ? [effect.alert.kind] : []));
  const waits = effects.flatMap((effect) => (effect.do === 'wait' ? [effect.ms] : []));
  return { state, effects, count, alerts, waits };
}

const connected: SessionEvent[] = [{ type: 'start' }, { type: 'authenticated' }, { type: 'ready' }];
const rebuilt: SessionEvent[] = [failed(), { type: 'closed' }, { type: 'retry' }];

suite('step', () => {
  it('builds a new client only when the last one is closed', () => {
    for (const event of [
      failed(),
      { type: 'restart' },
      { type: 'logout' },
      { type: 'loggedOut' },
    ] as SessionEvent[]) {
      const before = play([...connected, event]);
      expect([before.state.phase, before.count('build'), before.count('close')]).toEqual(['closing', 1, 1]);
      // Nothing else closes or builds twice while it is closing.
      const busy = play([...connected, event, event, failed(), { type: 'ready' }, { type: 'restart' }]);
      expect([busy.count('build'), busy.count('close')]).toEqual([1, 1]);
      expect(play([...connected, event, { type: 'closed' }, { type: 'retry' }]).count('build')).toBe(2);
    }
  });

  it('backs off longer with each failure, tells a person at the third, and forgets after a quiet while', () => {
    const many = play([{ type: 'start' }, ...Array.from({ length: 12 }, () => rebuilt).flat()]);
    expect(many.waits.slice(0, 4)).toEqual([1000, 2000, 4000, 8000]);
    expect(many.waits.at(-1)).toBe(defaultTiming.backOffMaxMs);
    expect(many.alerts).toEqual(['stuck']);
    expect(describe(many.state).state).toBe('stuck');
    const back = [{ type: 'start' }, ...rebuilt, ...rebuilt, ...rebuilt, { type: 'ready' }] as SessionEvent[];
    expect(play(back).alerts).toEqual(['stuck', 'recovered']);
    expect(play([...back, failed(), { type: 'closed' }]).waits.at(-1)).toBe(8000);
    expect(play([...back, 200, beat(), failed(), { type: 'closed' }]).waits.at(-1)).toBe(1000);
  });

  it('is ready once, however often it is told, and catches up each time', () => {
    const again = play([...connected, { type: 'authenticated' }, { type: 'ready' }, { type: 'ready' }]);
    expect(again.state.phase).toBe('connected');
    expect(again.count('catchUp')).toBe(3);
    expect(again.count('build')).toBe(1);
  });

  it('has a limit for every phase', () => {
    expect(play([{ type: 'start' }, 170, { type: 'beatMissed' }]).state.phase).toBe('starting');
    expect(play([{ type: 'start' }, 190, { type: 'beatMissed' }]).state).toMatchObject({
      phase: 'closing',
      failures: 1,
    });
    const unready = [
      { type: 'start' },
      { type: 'authenticated' },
      { type: 'pageError', reason: 'no module' },
    ] as SessionEvent[];
    expect(play([...unready, 100, beat()]).state.reason).toBe('authenticated but never ready: no module');
    expect(play([...connected, { type: 'beatMissed' }, beat(), { type: 'beatMissed' }]).state.phase).toBe(
      'connected',
    );
    expect(play([...connected, { type: 'beatMissed' }, { type: 'beatMissed' }]).state.phase).toBe('closing');
    expect(play([...connected, 25 * 3600, beat()]).state).toMatchObject({ phase: 'closing', failures: 0 });
  });

  it('asks for a fresh code, and for a fresh browser when there is none', () => {
    const qr: SessionEvent = { type: 'qr', qr: 'a' };
    const unpaired = beat({ waState: 'UNPAIRED', hasSynced: false, isInjected: false });
    expect(play([{ type: 'start' }, qr, 61, unpaired]).count('refreshQr')).toBe(1);
    expect(play([{ type: 'start' }, qr, { type: 'code', code: 'c' }, 61, unpaired]).count('refreshQr')).toBe(
      0,
    );
    const dead = play([{ type: 'start' }, qr, 61, unpaired, 61, unpaired, 61, unpaired, 61, unpaired]);
    expect(dead.state).toMatchObject({ phase: 'closing', failures: 0 });
    expect(dead.alerts).toEqual(['needs_pairing']);
  });

  it('tells the library of a sync that it missed', () => {
    const missed = play([{ type: 'start' }, beat({ isInjected: false })]);
    expect(missed.count('announceSync')).toBe(1);
    expect(play([...connected, beat({ isInjected: false })]).state.phase).toBe('starting');
  });

  it('holds sends back while WhatsApp is offline, and rebuilds when that lasts', () => {
    const off: SessionEvent = { type: 'waState', waState: 'TIMEOUT' };
    expect(canSend(play(connected).state)).toBe(true);
    expect(canSend(play([...connected, off]).state)).toBe(false);
    expect(canSend(play([...connected, off, 60, beat()]).state)).toBe(true);
    expect(play([...connected, off, 400, beat({ waState: 'TIMEOUT' })]).state.phase).toBe('closing');
    expect(play([...connected, { type: 'waState', waState: 'CONFLICT' }]).state.phase).toBe('closing');
  });

  it('believes in deafness only without anything heard in between', () => {
    expect(play([...connected, beat({ unheard: 1 })]).count('catchUp')).toBe(2);
    expect(play([...connected, beat({ unheard: 1 }), beat(), beat({ unheard: 1 })]).state.phase).toBe(
      'closing',
    );
    const heard = play([...connected, beat({ unheard: 1 }), { type: 'heard' }, beat({ unheard: 1 })]);
    expect(heard.state.phase).toBe('connected');
  });

  it('wipes the pairing when it is gone, and only then', () => {
    const close = (event: SessionEvent) => play([...connected, event]).effects.at(-1);
    expect(close({ type: 'loggedOut' })).toEqual({ do: 'close', unpair: false, wipe: true });
    expect(close({ type: 'logout' })).toEqual({ do: 'close', unpair: true, wipe: true });
    for (const event of [failed(), { type: 'restart' }, { type: 'stop' }] as SessionEvent[]) {
      expect(close(event)).toEqual({ do: 'close', unpair: false, wipe: false });
    }
  });

  it('forgets the pairing also between two builds, where a button that did nothing would be pressed', () => {
    const stuck = play([...connected, failed(), { type: 'closed' }, { type: 'logout' }]);
    expect(stuck.effects.at(-1)).toEqual({ do: 'close', unpair: false, wipe: true });
    const { state, count } = play([
      ...connected,
      failed(),
      { type: 'closed' },
      { type: 'logout' },
      { type: 'closed' },
      // The pause that it cut short ends.
      { type: 'retry' },
    ]);
    expect([state.phase, state.isLoggedOut, count('build')]).toEqual(['starting', true, 2]);
  });

  it('stops from every phase', () => {
    const phases: SessionEvent[][] = [
      [{ type: 'start' }],
      [{ type: 'start' }, { type: 'qr', qr: 'a' }],
      connected,
      [...connected, failed()],
      [...connected, failed(), { type: 'closed' }],
    ];
    for (const events of phases) {
      expect(play([...events, { type: 'stop' }, { type: 'closed' }, { type: 'retry' }]).state.phase).toBe(
        'stopped',
      );
    }
  });
});
