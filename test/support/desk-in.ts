import { hashToken, makeToken } from '../../src/desk/passwords.ts';
import type { Role } from '../../src/desk/policy.ts';
import type { RoomUnderTest } from './room.ts';

export type DeskIn = {
  id: string;
  /** Status and JSON, whatever they are. */
  asks(path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  get<T>(path: string): Promise<T>;
  post<T = unknown>(path: string, body?: unknown): Promise<T>;
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
  const asks = async (path: string, body?: unknown) => {
    const request = new Request(`http://127.0.0.1:3000/desk/api${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { cookie: `bestie_desk=${token}`, 'content-type': 'application/json' },
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
  };
}
