import { hashToken, makeToken } from '../../src/desk/passwords.ts';
import type { Role } from '../../src/desk/policy.ts';
import type { Mail } from '../../src/mail/mailer.ts';
import type { RoomUnderTest } from './room.ts';

export type ReferralView = {
  id: string;
  version: number;
  status: string;
  summary: string;
  packet: string;
  isNameShared: boolean;
  isApproved: boolean;
  laporId: string | null;
  expectedBy: string | null;
  overdue: string | null;
  clocks: { clock: string; dueOn: string; isMet: boolean; isOverdue: boolean; chasedAt: string | null }[];
  letters: { kind: string; status: string; attempts: number; sentence: string }[];
  events: { kind: string; by: string; words: string | null; betterAgencyId: string | null }[];
  may: Record<string, unknown>;
};

type Answer<T = Record<string, unknown>> = { status: number; body: T };

/** An officer who refers concerns at the desk, over the app's own HTTP. Each request has a session of that moment. */
export async function referrerIn(room: RoomUnderTest, role: Role = 'officer', name = 'Maria Lay') {
  const [row] = await room.rows<{ id: string }>(
    `INSERT INTO officer (login, name, role, password_hash, created_at) VALUES ($1, $2, $3, 'none', $4) RETURNING id`,
    [name.toLowerCase().replace(/\s/g, '.'), name, role, room.clock.now()],
  );
  const officerId = row?.id ?? '';
  const fetches = async (path: string, body?: unknown): Promise<Response> => {
    const token = makeToken();
    const now = room.clock.now();
    await room.rows(
      `INSERT INTO officer_session (token_hash, officer_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)`,
      [hashToken(token), officerId, now, new Date(now.getTime() + 3_600_000)],
    );
    const response = await room.app.fetch(
      new Request(`http://127.0.0.1:3000/desk/api${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { cookie: `bestie_desk=${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    await room.settles();
    return response;
  };
  const asks = async <T = Record<string, unknown>>(path: string, body?: unknown): Promise<Answer<T>> => {
    const response = await fetches(path, body);
    return { status: response.status, body: (await response.json()) as T };
  };
  const idOf = async (code: string) => {
    const [concern] = await room.rows<{ id: string }>(`SELECT id FROM concern WHERE code = $1`, [code]);
    return concern?.id ?? '';
  };
  const reads = async (code: string): Promise<ReferralView[]> => {
    const { body } = await asks<{ referrals: ReferralView[] }>(`/concerns/${await idOf(code)}/referral`);
    return body.referrals;
  };
  const newest = async (code: string): Promise<ReferralView> => {
    const [referral] = await reads(code);
    if (!referral) throw new Error(`${code} has no referral`);
    return referral;
  };
  /** A step on the newest referral, in the version that stands. */
  const steps = async (code: string, step: string, body: Record<string, unknown> = {}) => {
    const { id, version } = await newest(code);
    return asks(`/referrals/${id}/${step}`, { version, ...body });
  };
  return {
    id: officerId,
    asks,
    fetches,
    idOf,
    reads,
    newest,
    steps,
    async takes(code: string) {
      return asks(`/concerns/${await idOf(code)}/take`, {});
    },
    async writes(code: string, agencyId: string, summary: string, attachmentIds: string[] = []) {
      return asks(`/concerns/${await idOf(code)}/referral`, { agencyId, summary, attachmentIds });
    },
    async answers(code: string, word: string, from = 'referred') {
      return asks(`/concerns/${await idOf(code)}/answer`, {
        from,
        word,
        onceKey: `key-${code}-${from}-${word.length}`,
      });
    },
  };
}

/** Gives an agency a mailbox, as an admin does before the first letter. */
export async function mailboxOf(room: RoomUnderTest, agencyId: string, email: string | null): Promise<void> {
  await room.rows(`UPDATE agency SET email = $2 WHERE id = $1`, [agencyId, email]);
}

/** The agency, with a letter in hand and a browser without scripts. */
export function agencyWith(room: RoomUnderTest, letter: Pick<Mail, 'text'> | undefined) {
  const link = /https?:\/\/\S+\/rujukan\/\S+/.exec(letter?.text ?? '')?.[0];
  if (link === undefined) throw new Error('There is no link in that letter');
  const path = new URL(link).pathname;
  const request = async (init?: RequestInit, at = path) => {
    const response = await room.app.fetch(new Request(`http://127.0.0.1:3000${at}`, init));
    await room.settles();
    return response;
  };
  const opens = async () => {
    const response = await request();
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const versionShown = (text: string) => /name="version" value="(\d+)"/.exec(text)?.[1] ?? '';
  return {
    path,
    request,
    opens,
    versionShown,
    /** Fills in and sends a form of the page as it stands, or of an older one by `version`. */
    async sends(step: string, fields: Record<string, string> = {}) {
      const version = fields['version'] ?? versionShown((await opens()).text);
      const response = await request({
        method: 'POST',
        body: new URLSearchParams({ step, ...fields, version }),
        redirect: 'manual',
      });
      const to = response.headers.get('location');
      const text = await response.text();
      return to === null
        ? { status: response.status, text }
        : { status: response.status, text: await (await request(undefined, to)).text() };
    },
  };
}
