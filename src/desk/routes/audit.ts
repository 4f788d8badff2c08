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
      const undoable = await findUndoable(deps.prisma, rows.map(mergeIdOf));
      const items = rows.map((row) => ({
        id: Number(row.id),
        at: row.at.toISOString(),
        officer: row.officer?.name ?? null,
        action: row.action,
        subjectKind: row.subjectKind,
        subjectId: row.subjectId,
        detail: JSON.stringify(row.detail ?? {}),
        /** A merge that still stands, to be taken back from here. */
        undoableMerge: undoable.has(mergeIdOf(row) ?? '') ? mergeIdOf(row) : null,
      }));
      return c.json({ items });
    },
  );
}

type AuditRow = { action: string; detail: unknown };

function mergeIdOf({ action, detail }: AuditRow): string | null {
  if (action !== 'merge_residents') return null;
  return z.object({ merge: z.guid() }).safeParse(detail).data?.merge ?? null;
}

async function findUndoable(
  prisma: DeskDeps['prisma'],
  mergeIds: readonly (string | null)[],
): Promise<ReadonlySet<string>> {
  const asked = mergeIds.filter((id) => id !== null);
  if (asked.length === 0) return new Set();
  const merges = await prisma.merge.findMany({
    where: { id: { in: asked }, undoneAt: null },
    select: { id: true },
  });
  return new Set(merges.map(({ id }) => id));
}
