import { beforeEach, expect, it } from 'vitest';
import { createApi } from '../../../src/desk/create-desk.ts';
import type { Declared } from '../../../src/desk/allow.ts';
import { can, permissions, roles } from '../../../src/desk/policy.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { openDesk } from './desk-harness.ts';
import type { Desk } from './desk-harness.ts';

type Route = { method: string; path: string; permission: keyof typeof permissions | 'public' | undefined };

/** Every route of the API with what it declares; the middleware that runs on all of them is left out. */
function routesOf(): Route[] {
  const api = createApi({ publicUrl: 'http://localhost' } as Parameters<typeof createApi>[0]);
  const byRoute = new Map<string, Route>();
  for (const { method, path, handler } of api.routes) {
    if (method === 'ALL') continue;
    const key = `${method} ${path}`;
    const route = byRoute.get(key) ?? { method, path, permission: undefined };
    const { permission } = handler as Declared;
    if (permission !== undefined) route.permission = permission;
    byRoute.set(key, route);
  }
  return [...byRoute.values()];
}

const nobody = '00000000-0000-0000-0000-000000000000';

function fill(path: string): string {
  return path.replace(':day', '2026-12-02').replace(':name', 'telegram').replace(':id', nobody);
}

describeOnEachStore('every route × every role', (store) => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk(store);
  });

  it('has a permission on every route', () => {
    const routes = routesOf();
    expect(routes.length).toBeGreaterThan(35);
    expect(routes.filter((route) => route.permission === undefined)).toEqual([]);
    expect(
      routes.filter((route) => route.permission === 'public').map((route) => `${route.method} ${route.path}`),
    ).toEqual(['POST /log-in', 'POST /set-up/look', 'POST /set-up']);
  });

  it('uses every permission that the policy knows', () => {
    const used = new Set(routesOf().map((route) => route.permission));
    expect(Object.keys(permissions).filter((permission) => !used.has(permission as never))).toEqual([]);
  });

  it('turns away whoever is not logged in', async () => {
    for (const route of routesOf().filter((each) => each.permission !== 'public')) {
      const response = await desk.request(fill(route.path), { method: route.method });
      expect([route.path, response.status]).toEqual([route.path, 401]);
    }
  });

  it.each(roles)('lets %s do exactly what the policy says', async (role) => {
    const officer = await desk.officer('Ana', role);
    for (const route of routesOf()) {
      if (route.permission === 'public' || route.permission === undefined) continue;
      // They would end the session or the stream would not end.
      if (route.path === '/log-out' || route.path === '/events') continue;
      const response = await desk.request(fill(route.path), {
        method: route.method,
        cookie: officer.cookie,
        ...(route.method === 'GET' ? {} : { body: '{}' }),
      });
      const mayNot = response.status === 403 && (await response.clone().text()).includes('FORBIDDEN');
      expect([role, route.method, route.path, !mayNot]).toEqual([
        role,
        route.method,
        route.path,
        can({ id: officer.id, role }, route.permission),
      ]);
      expect(response.status).toBeLessThan(500);
    }
    expect(desk.logged).toEqual([]);
  });
});
