import { Hono } from 'hono';
import { z } from 'zod';
import { editSentence, resetSentence } from '../../actions/edit-sentence.ts';
import { checkSentence, lockOf } from '../../domain/sentence.ts';
import type { Language } from '../../domain/wita.ts';
import { allow } from '../allow.ts';
import type { DeskEnv } from '../allow.ts';
import { someWords } from '../fields.ts';
import type { DeskDeps } from '../ports.ts';
import { check, notFoundSentence, refuse, staleSentence } from '../refusal.ts';

const which = { language: z.enum(['id', 'en']), key: z.string().min(1).max(80) };

const lockReasons = {
  danger: 'Kalimat untuk keadaan bahaya sudah diperiksa orang yang mengerti, jadi tidak diubah di sini.',
  consent: 'Persetujuan warga dibuktikan dengan sidik teksnya, jadi kalimat ini tidak diubah di sini.',
} as const;

/** What the bot says, and an admin's own words in its place. */
export function sentenceRoutes(deps: DeskDeps) {
  const shippedOf = ({ language, key }: { language: Language; key: string }) =>
    deps.book.shipped(language).get(key)?.value;
  return new Hono<DeskEnv>()
    .get('/sentences', allow('sentences.manage'), async (c) => {
      const rows = await deps.prisma.wordOverride.findMany({
        include: { updatedByOfficer: { select: { name: true } } },
      });
      const overrides = new Map(rows.map((row) => [`${row.language} ${row.key}`, row]));
      const items = (['id', 'en'] as const).flatMap((language) =>
        [...deps.book.shipped(language).values()].map(({ key, section, value }) => {
          const row = overrides.get(`${language} ${key}`);
          const lock = lockOf(key);
          return {
            language,
            key,
            section,
            shipped: value,
            lockReason: lock && lockReasons[lock],
            own: row
              ? {
                  value: row.value,
                  version: row.version,
                  updatedAt: row.updatedAt.toISOString(),
                  updatedBy: row.updatedByOfficer?.name ?? null,
                  /** An update of Bestie has changed the original: the bot says that instead. */
                  isUnfit: checkSentence({ language, key, value: row.value }, value).kind === 'bad',
                }
              : null,
          };
        }),
      );
      return c.json({ items });
    })
    .post(
      '/sentences',
      allow('sentences.manage'),
      check('json', z.object({ ...which, value: someWords(6000), version: z.int().min(0) })),
      async (c) => {
        const asked = c.req.valid('json');
        const shipped = shippedOf(asked);
        if (shipped === undefined) return refuse(c, 404, 'NOT_FOUND', notFoundSentence);
        const result = await deps.transact((tx) =>
          editSentence(tx, { ...asked, shipped, officerId: c.get('officer').id }),
        );
        switch (result.kind) {
          case 'saved':
            return c.json({ version: result.version });
          case 'stale':
            return refuse(c, 409, 'STALE', staleSentence);
          case 'locked':
            return refuse(c, 403, 'LOCKED', lockReasons[result.lock]);
          case 'bad': {
            const at = result.line === null ? '' : `Baris ${result.line}: `;
            return refuse(c, 400, 'BAD_SENTENCE', `${at}${result.sentence}`);
          }
        }
      },
    )
    .post(
      '/sentences/reset',
      allow('sentences.manage'),
      check('json', z.object({ ...which, version: z.int().min(1) })),
      async (c) => {
        const result = await deps.transact((tx) =>
          resetSentence(tx, { ...c.req.valid('json'), officerId: c.get('officer').id }),
        );
        return result.kind === 'reset'
          ? c.json({ ok: true as const })
          : refuse(c, 409, 'STALE', staleSentence);
      },
    );
}
