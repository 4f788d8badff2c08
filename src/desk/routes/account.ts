import { Hono } from 'hono';
import { z } from 'zod';
import { countLogInAttempt, openOfficerSession } from '../../actions/log-in.ts';
import { logOut } from '../../actions/log-out.ts';
import { setPassword } from '../../actions/set-password.ts';
import { setPresence } from '../../actions/set-presence.ts';
import { lookAtSetupLink, useSetupLink } from '../../actions/use-setup-link.ts';
import { formatInstant } from '../../domain/wita.ts';
import { allow, open } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { loginField, line, passwordField } from '../fields.ts';
import { networkAddress } from '../network-address.ts';
import { hashPassword, hashToken, isPasswordRight, makeToken } from '../passwords.ts';
import { can, permissions } from '../policy.ts';
import type { Permission } from '../policy.ts';
import type { DeskDeps } from '../ports.ts';
import { check, refuse } from '../refusal.ts';
import { clearSessionCookie, setSessionCookie } from '../session.ts';

const deadLink = 'Tautan ini sudah dipakai atau sudah lewat waktunya. Mintalah tautan baru kepada admin.';

/** Logging in and out, the one-time links, and what an officer changes about themselves. */
export function accountRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .post(
      '/log-in',
      open(),
      check('json', z.object({ login: z.string().min(1).max(60), password: z.string().min(1).max(200) })),
      async (c) => {
        const { login, password } = c.req.valid('json');
        const attempt = await deps.transact((tx) =>
          countLogInAttempt(tx, { login, from: networkAddress(c) }),
        );
        if (attempt.kind === 'throttled') {
          const again = formatInstant(attempt.retryAt, 'id');
          return refuse(c, 429, 'THROTTLED', `Terlalu banyak percobaan yang salah. Coba lagi ${again}.`);
        }
        const isRight = await isPasswordRight(attempt.officer?.passwordHash ?? null, password);
        if (!isRight || !attempt.officer) {
          return refuse(c, 401, 'WRONG', 'Nama masuk atau kata sandi tidak cocok.');
        }
        const token = makeToken();
        const { id } = attempt.officer;
        const opened = await deps.transact((tx) =>
          openOfficerSession(tx, {
            officerId: id,
            tokenHash: hashToken(token),
            attemptId: attempt.attemptId,
          }),
        );
        if (opened.kind === 'inactive')
          return refuse(c, 401, 'WRONG', 'Nama masuk atau kata sandi tidak cocok.');
        setSessionCookie(c, deps, token);
        return c.json({ ok: true as const });
      },
    )
    .post('/log-out', allow('account.own'), async (c) => {
      await deps.transact((tx) => logOut(tx, { tokenHash: c.get('officer').sessionHash }));
      clearSessionCookie(c);
      return c.json({ ok: true as const });
    })
    .get('/me', allow('account.own'), async (c) => {
      const officer = c.get('officer');
      const mine = await deps.prisma.officer.findUnique({
        where: { id: officer.id },
        select: { presence: true },
      });
      return c.json({
        id: officer.id,
        name: officer.name,
        login: officer.login,
        role: officer.role,
        presence: mine?.presence ?? 'away',
        permissions: (Object.keys(permissions) as Permission[]).filter((permission) =>
          can(officer, permission),
        ),
      });
    })
    .post(
      '/me/presence',
      allow('account.own'),
      check('json', z.object({ presence: z.enum(['on_duty', 'busy', 'away']) })),
      async (c) => {
        const { presence } = c.req.valid('json');
        await deps.transact((tx) => setPresence(tx, { officerId: c.get('officer').id, presence }));
        return c.json({ ok: true as const });
      },
    )
    .post(
      '/me/password',
      allow('account.own'),
      check('json', z.object({ current: z.string().min(1).max(200), next: passwordField })),
      async (c) => {
        const officer = c.get('officer');
        const { current, next } = c.req.valid('json');
        const attempt = await deps.transact((tx) =>
          countLogInAttempt(tx, { login: officer.login, from: networkAddress(c) }),
        );
        if (attempt.kind === 'throttled') {
          return refuse(c, 429, 'THROTTLED', 'Terlalu banyak percobaan yang salah. Coba lagi 15 menit lagi.');
        }
        if (!(await isPasswordRight(attempt.officer?.passwordHash ?? null, current))) {
          return refuse(c, 400, 'WRONG', 'Kata sandi yang sekarang tidak cocok.');
        }
        const passwordHash = await hashPassword(next);
        await deps.transact((tx) =>
          setPassword(tx, {
            officerId: officer.id,
            passwordHash,
            keepSession: officer.sessionHash,
            attemptId: attempt.attemptId,
          }),
        );
        return c.json({ ok: true as const });
      },
    )
    .post(
      '/set-up/look',
      open(),
      check('json', z.object({ token: z.string().min(1).max(200) })),
      async (c) => {
        const link = await deps.transact((tx) => lookAtSetupLink(tx, c.req.valid('json')));
        if (!link) return refuse(c, 410, 'LINK_SPENT', deadLink);
        const officer =
          link.kind === 'first_admin' ? null : { login: link.officer.login, name: link.officer.name };
        return c.json({ purpose: link.kind, officer });
      },
    )
    .post(
      '/set-up',
      open(),
      check(
        'json',
        z.object({
          token: z.string().min(1).max(200),
          login: loginField.optional(),
          name: line(80).optional(),
          password: passwordField,
        }),
      ),
      async (c) => {
        const { token, login, name, password } = c.req.valid('json');
        // Looked at first: hashing is dear, and a stranger without a link must not be able to make us do it.
        if (!(await deps.transact((tx) => lookAtSetupLink(tx, { token })))) {
          return refuse(c, 410, 'LINK_SPENT', deadLink);
        }
        const passwordHash = await hashPassword(password);
        const sessionToken = makeToken();
        const result = await deps.transact(async (tx) => {
          const used = await useSetupLink(tx, {
            token,
            passwordHash,
            ...(login === undefined ? {} : { login }),
            ...(name === undefined ? {} : { name }),
          });
          if (used.kind === 'done') {
            await openOfficerSession(tx, {
              officerId: used.officerId,
              tokenHash: hashToken(sessionToken),
              attemptId: null,
            });
          }
          return used;
        });
        if (result.kind === 'link_spent') return refuse(c, 410, 'LINK_SPENT', deadLink);
        if (result.kind === 'incomplete') return refuse(c, 400, 'INVALID', 'Isi nama dan nama masuk Anda.');
        setSessionCookie(c, deps, sessionToken);
        return c.json({ ok: true as const });
      },
    );
}
