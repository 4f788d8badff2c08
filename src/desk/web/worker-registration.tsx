import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';

const lookEveryMs = 60 * 60_000;
let registration: ServiceWorkerRegistration | null = null;
let goTo: ((path: string) => void) | null = null;

/** Notes lead to a page of an open desk without loading it again. */
export function onLead(go: (path: string) => void): () => void {
  goTo = go;
  return () => void (goTo = null);
}

/** Has the desk installable and told of; missing on plain http, where browsers have no workers. */
export async function startWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ go?: string }>) => {
    if (data.go) goTo?.(data.go.replace(/^\/desk/, ''));
  });
  try {
    registration = await serviceWorker.register('/desk/sw.js', { scope: '/desk', updateViaCache: 'none' });
  } catch {
    // Forbidden or out of room: the desk works without.
    return;
  }
  // A browser that forbids it may also answer with nothing.
  if (!registration) return;
  if (registration.waiting) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const next = registration?.installing;
    next?.addEventListener('statechange', () => {
      // The first of all has nobody to take over from.
      if (next.state === 'installed' && serviceWorker.controller) offer(next);
    });
  });
  setInterval(lookForUpdate, lookEveryMs);
}

/** A desk is open for days; the server says by a broken line that it may have been updated. */
export function lookForUpdate(): void {
  registration?.update().catch(() => {
    // Offline: the next look finds it.
  });
}

/** An officer may be in the middle of a sentence: the page loads again when they say so. */
function offer(next: ServiceWorker): void {
  const takeOver = (): void => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    next.postMessage('take over');
  };
  notifications.show({
    id: 'update',
    title: 'Meja petugas diperbarui',
    autoClose: false,
    message: (
      <>
        Yang sedang Anda tulis tetap tersimpan.{' '}
        <Button size="compact-xs" onClick={takeOver}>
          Muat ulang
        </Button>
      </>
    ),
  });
}
