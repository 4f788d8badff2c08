// The desk's worker: keeps the program, never a resident's word. No imports: it is one file.
/** Put in by vite-plugin.ts: a hash over all of the program, and its files. */
declare const __SHELL__: { hash: string; files: readonly string[] };

const worker = self as unknown as ServiceWorkerGlobalScope;
const shell = __SHELL__;
const prefix = 'bestie-desk-';
const cacheName = `${prefix}${shell.hash}`;
const base = '/desk/';

worker.addEventListener('install', (event) => {
  const files = shell.files.map((file) => new Request(base + file, { cache: 'reload' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlder().then(() => worker.clients.claim()));
});

async function forgetOlder(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name)),
  );
}

/** "Muat ulang" was pressed: this version takes over, and the page that asked loads again. */
worker.addEventListener('message', (event) => {
  if (event.data === 'take over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin || !pathname.startsWith('/desk')) return;
  // Answers of the API hold what residents wrote: they go past, and nothing of them is kept.
  if (pathname.startsWith(`${base}api/`)) return;
  if (request.mode === 'navigate') event.respondWith(pageOrOffline(request));
  else if (shell.files.includes(pathname.slice(base.length))) event.respondWith(keptOrNetwork(request));
});

/** Pages come from the server, so that a reload is always the newest; without it, one that says so. */
async function pageOrOffline(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    // What a proxy says while Bestie starts again.
    if (response.status < 502 || response.status > 504) return response;
  } catch {
    // No connection.
  }
  return (await caches.match(`${base}offline.html`)) ?? Response.error();
}

async function keptOrNetwork(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName })) ?? fetch(request);
}

type Note = { title: string; body: string; path: string; tag: string; isUrgent: boolean };

worker.addEventListener('push', (event) => {
  const note = event.data?.json() as Note | undefined;
  if (note) event.waitUntil(show(note));
});

/** Who looks at the desk sees it there; danger is shown all the same. */
async function show(note: Note): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const isLookedAt = windows.some((window) => window.visibilityState === 'visible');
  if (isLookedAt && !note.isUrgent) return;
  await worker.registration.showNotification(note.title, {
    body: note.body,
    tag: note.tag,
    icon: `${base}icon-192.png`,
    badge: `${base}badge-96.png`,
    lang: 'id',
    requireInteraction: note.isUrgent,
    data: { path: note.path },
  });
}

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { path } = event.notification.data as { path: string };
  event.waitUntil(lead(path.startsWith(base) ? path : base));
});

async function lead(path: string): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window' });
  const desk = windows.find((window) => new URL(window.url).pathname.startsWith('/desk'));
  if (!desk) {
    await worker.clients.openWindow(path);
    return;
  }
  await desk.focus();
  // The page goes there by itself, without loading again and losing what is being written.
  desk.postMessage({ go: path });
}
