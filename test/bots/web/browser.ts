import { randomUUID } from 'node:crypto';
import type { MessagesAnswer, RefusalAnswer } from '../../../bots/web/page-contract.ts';

/** What a browser does to the routes, without one: keeps its cookie and says where a request comes from. */
export type Browser = {
  cookie: string | null;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  postRaw(path: string, init: RequestInit): Promise<Response>;
  upload(file: File, fields?: Record<string, string>): Promise<Response>;
  say(text: string, clientId?: string): Promise<Response>;
  messages(query?: string): Promise<MessagesAnswer>;
};

/** Whoever answers requests: a Hono app, or a whole room. */
type Site = { request(path: string, init: RequestInit): Response | Promise<Response> };

export function createBrowser(routes: Site): Browser {
  async function request(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers({ 'Sec-Fetch-Site': 'same-origin' });
    if (browser.cookie) headers.set('Cookie', browser.cookie);
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    const response = await routes.request(path, { ...init, headers });
    const made = response.headers.get('set-cookie');
    if (made) browser.cookie = /Max-Age=0/i.test(made) ? null : (made.split(';')[0] ?? null);
    return response;
  }

  const browser: Browser = {
    cookie: null,
    get: (path, headers = {}) => request(path, { headers }),
    post: (path, body, headers = {}) =>
      request(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    postRaw: (path, init) => request(path, { method: 'POST', ...init }),
    upload(file, fields = {}) {
      const form = new FormData();
      for (const [name, value] of Object.entries({ clientId: randomUUID(), ...fields }))
        form.set(name, value);
      form.set('file', file);
      return request('/chat/api/file', { method: 'POST', body: form });
    },
    say: (text, clientId = randomUUID()) => browser.post('/chat/api/message', { clientId, text }),
    async messages(query = '') {
      return (await (await browser.get(`/chat/api/messages${query}`)).json()) as MessagesAnswer;
    },
  };
  return browser;
}

export async function refusalOf(response: Response): Promise<RefusalAnswer['error'] & { status: number }> {
  const answer = (await response.json()) as RefusalAnswer;
  return { ...answer.error, status: response.status };
}
