import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { hc } from 'hono/client';
import type { ClientResponse } from 'hono/client';
import type { DeskApi } from '../create-desk.ts';
import type { Refusal } from '../refusal.ts';

/** The API, typed by its routes. The content type is sent even without a body: the server takes nothing else. */
export const api = hc<DeskApi>('/desk/api', { headers: { 'content-type': 'application/json' } });

/** The server said no: `message` is the sentence for the officer. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;
  constructor(status: number, code: string, sentence: string) {
    super(sentence);
    this.code = code;
    this.status = status;
  }
}

/** What is shut to this officer for now, and whether it is theirs to open by taking it; null for any other trouble. */
export function shutDoor(error: Error): { isFree: boolean } | null {
  if (!(error instanceof Refused)) return null;
  return error.code === 'NOBODYS' ? { isFree: true } : error.code === 'NOT_YOURS' ? { isFree: false } : null;
}

export type Answer<Response> =
  Response extends ClientResponse<infer Body, number, 'json'> ? Exclude<Body, Refusal> : never;

/** What the server answers, or {@link Refused} with a sentence that can be shown as it is. */
export async function ask<R extends ClientResponse<unknown, number, string>>(
  call: Promise<R>,
): Promise<Answer<R>> {
  let response: R;
  try {
    response = await call;
  } catch {
    throw new Refused(
      0,
      'OFFLINE',
      'Tidak tersambung ke server. Periksa jaringan; yang Anda tulis tetap tersimpan di sini.',
    );
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as Answer<R>;
  throw asRefused(response.status, body);
}

export function asRefused(status: number, body: unknown): Refused {
  const error = (body as Partial<Refusal> | null)?.error;
  return new Refused(
    status,
    error?.code ?? 'BROKEN',
    error?.sentence ?? 'Ada yang rusak di sistem. Coba sekali lagi; bila tetap, hubungi admin.',
  );
}

/** A session that ended somewhere else: ask who is logged in, and the log-in page comes by itself. */
function onRefusal(error: unknown): void {
  if (error instanceof Refused && error.status === 401 && error.code === 'SIGNED_OUT')
    void queryClient.invalidateQueries({ queryKey: ['me'] });
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: onRefusal }),
  mutationCache: new MutationCache({ onError: onRefusal }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      // A no is a no; only a broken connection is worth another try.
      retry: (count, error) =>
        count < 3 && !(error instanceof Refused && error.status >= 400 && error.status < 500),
    },
  },
});

export function makeOnceKey(): string {
  // randomUUID is missing where the desk is reached by plain http on a local network.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
