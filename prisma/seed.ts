import { categories } from '../src/domain/category.ts';
import type { Queryable } from '../src/store/database.ts';
import agencies from './data/agencies.json' with { type: 'json' };
import holidays from './data/holidays.json' with { type: 'json' };
import hotlines from './data/hotlines.json' with { type: 'json' };

/**
 * Fills a new database, and gives an older one what the seed has had to add since: each step once, in order. What an
 * admin has changed or taken out is never put back.
 */
export async function seed(db: Queryable, now: Date): Promise<void> {
  await db.query(
    `INSERT INTO setting (key, value, updated_at) VALUES ('seed', '{"version": 0}', $1) ON CONFLICT (key) DO NOTHING`,
    [now],
  );
  for (const [at, step] of [seedRoom, seedRoutes].entries()) {
    const version = at + 1;
    const mine = await db.query(
      `UPDATE setting SET value = $1, updated_at = $2 WHERE key = 'seed' AND (value->>'version')::int = $3`,
      [JSON.stringify({ version }), now, version - 1],
    );
    if (mine.count > 0) await step(db, now);
  }
}

/**
 * Who is asked first, where one agency of the city has a category for its own: the first of them in the list. What is
 * too mixed for that (`lainnya`, `pribadi_keluarga`) has no row, and an officer chooses.
 */
async function seedRoutes(db: Queryable, now: Date): Promise<void> {
  for (const category of categories) {
    const owner = agencies.find(({ level, categories: [own] }) => level === 'kota' && own === category);
    if (!owner || category === 'lainnya' || category === 'pribadi_keluarga') continue;
    await db.query(
      `INSERT INTO agency_route (category, agency_id, updated_at)
       SELECT $1, id, $3 FROM agency WHERE id = $2 ON CONFLICT DO NOTHING`,
      [category, owner.id, now],
    );
  }
}

/**
 * The holidays of 2026 and 2027, the agencies and the hotlines. Hotlines without a checked source are there but hidden;
 * 112 is not there at all, because Kota Kupang has none.
 */
async function seedRoom(db: Queryable, now: Date): Promise<void> {
  for (const { date, name, type } of holidays) {
    await db.query(
      `INSERT INTO closure (day, name, kind, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [date, name, type, now],
    );
  }
  for (const agency of agencies) {
    await db.query(
      `INSERT INTO agency (id, name, short, level, categories, handles, contact, source)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [
        agency.id,
        agency.name,
        agency.short,
        agency.level,
        agency.categories,
        agency.handles,
        agency.contact,
        agency.source,
      ],
    );
  }
  for (const [position, hotline] of hotlines.entries()) {
    await db.query(
      `INSERT INTO hotline (id, name, call, whatsapp, web, hours, kinds, is_shown, position, source, verified_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
      [
        hotline.id,
        hotline.name,
        hotline.call,
        hotline.whatsapp,
        hotline.web,
        hotline.hours,
        hotline.kinds,
        hotline.isShown,
        position,
        hotline.source,
        hotline.verifiedOn,
      ],
    );
  }
}
