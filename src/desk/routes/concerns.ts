import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { addNote } from '../../actions/add-note.ts';
import { answerConcern } from '../../actions/answer-concern.ts';
import { readConcern } from '../../actions/read-concern.ts';
import { takeConcern } from '../../actions/take-concern.ts';
import { dayOf } from '../../domain/wita.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { concernStatuses } from '../board-filter.ts';
import { idParam, onceKeyField, someWords } from '../fields.ts';
import { canCorrectConcern, canHandleConcern, canReadConcern, canTakeConcern } from '../policy.ts';
import type { DeskDeps } from '../ports.ts';
import { readConcernGuess, readCorrection } from '../reads/concern-guess.ts';
import { findConcernSubject } from '../reads/concern-subject.ts';
import type { FoundConcern } from '../reads/concern-subject.ts';
import { readConcernDetail } from '../reads/concern-detail.ts';
import { readSimilarConcerns } from '../reads/similar-concerns.ts';
import { check, notFoundSentence, refuse } from '../refusal.ts';

/** One concern: reading it (always recorded), taking it on, answering it. */
export function concernRoutes(deps: DeskDeps) {
  return new Hono<DeskEnv>()
    .get('/concerns/:id', allow('concern.read'), check('param', idParam), async (c) => {
      const { id } = c.req.valid('param');
      const officer = c.get('officer');
      const subject = await findConcernSubject(deps, id);
      if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      if (!canReadConcern(officer, subject)) return notYours(c, subject);
      const view = await deps.transact(async (tx) => {
        await readConcern(tx, { concernId: id, officerId: officer.id, code: subject.code });
        const detail = await readConcernDetail(tx, deps.vault, id, dayOf(tx.now));
        if (!detail) return null;
        const guess = await readConcernGuess(tx, id);
        const similar = await readSimilarConcerns(tx, deps, officer, id);
        return { ...detail, guess, correction: await readCorrection(tx, id), similar };
      });
      if (!view) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      const may = {
        take: canTakeConcern(officer, subject),
        handle: canHandleConcern(officer, subject),
        correct: canCorrectConcern(officer, subject),
      };
      return c.json({ ...view, may });
    })
    .post('/concerns/:id/take', allow('concern.handle'), check('param', idParam), async (c) => {
      const officer = c.get('officer');
      const result = await deps.transact((tx) =>
        takeConcern(tx, {
          concernId: c.req.valid('param').id,
          officerId: officer.id,
          mayOverride: officer.role === 'supervisor',
        }),
      );
      switch (result.kind) {
        case 'taken':
          return c.json({ ok: true as const });
        case 'with_other':
          return refuse(c, 409, 'TAKEN', `Curhat ini sudah ditangani ${result.by}.`);
        case 'settled':
          return refuse(c, 409, 'SETTLED', 'Curhat ini sudah beres menurut warganya.');
        case 'not_found':
          return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
      }
    })
    .post(
      '/concerns/:id/notes',
      allow('note.write'),
      check('param', idParam),
      check('json', z.object({ body: someWords(8000) })),
      async (c) => {
        const { id } = c.req.valid('param');
        const officer = c.get('officer');
        const subject = await findConcernSubject(deps, id);
        if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        if (!canReadConcern(officer, subject)) return notYours(c, subject);
        const { body } = c.req.valid('json');
        await deps.transact((tx) => addNote(tx, { concernId: id, officerId: officer.id, body }));
        return c.json({ ok: true as const });
      },
    )
    .post(
      '/concerns/:id/answer',
      allow('concern.handle'),
      check('param', idParam),
      check(
        'json',
        z.object({ from: z.enum(concernStatuses), word: someWords(8000), onceKey: onceKeyField }),
      ),
      async (c) => {
        const { id } = c.req.valid('param');
        const officer = c.get('officer');
        const subject = await findConcernSubject(deps, id);
        if (!subject) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        if (!canHandleConcern(officer, subject)) {
          return refuse(c, 403, 'NOT_YOURS', 'Tangani curhat ini dulu, baru bisa menjawabnya.');
        }
        const result = await deps.transact((tx) =>
          answerConcern(tx, { concernId: id, officerId: officer.id, ...c.req.valid('json') }),
        );
        if (result.kind === 'not_found') return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        if (result.kind === 'changed') {
          return refuse(
            c,
            409,
            'CHANGED',
            'Keadaan curhat ini baru saja berubah. Lihat dulu, lalu kirim lagi.',
          );
        }
        return c.json({ isTold: result.isTold });
      },
    );
}

function notYours(c: Context, subject: FoundConcern) {
  const sentence = subject.officerName
    ? `Isi curhat ${subject.code} hanya untuk ${subject.officerName} dan supervisor.`
    : `Isi curhat ${subject.code} tertutup sampai ada yang menanganinya. Tekan "Tangani" bila ini bagian Anda.`;
  return refuse(c, 403, subject.officerName ? 'NOT_YOURS' : 'NOBODYS', sentence);
}
