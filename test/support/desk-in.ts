import { hashToken, makeToken } from '../../src/desk/passwords.ts';
import type { Role } from '../../src/desk/policy.ts';
import type { RoomUnderTest } from './room.ts';

export type DeskIn = {
  id: string;
  /** Status and JSON, whatever they are. */
  asks(path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  get<T>(path: string): Promise<T>;
  post<T = unknown>(path: string, body?: unknown): Promise<T>;
  /** Sends bytes to a path; answers the status. */
  uploads(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<number>;
  /** What a path gives as it is: status and bytes. */
  fetches(path: string): Promise<{ status: number; bytes: Uint8Array }>;
};

/** The desk of a room under test, over the app's own HTTP, as somebody who is logged in. */
export async function deskIn(room: RoomUnderTest, role: Role = 'admin', name = 'Rini Benu'): Promise<DeskIn> {
  const now = room.clock.now();
  const [officer] = await room.rows<{ id: string }>(
    `INSERT INTO officer (login, name, role, password_hash, created_at) VALUES ($1, $2, $3, 'none', $4) RETURNING id`,
    [name.toLowerCase().replace(/\s/g, '.'), name, role, now],
  );
  const token = makeToken();
  await room.rows(
    `INSERT INTO officer_session (token_hash, officer_id, created_at, last_seen_at, expires_at)
     VALUES ($1, $2, $3, $3, $4)`,
    [hashToken(token), officer?.id, now, new Date(now.getTime() + 12 * 3_600_000)],
  );
  const url = (path: string) => `http://127.0.0.1:3000/desk/api${path}`;
  const cookie = `bestie_desk=${token}`;
  const asks = async (path: string, body?: unknown) => {
    const request = new Request(url(path), {
      method: body === undefined ? 'GET' : 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const response = await room.app.fetch(request);
    return { status: response.status, body: await response.json() };
  };
  const expectOk = async <T>(path: string, body?: unknown): Promise<T> => {
    const answer = await asks(path, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  };
  return {
    id: officer?.id ?? '',
    asks,
    get: (path) => expectOk(path),
    post: (path, body = {}) => expectOk(path, body),
    uploads: async (path, bytes) => {
      const init = { method: 'PUT', headers: { cookie }, body: bytes };
      return (await room.app.fetch(new Request(url(path), init))).status;
    },
    fetches: async (path) => {
      const response = await room.app.fetch(new Request(url(path), { headers: { cookie } }));
      return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
    },
  };
}
