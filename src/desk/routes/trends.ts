import { Hono } from 'hono';
import { writeAudit } from '../../actions/write-audit.ts';
import { readLastClosed, readTrends } from '../../insight/read-trends.ts';
import { trendCsv } from '../../insight/trend-csv.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { monthsField } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { check } from '../refusal.ts';

/** What troubles the city, month by month, in figures that nobody can be found in. */
export function trendRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/trends', allow('trends.read'), check('query', monthsField), async (c) => {
      const { report } = await readTrends(deps.db, c.req.valid('query'));
      return c.json({ report, lastClosed: await readLastClosed(deps.db) });
    })
    .post('/trends/export', allow('trends.read'), check('json', monthsField), async (c) => {
      const asked = c.req.valid('json');
      const { months, agencyNames } = await readTrends(deps.db, asked);
      await deps.transact((tx) =>
        writeAudit(tx, {
          officerId: c.get('officer').id,
          action: 'export_trends',
          subjectKind: 'room',
          subjectId: 'trends',
          detail: { from: asked.from, to: asked.to },
        }),
      );
      return c.json({ csv: trendCsv(months, agencyNames) });
    });
}
