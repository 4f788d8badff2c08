import { createHash } from 'node:crypto';
import webPush from 'web-push';
import { z } from 'zod';
import type { PushKeys } from './push-keys.ts';

/** A browser that an officer has turned notifications on in, as it is sealed in `officer_contact`. */
export const pushSubscriptionSchema = z.object({
  /** Where the browser's maker takes messages for it. */
  endpoint: z.url().max(1000),
  keys: z.object({
    p256dh: z.string().regex(/^[\w-]{80,100}={0,2}$/),
    auth: z.string().regex(/^[\w-]{16,40}={0,2}$/),
  }),
  /** What the officer calls it: `Chrome di Android`. */
  device: z.string().max(80),
});
export type PushSubscription = z.output<typeof pushSubscriptionSchema>;

/**
 * What a locked screen shows, for anybody who looks at it: never a resident's word, name or number. `path` is where
 * it leads, below the desk.
 */
export type PushNote = {
  readonly title: string;
  readonly body: string;
  readonly path: string;
  /** A later note with the same tag takes the place of the earlier one. */
  readonly tag: string;
  /** Wakes a sleeping phone, stays until it is seen to, and shows even over an open desk. */
  readonly isUrgent: boolean;
};

export type PushResult =
  | { kind: 'sent' }
  /** The browser has unsubscribed: never try again. */
  | { kind: 'gone' }
  /** A passing failure, or one that is ours to mend: the subscription stays. */
  | { kind: 'retry'; reason: string };

export type WebPush = {
  /** What a browser subscribes with. */
  readonly publicKey: string;
  /** Whether it is a place that a browser could have named: we call no other address for anybody. */
  accepts(endpoint: string): boolean;
  send(subscription: PushSubscription, note: PushNote): Promise<PushResult>;
};

/** The push services of Chrome and its kin, Firefox, Edge and Safari. */
const services = [
  /^fcm\.googleapis\.com$/,
  /\.push\.services\.mozilla\.com$/,
  /\.notify\.windows\.com$/,
  /^([\w-]+\.)?push\.apple\.com$/,
];

const timeoutMs = 10_000;

/** Sends encrypted notes (RFC 8291) to browsers through their makers' services, who cannot read them. */
export function createWebPush(options: {
  keys: PushKeys;
  /** Whom a push service may turn to: an https or mailto address. */
  subject: string;
  /** Another service that is taken for one, by its origin. For tests. */
  alsoAccept?: string;
}): WebPush {
  const { keys, subject, alsoAccept } = options;
  const accepts = (endpoint: string): boolean => {
    if (!URL.canParse(endpoint)) return false;
    const { protocol, hostname, origin, port } = new URL(endpoint);
    if (alsoAccept !== undefined && origin === alsoAccept) return true;
    return protocol === 'https:' && port === '' && services.some((service) => service.test(hostname));
  };
  return {
    publicKey: keys.publicKey,
    accepts,
    send: async (subscription, note) => {
      if (!accepts(subscription.endpoint)) return { kind: 'gone' };
      try {
        const request = webPush.generateRequestDetails(subscription, JSON.stringify(note), {
          vapidDetails: { subject, ...keys },
          contentEncoding: 'aes128gcm',
          // Old news is no news: a chat that waited since the night is in the queue anyway.
          TTL: note.isUrgent ? 4 * 3600 : 15 * 60,
          urgency: note.isUrgent ? 'high' : 'normal',
          topic: createHash('sha256').update(note.tag).digest('base64url').slice(0, 32),
        });
        const response = await fetch(request.endpoint, {
          method: 'POST',
          headers: request.headers as Record<string, string>,
          body: new Uint8Array(request.body),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        });
        await response.body?.cancel();
        if (response.ok) return { kind: 'sent' };
        if (response.status === 404 || response.status === 410) return { kind: 'gone' };
        return { kind: 'retry', reason: `the push service answered ${response.status}` };
      } catch (error) {
        // The error may hold the endpoint, which is a secret of the officer's browser: its name is enough.
        return { kind: 'retry', reason: error instanceof Error ? error.name : 'unknown' };
      }
    },
  };
}
