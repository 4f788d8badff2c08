import { beforeEach, expect, it } from 'vitest';
import { ensureSetupLink } from '../../../src/actions/setup-link.ts';
import { tryLimit } from '../../../src/actions/count-try.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { errorOf, openDesk, password } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

describeOnEachStore('logging in and out', (store) => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk(store);
  });

  const logIn = (login: string, secret: string, headers: Record<string, string> = {}) =>
    desk.request('/log-in', { method: 'POST', headers, body: JSON.stringify({ login, password: secret }) });
  const cookieOf = (response: Response): string =>
    (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

  it('makes the first admin from the link of the first start, who is then logged in', async () => {
    const link = await desk.transact((tx) => ensureSetupLink(tx));
    const token = link?.path.split('#')[1];
    const look = await desk.request('/set-up/look', { method: 'POST', body: JSON.stringify({ token }) });
    expect(await look.json()).toEqual({ purpose: 'first_admin', officer: null });
    const body = JSON.stringify({ token, login: 'ana', name: 'Ana Benu', password: 'sembilan ekor kuda' });
    const done = await desk.request('/set-up', { method: 'POST', body });
    expect(done.status).toBe(200);
    const me = await desk.request('/me', { cookie: cookieOf(done) });
    expect(await me.json()).toMatchObject({ name: 'Ana Benu', role: 'admin' });
    const again = await desk.request('/set-up', { method: 'POST', body });
    expect(again.status).toBe(410);
    expect((await errorOf(again)).sentence).toMatch(/sudah dipakai/);
  });

  it('sets a cookie that no script reads and no other site sends', async () => {
    const ana = await desk.officer('Ana');
    const response = await logIn(' ANA ', password);
    expect(response.status).toBe(200);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toMatch(/Secure/);
    expect((await desk.request('/me', { cookie: cookieOf(response) })).status).toBe(200);
    const stored = await desk.db.query<{ token_hash: Uint8Array }>(`SELECT token_hash FROM officer_session`);
    const token = cookieOf(response).split('=')[1] ?? '';
    expect(stored.rows.some((row) => Buffer.from(row.token_hash).toString('base64url') === token)).toBe(
      false,
    );
    expect(ana.login).toBe('ana');
  });

  it('marks the cookie Secure behind https', async () => {
    desk = await openDesk(store, { publicUrl: 'https://bestie.example' });
    await desk.officer('Ana');
    expect((await logIn('ana', password)).headers.get('set-cookie')).toMatch(/Secure/);
  });

  it('says the same to a wrong password, an unknown login and one who is switched off', async () => {
    await desk.officer('Ana');
    await desk.officer('Budi');
    await desk.db.query(`UPDATE officer SET is_active = false WHERE login = 'budi'`);
    const answers = [];
    for (const [login, secret] of [
      ['ana', 'salah-salah-salah'],
      ['siapa', password],
      ['budi', password],
    ] as const) {
      const response = await logIn(login, secret);
      answers.push([response.status, await errorOf(response)]);
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(401);
  });

  it('stops guessing after ten wrong tries, the right password too, and lets go after the pause', async () => {
    await desk.officer('Ana');
    const tries = await Promise.all(Array.from({ length: 14 }, () => logIn('ana', 'salah-salah-salah')));
    expect(tries.filter((response) => response.status === 401)).toHaveLength(tryLimit.failures);
    expect(tries.filter((response) => response.status === 429)).toHaveLength(14 - tryLimit.failures);
    expect((await logIn('ana', password)).status).toBe(429);
    desk.clock.advance(tryLimit.windowMs + 1000);
    expect((await logIn('ana', password)).status).toBe(200);
  });

  it('does not let a stolen cookie live after log-out', async () => {
    const ana = await desk.officer('Ana');
    expect((await ana.get('/queue')).status).toBe(200);
    expect((await ana.post('/log-out')).status).toBe(200);
    expect((await ana.get('/queue')).status).toBe(401);
    expect((await ana.post('/log-out')).status).toBe(401);
  });

  it('ends a session after twelve idle hours, and a busy one after seven days', async () => {
    const idle = await desk.officer('Ana');
    desk.clock.advance(11 * 3_600_000);
    expect((await idle.get('/me')).status).toBe(200);
    desk.clock.advance(11 * 3_600_000);
    expect((await idle.get('/me')).status).toBe(200);
    desk.clock.advance(12 * 3_600_000 + 1000);
    expect((await idle.get('/me')).status).toBe(401);
    const busy = await desk.officer('Budi');
    for (let hours = 0; hours < 7 * 24; hours += 10) {
      desk.clock.advance(10 * 3_600_000);
      await busy.get('/me');
    }
    expect((await busy.get('/me')).status).toBe(401);
  });

  it('throws other devices out when the password changes, and keeps this one', async () => {
    const ana = await desk.officer('Ana');
    const other = cookieOf(await logIn('ana', password));
    const wrong = await ana.post('/me/password', { current: 'bukan ini kata', next: 'kata sandi yang baru' });
    expect(wrong.status).toBe(400);
    expect((await ana.post('/me/password', { current: password, next: 'pendek' })).status).toBe(400);
    expect((await ana.post('/me/password', { current: password, next: 'kata sandi yang baru' })).status).toBe(
      200,
    );
    expect((await desk.request('/me', { cookie: other })).status).toBe(401);
    expect((await ana.get('/me')).status).toBe(200);
  });

  it('takes no write that was born on another site, and none that a form could send', async () => {
    const ana = await desk.officer('Ana');
    const write = (headers: Record<string, string>) =>
      desk.request('/me/presence', {
        method: 'POST',
        cookie: ana.cookie,
        headers,
        body: JSON.stringify({ presence: 'busy' }),
      });
    expect((await write({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await write({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await write({ origin: 'https://jahat.example' })).status).toBe(403);
    expect((await write({ origin: 'null' })).status).toBe(403);
    expect((await write({ 'content-type': 'text/plain' })).status).toBe(415);
    expect((await write({ 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await write({ origin: 'http://localhost', 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('answers nonsense with a plain sentence and no crash', async () => {
    const ana = await desk.officer('Ana');
    for (const body of ['', '{', '[]', 'null', '{"presence":"\\u0000"}']) {
      const response = await desk.request('/me/presence', { method: 'POST', cookie: ana.cookie, body });
      expect(response.status).toBe(400);
    }
    expect((await ana.get('/conversations/bukan-id')).status).toBe(400);
    expect((await ana.get('/tidak-ada')).status).toBe(404);
    expect(desk.logged).toEqual([]);
  });
});
