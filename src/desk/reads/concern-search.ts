import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { readConcernTexts } from '../../actions/read-concern-text.ts';
import { sealed } from '../../store/sealed.ts';
import { normalise } from '../../understanding/normalise.ts';
import type { Normalised } from '../../understanding/normalise.ts';
import { hasWords } from '../../understanding/word-search.ts';
import { canReadConcern } from '../policy.ts';
import type { Actor } from '../policy.ts';
import type { DeskDeps } from '../ports.ts';
import { findConcernSubjects } from './concern-subject.ts';
import { findListed, presentListed } from './concerns.ts';
import type { BoardQuery } from './concerns.ts';
import { residentName } from './resident-name.ts';
import type { NamedRow } from './resident-name.ts';

/** The words of at most so many concerns, the newest, are opened for one search. */
export const searchReach = 500;
const pageSize = 100;

type SearchRow = NamedRow & { booking_code: string | null };

/**
 * Looks for a code, or for words in what this officer may read: what residents poured out, their names, the notes of
 * colleagues. Opened in memory, for this answer only: no word stands in an index, and none goes out with what was
 * found, so that reading still begins with opening (which is recorded).
 */
export async function searchConcerns(
  deps: Pick<DeskDeps, 'db' | 'vault' | 'clock'>,
  actor: Actor,
  query: BoardQuery & { search: string },
) {
  const rows = await findListed<SearchRow>(
    deps.db,
    query,
    { skip: 0, limit: searchReach + 1 },
    ', r.id AS resident_id, r.name_sealed, a.profile_name_sealed, b.code AS booking_code',
  );
  const within = rows.slice(0, searchReach);
  const subjects = await findConcernSubjects(
    deps,
    within.map((row) => row.id),
  );
  const readable = within.filter((row) => {
    const subject = subjects.get(row.id);
    return subject !== undefined && canReadConcern(actor, subject);
  });
  const words = await wordsOf(deps, readable);
  const wanted = normalise(query.search);
  const items = [];
  for (const row of within) {
    const found = hasCode(row, query.search)
      ? 'code'
      : hasWords(words.get(row.id) ?? nothing, wanted)
        ? 'words'
        : null;
    if (found) items.push({ ...presentListed(row, query.today), found });
    if (items.length === pageSize) break;
  }
  return {
    items,
    /** How many concerns were looked through, and in how many of them the words. */
    looked: within.length,
    opened: readable.length,
    isAll: rows.length <= searchReach && items.length < pageSize,
  };
}

const nothing = normalise('');

async function wordsOf(deps: Pick<DeskDeps, 'db' | 'vault'>, rows: readonly (SearchRow & { id: string })[]) {
  const ids = rows.map((row) => row.id);
  const texts = await readConcernTexts(
    { query: (sql, params) => deps.db.query(sql, params), vault: deps.vault },
    { concernIds: ids },
  );
  const notes = await deps.db.query<{ concern_id: string; body_sealed: Uint8Array }>(
    `SELECT concern_id, body_sealed FROM note WHERE concern_id = ANY ($1::uuid[])`,
    [ids],
  );
  const noted = new Map<string, string>();
  for (const { concern_id: id, body_sealed: body } of notes.rows)
    noted.set(id, `${noted.get(id) ?? ''}\n${deps.vault.openText(body, sealed.note)}`);
  const words = new Map<string, Normalised>();
  for (const row of rows) {
    words.set(
      row.id,
      normalise([residentName(deps.vault, row), texts.get(row.id), noted.get(row.id)].join('\n')),
    );
    // Half a second of work in all: residents' messages are taken in between.
    if (words.size % 20 === 0) await turnOfTheLoop();
  }
  return words;
}

/** By a code or a part of one, with or without its dash, of the concern or of its visit. */
function hasCode(row: { code: string; booking_code: string | null }, search: string): boolean {
  const bare = (code: string) => code.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
  const part = bare(search);
  // Two signs would be in half of all codes.
  if (part.length < 3 || part.length !== search.replace(/[\s-]/g, '').length) return false;
  return [row.code, row.booking_code].some((code) => code !== null && bare(code).includes(part));
}
