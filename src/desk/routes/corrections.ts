import { Hono } from 'hono';
import { z } from 'zod';
import { correctConcern } from '../../actions/correct-concern.ts';
import { asJsonLines, exportCorrections } from '../../actions/export-corrections.ts';
import { categories } from '../../domain/category.ts';
import { dangerKinds } from '../../domain/danger-kind.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { idParam } from '../fields.ts';
import { canCorrectConcern } from '../policy.ts';
import type { DeskDeps } from '../ports.ts';
import { readConcernGuess, withoutWords } from '../reads/concern-guess.ts';
import { findConcernSubject } from '../reads/concern-subject.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';

const correction = z.object({
  /** The newest correction that the page showed. */
  seen: z.int().positive().nullable(),
  category: z.enum(categories),
  agencyId: z.string().min(1).max(80).nullable(),
  danger: z.enum(['not_judged', 'no_danger', ...dangerKinds]),
});

/** What officers say the machine should have understood, and what it can learn from that. */
export function correctionRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .post(
      '/concerns/:id/correction',
      allow('concern.correct'),
      check('param', idParam),
      check('json', correction),
      async (c) => {
        const { id } = c.req.valid('param');
        const officer = c.get('officer');
        const subject = await findConcernSubject(deps, id);
        if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        if (!canCorrectConcern(officer, subject)) {
          return refuse(c, 403, 'NOT_YOURS', 'Hanya yang boleh membaca curhat ini yang bisa mengoreksinya.');
        }
        const result = await deps.transact(async (tx) => {
          const guess = await readConcernGuess(tx, id);
          return correctConcern(tx, {
            concernId: id,
            officerId: officer.id,
            ...c.req.valid('json'),
            understood: guess && withoutWords(guess),
          });
        });
        switch (result.kind) {
          case 'corrected':
            return c.json({ correctionId: result.correctionId });
          case 'changed':
            return refuse(
              c,
              409,
              'CHANGED',
              `${result.by ?? 'Orang lain'} baru saja mengoreksi curhat ini. Lihat dulu, lalu simpan lagi.`,
            );
          case 'unknown_agency':
            return refuse(c, 400, 'UNKNOWN_AGENCY', 'Instansi itu tidak ada lagi. Pilih yang lain.');
          case 'not_found':
            return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        }
      },
    )
    .post('/corrections/export', allow('corrections.export'), async (c) => {
      const lines = await deps.transact((tx) => exportCorrections(tx, { officerId: c.get('officer').id }));
      return c.json({ count: lines.length, lines: asJsonLines(lines) });
    });
}
