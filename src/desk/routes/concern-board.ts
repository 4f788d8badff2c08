import { Hono } from 'hono';
import { z } from 'zod';
import { writeAudit, writeReading } from '../../actions/write-audit.ts';
import { dayOf } from '../../domain/wita.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { boardFilter } from '../board-filter.ts';
import type { BoardFilter } from '../board-filter.ts';
import { someWords } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { boardCsv } from '../reads/board-csv.ts';
import { searchConcerns } from '../reads/concern-search.ts';
import { readConcerns } from '../reads/concerns.ts';
import { check } from '../refusal.ts';

/** The board of concerns: narrowed, searched, taken along. */
export function concernBoardRoutes(deps: DeskDeps) {
  const queryOf = (filter: BoardFilter, officerId: string) => ({
    filter,
    officerId,
    today: dayOf(deps.clock.now()),
  });
  return (
    new Hono<DeskEnv>()
      .get(
        '/concerns',
        allow('concern.list'),
        check('query', boardFilter.extend({ skip: z.coerce.number().int().min(0).max(100_000).default(0) })),
        async (c) => {
          const { skip, ...filter } = c.req.valid('query');
          return c.json(await readConcerns(deps.db, queryOf(filter, c.get('officer').id), skip));
        },
      )
      // What is looked for may be somebody's story: in a body it stays out of addresses, histories and their logs.
      .post(
        '/concerns/search',
        allow('concern.list'),
        check('json', z.object({ search: someWords(80), filter: boardFilter })),
        async (c) => {
          const officer = c.get('officer');
          const { search, filter } = c.req.valid('json');
          const found = await searchConcerns(deps, officer, { ...queryOf(filter, officer.id), search });
          await deps.transact((tx) =>
            writeReading(tx, {
              officerId: officer.id,
              action: 'search_concerns',
              subjectKind: 'room',
              subjectId: 'concerns',
              detail: { opened: found.opened },
            }),
          );
          return c.json(found);
        },
      )
      .post(
        '/concerns/export',
        allow('concern.export'),
        check('json', z.object({ filter: boardFilter })),
        async (c) => {
          const officer = c.get('officer');
          const { count, csv } = await boardCsv(deps.db, queryOf(c.req.valid('json').filter, officer.id));
          await deps.transact((tx) =>
            writeAudit(tx, {
              officerId: officer.id,
              action: 'export_concerns',
              subjectKind: 'room',
              subjectId: 'concerns',
              detail: { count },
            }),
          );
          return c.json({ count, csv });
        },
      )
  );
}
