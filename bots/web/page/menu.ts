import { byId, el } from './element.ts';
import { commands } from './timeline.ts';

/** The header's menu: what Bestie can be asked at any time, and the page's own two settings. */
export function createMenu(on: {
  command: (text: string) => void;
  language: () => void;
  clear: () => void;
}): {
  redraw(): void;
} {
  const button = byId('menu-button', HTMLButtonElement);
  const menu = byId('menu');

  function show(isOpen: boolean): void {
    menu.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) menu.querySelector('button')?.focus();
  }

  function redraw(): void {
    byId('menu-commands').replaceChildren(
      ...commands().map(([text, label]) =>
        el('button', { type: 'button', click: () => choose(() => on.command(text)) }, label),
      ),
    );
  }

  function choose(act: () => void): void {
    show(false);
    button.focus();
    act();
  }

  button.addEventListener('click', () => show(menu.hidden === true));
  byId('language').addEventListener('click', () => choose(on.language));
  byId('clear').addEventListener('click', () => choose(on.clear));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !menu.hidden) choose(() => {});
  });
  document.addEventListener('click', (event) => {
    if (event.target instanceof Node && !menu.contains(event.target) && !button.contains(event.target))
      show(false);
  });
  redraw();
  return { redraw };
}
