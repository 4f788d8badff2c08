import type { PresentedMessage } from '../page-contract.ts';
import { drawDraft, drawMessage, type Choice } from './bubble.ts';
import { el } from './element.ts';
import type { Draft, DraftState } from './outbox.ts';
import { dayOf } from './wita.ts';
import { word } from './words.ts';

/** The list of messages: stored ones by seq, then what is still on its way. */
export type Timeline = {
  addStored(messages: PresentedMessage[]): void;
  setMore(more: boolean): void;
  addDraft(draft: Draft): void;
  setDraftState(draft: Draft, state: DraftState): void;
  removeDraft(clientId: string): void;
  redraw(): void;
  empty(): void;
  firstSeq(): number;
  lastSeq(): number;
  /** From where to look again for what is new; see {@link overlap}. */
  overlapSeq(): number;
  /** The oldest shown message whose file is still being stored, or null. */
  firstUnfinished(): number | null;
};

/**
 * Numbers are given before they are committed, so a message may appear just below one that is shown already. The
 * last few are therefore fetched again with what is new.
 */
const overlap = 3;

export function createTimeline(
  log: HTMLElement,
  on: {
    press: (choice: Choice) => void;
    command: (text: string) => void;
    older: () => void;
    tryNow: () => void;
    drop: (clientId: string) => void;
    backToBox: (draft: Draft, text: string) => void;
  },
): Timeline {
  const stored = new Map<number, PresentedMessage>();
  const rows = new Map<number, HTMLElement>();
  const drafts = new Map<string, { draft: Draft; state: DraftState; view: ReturnType<typeof drawDraft> }>();
  /** Files this tab sent, to show them without fetching them back. */
  const ownFiles = new Map<string, Blob>();
  /** What this tab wrote: shown as long as the tab lives, also where the room keeps none of it. */
  const ownTexts = new Map<string, string>();
  let hasMore = false;
  const toNewest = el(
    'button',
    { type: 'button', class: 'to-newest', hidden: true, click: () => scrollToEnd() },
    word('newBelow'),
  );
  log.after(toNewest);
  log.addEventListener('scroll', () => {
    if (isAtEnd()) toNewest.hidden = true;
  });

  const sequences = (): number[] => [...stored.keys()].sort((a, b) => a - b);
  const ownFile = (clientId: string | undefined): Blob | null =>
    clientId === undefined ? null : (ownFiles.get(clientId) ?? null);
  const ownWords = (clientId: string | undefined): string | null =>
    clientId === undefined ? null : (ownTexts.get(clientId) ?? null);

  function isAtEnd(): boolean {
    return log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  }

  function scrollToEnd(): void {
    log.scrollTop = log.scrollHeight;
    toNewest.hidden = true;
  }

  function rowOf(seq: number, message: PresentedMessage): HTMLElement {
    const row = rows.get(seq) ?? drawMessage(message, { press: on.press, ownFile, ownWords });
    rows.set(seq, row);
    return row;
  }

  /** Puts every row where it belongs. Rows are kept, so a screen reader hears only what is new. */
  function arrange(): void {
    const nodes: HTMLElement[] = [];
    if (stored.size === 0 && drafts.size === 0) nodes.push(drawWelcome(on.command));
    if (hasMore)
      nodes.push(el('button', { type: 'button', class: 'quiet older', click: on.older }, word('older')));
    let day = '';
    const pushDay = (at: string): void => {
      const next = dayOf(new Date(at));
      if (next !== day) nodes.push(el('p', { class: 'day' }, next));
      day = next;
    };
    let lastFrom = '';
    for (const seq of sequences()) {
      const message = stored.get(seq);
      if (!message || isEmpty(message)) continue;
      const before = day;
      pushDay(message.at);
      const row = rowOf(seq, message);
      row.classList.toggle('follows', message.from === lastFrom && before === day);
      lastFrom = message.from;
      nodes.push(row);
    }
    for (const { draft, view } of drafts.values()) {
      pushDay(new Date(draft.at).toISOString());
      nodes.push(view.row);
    }
    place(log, nodes);
    markChoices();
  }

  /** Only the last question awaits an answer. Older buttons stay pressable: the server says what became of them. */
  function markChoices(): void {
    let isAnswered = drafts.size > 0;
    let isFound = false;
    for (const seq of sequences().reverse()) {
      const message = stored.get(seq);
      if (message?.from === 'resident') isAnswered = true;
      if (!message?.choices) continue;
      rows.get(seq)?.classList.toggle('past', isAnswered || isFound);
      isFound = true;
    }
  }

  function change(edit: () => void, keepPlace = false): void {
    const wasAtEnd = isAtEnd();
    const fromBottom = log.scrollHeight - log.scrollTop;
    edit();
    arrange();
    if (keepPlace) log.scrollTop = log.scrollHeight - fromBottom;
    else if (wasAtEnd) scrollToEnd();
    else toNewest.hidden = false;
  }

  return {
    addStored(given) {
      const messages = given.filter(
        (message) => JSON.stringify(stored.get(message.seq)) !== JSON.stringify(message),
      );
      if (messages.length === 0) return;
      const isOlder = stored.size > 0 && (messages[0]?.seq ?? 0) < (sequences()[0] ?? 0);
      change(() => {
        for (const message of messages) {
          rows.delete(message.seq);
          stored.set(message.seq, message);
          if (message.clientId !== undefined) drafts.delete(message.clientId);
        }
      }, isOlder);
    },
    setMore(more) {
      hasMore = more;
      change(() => {}, true);
    },
    addDraft(draft) {
      if (draft.kind === 'file') ownFiles.set(draft.clientId, draft.file);
      else ownTexts.set(draft.clientId, draft.kind === 'text' ? draft.text : draft.label);
      const view = drawDraft(draft, {
        tryNow: on.tryNow,
        drop: () => on.drop(draft.clientId),
        backToBox: (text) => on.backToBox(draft, text),
        ownFile,
      });
      const state: DraftState = { state: 'sending' };
      view.show(state);
      change(() => drafts.set(draft.clientId, { draft, state, view }));
      scrollToEnd();
    },
    setDraftState(draft, state) {
      const entry = drafts.get(draft.clientId);
      if (!entry) return;
      change(() => {
        entry.state = state;
        entry.view.show(state);
      });
    },
    removeDraft(clientId) {
      change(() => drafts.delete(clientId), true);
    },
    redraw() {
      change(() => {
        rows.clear();
        toNewest.textContent = word('newBelow');
        for (const entry of drafts.values()) entry.view.show(entry.state);
      }, true);
    },
    empty() {
      stored.clear();
      rows.clear();
      drafts.clear();
      ownFiles.clear();
      ownTexts.clear();
      hasMore = false;
      toNewest.hidden = true;
      arrange();
    },
    firstSeq: () => sequences()[0] ?? 0,
    lastSeq: () => sequences().pop() ?? 0,
    overlapSeq: () => sequences().slice(-overlap)[0] ?? 0,
    firstUnfinished: () =>
      sequences().find((seq) => stored.get(seq)?.files?.some((file) => file.href === null)) ?? null,
  };
}

/** Rows of events that nobody said (a press without a label, an edit). */
function isEmpty({ text, venue, files, deleted, emptied }: PresentedMessage): boolean {
  return !text && !venue && !files && !deleted && !emptied;
}

/** Makes `nodes` the children without taking out and putting back those that stay. */
function place(parent: HTMLElement, nodes: HTMLElement[]): void {
  const wanted = new Set<Element>(nodes);
  for (const child of parent.querySelectorAll(':scope > *')) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    const there = parent.children[index] ?? null;
    if (there !== node) parent.insertBefore(node, there);
  });
}

function drawWelcome(command: (text: string) => void): HTMLElement {
  const chip = (text: string, label: string, css: string): HTMLElement =>
    el('button', { type: 'button', class: css, click: () => command(text) }, label);
  return el(
    'div',
    { class: 'welcome' },
    el('h2', {}, word('welcomeTitle')),
    el('p', {}, word('welcomeText')),
    chip('/start', word('start'), 'begin'),
    el('p', { class: 'or' }, word('orPick')),
    el('div', { class: 'choices' }, ...commands().map(([text, label]) => chip(text, label, 'choice'))),
    el('p', { class: 'safe' }, word('safeNote')),
  );
}

/** What a resident can ask at any time, with the page's names for it. */
export function commands(): [text: string, label: string][] {
  return [
    ['/pesan', word('book')],
    ['/curhat', word('concern')],
    ['/status', word('status')],
    ['/petugas', word('officer')],
    ['/data', word('myData')],
    ['/bantuan', word('help')],
  ];
}
