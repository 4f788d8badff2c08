import type { Queryable } from '../src/store/database.ts';
import agencies from './data/agencies.json' with { type: 'json' };
import holidays from './data/holidays.json' with { type: 'json' };
import hotlines from './data/hotlines.json' with { type: 'json' };

/** Goes up when the seed has something new; what an admin has changed or taken out is never put back. */
const seedVersion = 1;

/**
 * Puts the holidays of 2026 and 2027, the agencies and the hotlines into a new database, once. Hotlines without a
 * checked source are there but hidden; 112 is not there at all, because Kota Kupang has none.
 */
export async function seed(db: Queryable, now: Date): Promise<void> {
  const first = await db.query(
    `INSERT INTO setting (key, value, updated_at) VALUES ('seed', $1, $2) ON CONFLICT (key) DO NOTHING`,
    [JSON.stringify({ version: seedVersion }), now],
  );
  if (first.count === 0) return;
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
