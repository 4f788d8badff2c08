import type { PresentedFile } from '../page-contract.ts';
import { getBlob } from './api.ts';
import { el, icon } from './element.ts';
import { word } from './words.ts';

/**
 * A file in a bubble. Photos and recordings are fetched when they are asked for, not when they are scrolled past:
 * data is dear here. What this tab sent itself is shown at once from memory.
 */
export function drawFile(file: PresentedFile, own: Blob | null): HTMLElement {
  const type = file.mime.split('/')[0] ?? '';
  const isPlayable = type === 'audio' || type === 'video';
  const isShown = isPlayable || /^image\/(jpeg|png|webp|gif)/.test(file.mime);
  if (isShown && own) return el('div', { class: 'media' }, openMedia(own, file));
  const name = file.name || nameOf(file);
  const label = el(
    'span',
    { class: 'file-label' },
    el('span', { class: 'file-name' }, isShown ? nameOf(file) : name),
    file.size === null || file.mime.startsWith('text/calendar')
      ? null
      : el('span', { class: 'file-size' }, sizeOf(file.size)),
  );
  const picture = el(
    'span',
    { class: 'file-icon' },
    icon(
      isPlayable ? 'play' : isShown ? 'photo' : file.mime.startsWith('text/calendar') ? 'calendar' : 'file',
    ),
  );
  if (file.href === null) {
    label.append(el('span', { class: 'file-size' }, word('kept')));
    return el('div', { class: 'file' }, picture, label);
  }
  const href = file.href;
  if (!isShown) {
    const action = word(file.mime.startsWith('text/calendar') ? 'saveCalendar' : 'download');
    label.append(el('span', { class: 'file-action' }, action));
    return el('a', { class: 'file', href, download: name }, picture, label);
  }
  label.append(el('span', { class: 'file-action' }, word(isPlayable ? 'play' : 'show')));
  const button = el('button', { class: 'file', type: 'button' }, picture, label);
  button.addEventListener('click', () => {
    button.disabled = true;
    void (async () => {
      const blob = await getBlob(href);
      button.disabled = false;
      if (!blob) return;
      const media = openMedia(blob, file);
      button.replaceWith(el('div', { class: 'media' }, media));
      if (media instanceof HTMLMediaElement) void media.play().catch(() => media.focus());
    })();
  });
  return button;
}

function openMedia(blob: Blob, file: PresentedFile): HTMLElement {
  const src = URL.createObjectURL(blob);
  if (file.mime.startsWith('audio/')) return el('audio', { src, controls: true, 'aria-label': nameOf(file) });
  if (file.mime.startsWith('video/')) {
    return el('video', { src, controls: true, playsinline: true, 'aria-label': nameOf(file) });
  }
  return el('img', { src, alt: file.name || nameOf(file) });
}

function nameOf(file: PresentedFile): string {
  if (file.kind === 'photo') return word('photo');
  if (file.kind === 'video') return word('video');
  if (file.kind === 'voice' || file.kind === 'audio') return word('voice');
  return word('document');
}

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
