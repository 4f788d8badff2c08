import { Hono } from 'hono';
import { z } from 'zod';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import type { DeskDeps } from '../ports.ts';
import { check } from '../refusal.ts';

/** Who did and who read what. */
export function auditRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>().get(
    '/audit',
    allow('audit.read'),
    check(
      'query',
      z.object({
        before: z.coerce.number().int().positive().optional(),
        officer: z.guid().optional(),
        action: z.string().max(60).optional(),
      }),
    ),
    async (c) => {
      const { before, officer, action } = c.req.valid('query');
      const rows = await deps.prisma.audit.findMany({
        where: {
          ...(before === undefined ? {} : { id: { lt: before } }),
          ...(officer === undefined ? {} : { officerId: officer }),
          ...(action === undefined ? {} : { action }),
        },
        include: { officer: { select: { name: true } } },
        orderBy: { id: 'desc' },
        take: 100,
      });
      const items = rows.map((row) => ({
        id: Number(row.id),
        at: row.at.toISOString(),
        officer: row.officer?.name ?? null,
        action: row.action,
        subjectKind: row.subjectKind,
        subjectId: row.subjectId,
        detail: JSON.stringify(row.detail ?? {}),
      }));
      return c.json({ items });
    },
  );
}
