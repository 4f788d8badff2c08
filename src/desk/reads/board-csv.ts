import { toCsv } from '../../domain/csv.ts';
import { kelurahanByCode } from '../../domain/kelurahan.ts';
import { dayOf } from '../../domain/wita.ts';
import type { Queryable } from '../../store/database.ts';
import { findListed, presentListed } from './concerns.ts';
import type { BoardQuery } from './concerns.ts';

/** More than a year of the room. */
const most = 20_000;

/** The board as a table to take along: codes, states and days. No word and no name of a resident. */
export async function boardCsv(db: Queryable, query: BoardQuery): Promise<{ count: number; csv: string }> {
  const rows = await findListed(db, query, { skip: 0, limit: most });
  const csv = toCsv(
    [
      'kode',
      'keadaan',
      'kategori',
      'kelurahan',
      'diterima',
      'kabar_paling_lambat',
      'lewat_tenggat',
      'beres',
      'petugas',
      'instansi',
      'rujukan',
    ],
    rows.map((row) => {
      const item = presentListed(row, query.today);
      return [
        item.code,
        item.status,
        item.category,
        (item.kelurahanCode && kelurahanByCode(item.kelurahanCode)?.name) ?? item.kelurahanCode,
        dayOf(new Date(item.receivedAt)),
        item.nextWordBy,
        item.deadline === 'over' ? 'ya' : 'tidak',
        item.settledAt && dayOf(new Date(item.settledAt)),
        item.officer?.name ?? null,
        item.referral?.agency ?? null,
        item.referral?.status ?? null,
      ];
    }),
  );
  return { count: rows.length, csv };
}
