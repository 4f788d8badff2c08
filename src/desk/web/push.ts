import { api, ask } from './api.ts';

const kept = 'bestie.push';

/** Why notes cannot be turned on here, as a sentence; null where they can. */
export function whyNoPush(): string | null {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) {
    return isApple()
      ? 'Di iPhone, pasang dulu meja ini ke layar utama (Bagikan, lalu Tambah ke Layar Utama), dan buka dari sana.'
      : 'Peramban ini tidak mendukung pemberitahuan, atau meja dibuka tanpa https.';
  }
  if (Notification.permission === 'denied')
    return 'Pemberitahuan untuk situs ini diblokir di peramban. Izinkan dulu di pengaturan peramban.';
  return null;
}

/** The row of this very browser; null where notes are off. */
export async function myDevice(): Promise<string | null> {
  if (whyNoPush() !== null) return null;
  const registration = await navigator.serviceWorker.getRegistration('/desk');
  const subscription = await registration?.pushManager.getSubscription();
  return subscription ? localStorage.getItem(kept) : null;
}

/** Asks the officer, then the browser, then the desk. Throws a {@link Refused} or an Error with a sentence. */
export async function turnOn(publicKey: string): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted')
    throw new Error('Pemberitahuan belum diizinkan.');
  const registration = await navigator.serviceWorker.ready;
  const earlier = await registration.pushManager.getSubscription();
  // Made with other keys (the server has new ones), it would never ring.
  if (earlier && keyOf(earlier) !== publicKey) await earlier.unsubscribe();
  let subscription: PushSubscription;
  try {
    subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: publicKey,
    });
  } catch {
    throw new Error('Peramban tidak bisa menghubungi layanan pemberitahuannya. Coba lagi nanti.');
  }
  const { endpoint, keys } = subscription.toJSON();
  const { id } = await ask(
    api.me.push.$post({
      json: {
        endpoint: endpoint ?? '',
        keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' },
        device: deviceName(navigator.userAgent),
      },
    }),
  );
  localStorage.setItem(kept, id);
}

/** Turns a device off; this one also at the browser. */
export async function turnOff(id: string): Promise<void> {
  await ask(api.me.push[':id'].remove.$post({ param: { id } }));
  if (localStorage.getItem(kept) !== id) return;
  localStorage.removeItem(kept);
  const registration = await navigator.serviceWorker.getRegistration('/desk');
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

function keyOf(subscription: PushSubscription): string {
  const bytes = new Uint8Array(subscription.options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function isApple(): boolean {
  return /iPhone|iPad/.test(navigator.userAgent);
}

/** `Chrome di Android`, as the officer knows it. */
export function deviceName(agent: string): string {
  const browsers: [RegExp, string][] = [
    [/Edg/, 'Edge'],
    [/OPR/, 'Opera'],
    [/SamsungBrowser/, 'Samsung Internet'],
    [/Firefox|FxiOS/, 'Firefox'],
    [/Chrome|CriOS/, 'Chrome'],
    [/Safari/, 'Safari'],
  ];
  const systems: [RegExp, string][] = [
    [/Android/, 'Android'],
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Windows/, 'Windows'],
    [/Mac OS/, 'Mac'],
    [/Linux|CrOS/, 'Linux'],
  ];
  const name = (of: [RegExp, string][], fallback: string): string =>
    of.find(([pattern]) => pattern.test(agent))?.[1] ?? fallback;
  return `${name(browsers, 'Peramban')} di ${name(systems, 'perangkat ini')}`;
}
