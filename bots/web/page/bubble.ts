import type { PresentedMessage } from '../page-contract.ts';
import { drawFile } from './attachment.ts';
import { el, icon } from './element.ts';
import { linkedText } from './linked-text.ts';
import type { Draft, DraftState } from './outbox.ts';
import { timeOf } from './wita.ts';
import { isWordKey, word } from './words.ts';

export type Choice = { token: string; label: string };

/** More choices than this (the 51 kelurahan) are folded, so that the question stays in sight. */
const foldedAbove = 14;

export function drawMessage(
  message: PresentedMessage,
  on: {
    press: (choice: Choice) => void;
    ownFile: (clientId: string | undefined) => Blob | null;
    ownWords: (clientId: string | undefined) => string | null;
  },
): HTMLElement {
  const side = message.from === 'resident' ? 'mine' : 'theirs';
  const body = el('div', { class: 'bubble' });
  if (message.deleted) body.append(el('p', { class: 'gone' }, word('deleted')));
  const said = message.text ?? (message.emptied ? on.ownWords(message.clientId) : null);
  if (message.emptied && said === null) body.append(el('p', { class: 'gone' }, word('emptied')));
  if (said) {
    const text = message.from === 'resident' ? [said] : linkedText(said);
    body.append(el('p', { class: 'text', dir: 'auto' }, ...text));
  }
  if (message.venue) body.append(drawVenue(message.venue));
  for (const file of message.files ?? []) body.append(drawFile(file, on.ownFile(message.clientId)));
  const time = el('time', { datetime: message.at }, timeOf(new Date(message.at)));
  body.append(el('p', { class: 'meta' }, message.edited ? `${word('edited')} · ` : null, time));
  const row = el('div', { class: `message ${side} ${message.from}` }, author(message.from), body);
  if (message.choices) row.append(drawChoices(message.choices, on.press));
  return row;
}

export function drawDraft(
  draft: Draft,
  on: {
    tryNow: () => void;
    drop: () => void;
    backToBox: (text: string) => void;
    ownFile: (id: string) => Blob | null;
  },
): { row: HTMLElement; show(state: DraftState): void } {
  const body = el('div', { class: 'bubble' });
  if (draft.kind === 'file') {
    const kind = draft.voice ? 'voice' : draft.file.type.startsWith('image/') ? 'photo' : 'document';
    const { name, type: mime, size } = draft.file;
    body.append(drawFile({ kind, name, mime, size, href: null }, on.ownFile(draft.clientId)));
  } else {
    body.append(el('p', { class: 'text', dir: 'auto' }, draft.kind === 'text' ? draft.text : draft.label));
  }
  const state = el('p', { class: 'meta' });
  const actions = el('div', { class: 'draft-actions' });
  body.append(state);
  const row = el('div', { class: 'message mine resident draft' }, author('resident'), body, actions);

  return {
    row,
    show(next) {
      row.classList.toggle('refused', next.state === 'refused');
      if (next.state === 'refused') {
        const reason = isWordKey(next.code) ? word(next.code) : next.message;
        state.replaceChildren(`${word('refused')} ${reason}`);
        const edit =
          draft.kind === 'text' ? [quietButton(word('backToBox'), () => on.backToBox(draft.text))] : [];
        actions.replaceChildren(
          ...edit,
          quietButton(word('drop'), () => on.drop()),
        );
        return;
      }
      state.replaceChildren(word(next.state));
      actions.replaceChildren(
        ...(next.state === 'waiting' ? [quietButton(word('tryNow'), () => on.tryNow())] : []),
      );
    },
  };
}

function quietButton(label: string, press: () => void): HTMLElement {
  return el('button', { type: 'button', class: 'quiet', click: press }, label);
}

function author(from: PresentedMessage['from']): HTMLElement {
  const name = word(from === 'resident' ? 'fromYou' : from === 'officer' ? 'fromOfficer' : 'fromBot');
  return el('p', { class: 'author' }, name);
}

function drawChoices(choices: Choice[], press: (choice: Choice) => void): HTMLElement {
  const group = el('div', { class: 'choices', role: 'group', 'aria-label': word('choices') });
  const buttons = choices.map((choice) =>
    el('button', { type: 'button', class: 'choice', click: () => press(choice) }, choice.label),
  );
  group.append(...buttons);
  if (buttons.length > foldedAbove) {
    const folded = buttons.slice(foldedAbove - 4);
    for (const button of folded) button.hidden = true;
    const unfold = el('button', { type: 'button', class: 'quiet' }, `${word('showAll')} (${choices.length})`);
    unfold.addEventListener('click', () => {
      for (const button of folded) button.hidden = false;
      unfold.remove();
      folded[0]?.focus();
    });
    group.append(unfold);
  }
  return group;
}

function drawVenue(venue: NonNullable<PresentedMessage['venue']>): HTMLElement {
  const { latitude, longitude, title, address } = venue;
  const at = `${latitude},${longitude}`;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  return el(
    'div',
    { class: 'venue' },
    el('div', { class: 'venue-head' }, icon('pin')),
    el('p', { class: 'venue-title' }, title),
    el('p', { class: 'venue-address' }, address),
    el(
      'p',
      { class: 'venue-links' },
      el('a', { href: `geo:${at}?q=${at}(${encodeURIComponent(title)})` }, word('openMap')),
      el('a', { href: map, target: '_blank', rel: 'noopener noreferrer' }, word('onOsm')),
    ),
  );
}
