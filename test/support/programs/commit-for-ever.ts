// Commits numbers one after the other and says each on stdout once its commit has been acknowledged. To be killed.
import { openPglite } from '../../../src/store/open-pglite.ts';

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('usage: commit-for-ever DATA_DIR');
const { db } = await openPglite(dataDir);
await db.query('CREATE TABLE IF NOT EXISTS kept (n bigint PRIMARY KEY, filling text)');
const { rows } = await db.query<{ next: number }>('SELECT coalesce(max(n), 0) + 1 AS next FROM kept');
for (let n = rows[0]?.next ?? 1; ; n += 1) {
  await db.transaction(async (tx) => {
    await tx.query('INSERT INTO kept VALUES ($1, $2)', [n, 'x'.repeat(n % 3000)]);
    // Never to be seen without its first half.
    await tx.query('UPDATE kept SET filling = filling || $2 WHERE n = $1', [n, '!']);
  });
  process.stdout.write(`${n}\n`);
}
