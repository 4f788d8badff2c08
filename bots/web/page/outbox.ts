import { postForm, postJson, type Written } from './api.ts';
import { chosenLanguage } from './words.ts';

/**
 * What was written and is not yet stored by the room. One goes out at a time, in order, and is repeated under
 * the same id until it is stored. Texts live in sessionStorage (a reload keeps them, closing the tab erases
 * them: this may be a shared phone), files only in memory.
 */
export type Draft = { clientId: string; at: number } & (
  | { kind: 'text'; text: string }
  | { kind: 'choice'; token: string; label: string }
  | { kind: 'file'; file: File; seconds: number | null; voice: boolean }
);

export type DraftState =
  { state: 'sending' | 'waiting' } | { state: 'refused'; code: string; message: string };

export type Outbox = {
  add(draft: Draft): void;
  drop(clientId: string): void;
  retryNow(): void;
  /** Loads what an earlier load of this tab left. */
  restore(): Draft[];
  empty(): void;
};

const storageKey = 'bestie.unsent';
const longestWaitMs = 30_000;

export function createOutbox(on: {
  changed: (draft: Draft, state: DraftState) => void;
  stored: (draft: Draft) => Promise<void>;
  /** True once the browser has its cookie. */
  isKnown: () => boolean;
}): Outbox {
  let waiting: Draft[] = [];
  let sending = false;
  let failures = 0;
  let wake: (() => void) | null = null;
  let generation = 0;

  function save(): void {
    try {
      const texts = waiting.filter((draft) => draft.kind !== 'file');
      if (texts.length > 0) sessionStorage.setItem(storageKey, JSON.stringify(texts));
      else sessionStorage.removeItem(storageKey);
    } catch {
      // Storage is full or forbidden: memory alone has to do.
    }
  }

  async function put(draft: Draft): Promise<Written> {
    if (!on.isKnown()) {
      const made = await postJson('/visitor', {});
      if (made.outcome !== 'stored') return made;
    }
    const { clientId } = draft;
    if (draft.kind === 'text')
      return postJson('/message', { clientId, lang: chosenLanguage(), text: draft.text });
    if (draft.kind === 'choice') {
      const { token, label } = draft;
      return postJson('/message', {
        clientId,
        lang: chosenLanguage(),
        choice: { token, label: label.slice(0, 200) },
      });
    }
    const form = new FormData();
    form.set('clientId', clientId);
    const lang = chosenLanguage();
    if (lang) form.set('lang', lang);
    if (draft.voice) form.set('voice', '1');
    if (draft.seconds !== null) form.set('seconds', String(draft.seconds));
    form.set('file', draft.file);
    return postForm('/file', form);
  }

  async function work(): Promise<void> {
    if (sending) return;
    sending = true;
    const mine = generation;
    while (waiting[0] && mine === generation) {
      const draft = waiting[0];
      on.changed(draft, { state: failures > 0 ? 'waiting' : 'sending' });
      const written = await put(draft);
      if (mine !== generation) break;
      if (written.outcome === 'again') {
        failures += 1;
        on.changed(draft, { state: 'waiting' });
        await pause(written.afterMs ?? Math.min(longestWaitMs, 1000 * 2 ** failures));
        continue;
      }
      failures = 0;
      waiting = waiting.filter((other) => other !== draft);
      save();
      if (written.outcome === 'refused') on.changed(draft, { ...written, state: 'refused' });
      else await on.stored(draft);
    }
    if (mine === generation) sending = false;
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  addEventListener('online', () => wake?.());

  return {
    add(draft) {
      waiting.push(draft);
      save();
      void work();
    },
    drop(clientId) {
      waiting = waiting.filter((draft) => draft.clientId !== clientId);
      save();
      wake?.();
    },
    retryNow() {
      wake?.();
    },
    restore() {
      try {
        waiting = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]') as Draft[];
      } catch {
        waiting = [];
      }
      void work();
      return waiting;
    },
    empty() {
      generation += 1;
      waiting = [];
      sending = false;
      failures = 0;
      save();
      wake?.();
    },
  };
}

/** `crypto.randomUUID` is absent on plain http and on older phones. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
