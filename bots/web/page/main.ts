import { getMessages, postSeen } from './api.ts';
import { createComposer } from './composer.ts';
import { byId } from './element.ts';
import { forgetHere, isForgetting, quickExit } from './leave.ts';
import { createLive } from './live.ts';
import { createMenu } from './menu.ts';
import { createOutbox, newClientId, type Draft } from './outbox.ts';
import { createTimeline } from './timeline.ts';
import type { RoomCard } from '../page-contract.ts';
import { openingOf } from './wita.ts';
import { language, speak, word, type Language } from './words.ts';

const log = byId('log');
const hint = byId('hint');
let known = false;
let seenUpTo = 0;
let room: RoomCard | null = null;
let looking: Promise<void> | null = null;
let lookAgain = false;

const timeline = createTimeline(log, {
  press: (choice) => add({ kind: 'choice', ...choice }),
  command: (text) => add({ kind: 'text', text }),
  older: () => void loadOlder(),
  tryNow: () => outbox.retryNow(),
  drop,
  backToBox(draft, text) {
    drop(draft.clientId);
    composer.write(text);
  },
});

const outbox = createOutbox({
  changed: (draft, state) => timeline.setDraftState(draft, state),
  isKnown: () => known,
  async stored() {
    await look();
    if (!known) hint.textContent = word('noCookie');
    else live.open();
  },
});

const composer = createComposer({
  text: (text) => add({ kind: 'text', text }),
  file: (file, voice) => add({ kind: 'file', file, voice: voice !== null, seconds: voice?.seconds ?? null }),
  noMicrophone() {
    hint.textContent = word('noMic');
  },
});

const live = createLive({
  look: () => void look(),
  connected(isConnected) {
    if (!isConnected) hint.textContent = word('offline');
    else if (hint.textContent === word('offline')) hint.replaceChildren();
  },
});

const menu = createMenu({
  command: (text) => add({ kind: 'text', text }),
  language: () => choose(language() === 'id' ? 'en' : 'id'),
  clear() {
    if (!confirm(word('clearConfirm'))) return;
    clearScreen();
    void forgetHere();
  },
});

type NewDraft = Draft extends infer D ? (D extends Draft ? Omit<D, 'clientId' | 'at'> : never) : never;

function add(what: NewDraft): void {
  const draft = { ...what, clientId: newClientId(), at: Date.now() };
  timeline.addDraft(draft);
  outbox.add(draft);
}

function drop(clientId: string): void {
  outbox.drop(clientId);
  timeline.removeDraft(clientId);
}

/** Fetches what is new. One at a time; a ring in the meantime means one more. */
function look(): Promise<void> {
  if (looking) {
    lookAgain = true;
    return looking;
  }
  looking = (async () => {
    do {
      lookAgain = false;
      await lookOnce();
    } while (lookAgain);
  })().finally(() => {
    looking = null;
  });
  return looking;
}

async function lookOnce(): Promise<void> {
  const last = timeline.lastSeq();
  const unfinished = timeline.firstUnfinished();
  const overlap = timeline.overlapSeq();
  const after = unfinished === null ? overlap : Math.min(overlap, unfinished - 1);
  const answer = await getMessages(last === 0 ? '' : `?after=${after}`);
  if (!answer) return;
  known = answer.known;
  if (answer.room) {
    room = answer.room;
    showRoom();
  }
  timeline.addStored(answer.messages);
  if (last === 0) timeline.setMore(answer.more);
  else if (answer.more && timeline.lastSeq() > last) lookAgain = true;
  await tellSeen();
}

async function tellSeen(): Promise<void> {
  const to = timeline.lastSeq();
  if (document.hidden || !known || to <= seenUpTo) return;
  const upTo = await postSeen(Math.max(seenUpTo + 1, timeline.firstSeq()), to);
  if (upTo !== null) seenUpTo = Math.max(seenUpTo, upTo);
}

async function loadOlder(): Promise<void> {
  const answer = await getMessages(`?before=${timeline.firstSeq()}`);
  if (!answer) return;
  timeline.addStored(answer.messages);
  timeline.setMore(answer.more);
}

function showRoom(): void {
  if (!room) return;
  const opening = openingOf(room.openWeekdays, room.hours.opens, room.hours.closes);
  for (const id of ['opening', 'about-opening']) byId(id).textContent = opening;
  byId('place').textContent = room.place;
  byId('about-place').textContent = `${room.place}, ${room.address}`;
}

function choose(next: Language): void {
  try {
    localStorage.setItem('bestie.lang', next);
  } catch {
    // Forgotten at the next visit, no more.
  }
  switchTo(next, { isChosen: true });
}

function switchTo(next: Language, how: { isChosen: boolean }): void {
  speak(next, how);
  const other = byId('language');
  other.textContent = next === 'id' ? 'English' : 'Bahasa Indonesia';
  other.lang = next === 'id' ? 'en' : 'id';
  menu.redraw();
  timeline.redraw();
  showRoom();
}

function clearScreen(): void {
  live.close();
  outbox.empty();
  composer.empty();
  timeline.empty();
  hint.replaceChildren();
  known = false;
  seenUpTo = 0;
}

async function begin(): Promise<void> {
  let saved: string | null = null;
  try {
    saved = localStorage.getItem('bestie.lang');
  } catch {
    // Indonesian, then.
  }
  switchTo(saved === 'en' ? 'en' : 'id', { isChosen: saved !== null });
  if (isForgetting() && !(await forgetHere())) {
    // Cannot reach the server that holds the cookie: show nothing of the one before.
    hint.textContent = word('offline');
    addEventListener('online', () => location.reload(), { once: true });
    return;
  }
  await look();
  log.setAttribute('aria-busy', 'false');
  if (known) live.open();
  for (const draft of outbox.restore()) timeline.addDraft(draft);
}

byId('exit').addEventListener('click', () =>
  quickExit(() => {
    clearScreen();
    document.body.replaceChildren();
  }),
);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && known) void look();
});
// The browser kept the whole page and brings it back: after a quick exit it must not.
addEventListener('pageshow', (event) => {
  if (event.persisted && (isForgetting() || document.body.childElementCount === 0)) location.reload();
});

void begin();
