import { Hono } from 'hono';
import { writeAudit, writeReading } from '../../actions/write-audit.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { monthsField } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { readSurvey, readSurveyComments, surveyCsv } from '../reads/survey.ts';
import { check } from '../refusal.ts';

/** What residents think of the room (SKM): the index for those who answer for it, their sentences for the leads. */
export function surveyRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/survey', allow('survey.read'), check('query', monthsField), async (c) =>
      c.json(await readSurvey(deps.db, c.req.valid('query'))),
    )
    .get('/survey/comments', allow('survey.comments'), check('query', monthsField), async (c) => {
      const asked = c.req.valid('query');
      const items = await readSurveyComments(deps.db, deps.vault, asked);
      await deps.transact((tx) =>
        writeReading(tx, {
          officerId: c.get('officer').id,
          action: 'read_survey_comments',
          subjectKind: 'room',
          subjectId: 'survey',
          detail: { from: asked.from, to: asked.to },
        }),
      );
      return c.json({ items });
    })
    .post('/survey/export', allow('survey.read'), check('json', monthsField), async (c) => {
      const asked = c.req.valid('json');
      const { skm } = await readSurvey(deps.db, asked);
      await deps.transact((tx) =>
        writeAudit(tx, {
          officerId: c.get('officer').id,
          action: 'export_survey',
          subjectKind: 'room',
          subjectId: 'survey',
          detail: { from: asked.from, to: asked.to, count: skm.respondents },
        }),
      );
      return c.json({ csv: surveyCsv(skm, asked) });
    });
}
