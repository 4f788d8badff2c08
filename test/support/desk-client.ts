/** The desk as a browser uses it, without the browser: one cookie, JSON in and out. */
export type DeskClient = {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  /** Status and body, whatever they are. */
  tries(path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
};

export function createDeskClient(url: string): DeskClient {
  let cookie = '';
  const request = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/desk/api${path}`, {
      method,
      headers: { cookie, origin: url, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    const set = response.headers.getSetCookie().map((one) => one.split(';')[0]);
    if (set.length > 0) cookie = set.join('; ');
    return { status: response.status, body: await response.json() };
  };
  const expectOk = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await request(method, path, body);
    if (answer.status !== 200)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  };
  return {
    get: (path) => expectOk('GET', path),
    post: (path, body) => expectOk('POST', path, body),
    tries: (path, body) => request(body === undefined ? 'GET' : 'POST', path, body),
  };
}
