import type { MessagesAnswer, RefusalAnswer } from '../page-contract.ts';

/** What a write came to. `again`: keep it and repeat it; `refused`: repeating would not help. */
export type Written =
  | { outcome: 'stored' }
  | { outcome: 'again'; afterMs: number | null; code: string | null }
  | { outcome: 'refused'; code: string; message: string };

const base = '/chat/api';

export async function postJson(path: string, body: unknown): Promise<Written> {
  return post(path, { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

export async function postForm(path: string, body: FormData): Promise<Written> {
  return post(path, { body });
}

async function post(path: string, init: RequestInit): Promise<Written> {
  let response: Response;
  try {
    response = await fetch(base + path, { method: 'POST', credentials: 'same-origin', ...init });
  } catch {
    return { outcome: 'again', afterMs: null, code: null };
  }
  if (response.ok) return { outcome: 'stored' };
  const answer = (await response.json().catch(() => null)) as RefusalAnswer | null;
  const retry = answer ? answer.error.retry : response.status >= 500;
  if (!retry) {
    return { outcome: 'refused', code: answer?.error.code ?? '', message: answer?.error.message ?? '' };
  }
  const after = Number(response.headers.get('Retry-After'));
  return { outcome: 'again', afterMs: after > 0 ? after * 1000 : null, code: answer?.error.code ?? null };
}

/** Null when the room cannot be reached just now. */
export async function getMessages(query: string): Promise<MessagesAnswer | null> {
  try {
    const response = await fetch(`${base}/messages${query}`, {
      credentials: 'same-origin',
      cache: 'no-store',
    });
    return response.ok ? ((await response.json()) as MessagesAnswer) : null;
  } catch {
    return null;
  }
}

/** How far the messages count as read, or null. */
export async function postSeen(from: number, to: number): Promise<number | null> {
  try {
    const response = await fetch(`${base}/seen`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ from, to }),
    });
    return response.ok ? ((await response.json()) as { upTo: number }).upTo : null;
  } catch {
    return null;
  }
}

export async function getBlob(href: string): Promise<Blob | null> {
  try {
    const response = await fetch(href, { credentials: 'same-origin' });
    return response.ok ? await response.blob() : null;
  } catch {
    return null;
  }
}

/** `keepalive`: it still goes out while the page is being left. */
export async function postLeave(): Promise<boolean> {
  try {
    const response = await fetch(`${base}/leave`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
      keepalive: true,
    });
    return response.ok;
  } catch {
    return false;
  }
}
