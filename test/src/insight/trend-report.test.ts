import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, monthsBetween } from '../../../src/domain/wita.ts';
import { trendCsv } from '../../../src/insight/trend-csv.ts';
import { hideFew, mapOf, trendEvents, trendTables } from '../../../src/insight/trend-month.ts';
import type { MonthCounts, TrendMonth } from '../../../src/insight/trend-month.ts';
import { periodBefore, trendReport } from '../../../src/insight/trend-report.ts';
import { trendText } from '../../../src/insight/trend-text.ts';

const agencyNames = new Map([
  ['dinsos', '=Dinsos "Kota"'],
  ['pupr', 'PUPR'],
]);

type Tables = Partial<Record<keyof MonthCounts['tables'], Record<string, number>>>;

/** Counts of a month in which nobody comes twice. */
function counted(
  tables: Tables,
  events: Partial<Record<keyof MonthCounts['events'], number>> = {},
): MonthCounts {
  return {
    tables: mapOf(trendTables, (key) => {
      const rows = Object.entries(tables[key] ?? {}).map(([row, count]) => ({
        key: row,
        count,
        people: count,
      }));
      return { rows, people: rows.reduce((all, row) => all + row.people, 0) };
    }),
    events: mapOf(trendEvents, (event) => {
      const count = events[event] ?? 0;
      return { people: count, count, medianDays: count === 0 ? null : 2.4 };
    }),
  };
}

const month = (name: string, counts: MonthCounts): TrendMonth => ({
  month: name,
  threshold: 5,
  figures: hideFew(counts, 5),
});
const report = (closed: TrendMonth[], from: string, to = from) =>
  trendReport({ period: { from, to }, closed, agencyNames });
const tableOf = (of: ReturnType<typeof report>, key: string) => of.tables.find((table) => table.key === key);
const highlight = (of: ReturnType<typeof report>, key: string) =>
  of.highlights.find((line) => line.key === key);

const september = month(
  '2026-09',
  counted(
    { category: { bansos: 20, adminduk: 11, lainnya: 9, perizinan: 2 }, agency: { dinsos: 9, pupr: 6 } },
    { answered: 30 },
  ),
);
const october = month(
  '2026-10',
  counted(
    { category: { bansos: 25, adminduk: 10, lainnya: 6 }, agency: { dinsos: 3 } },
    { answered: 22, settled: 4 },
  ),
);

describe('the trends of a period', () => {
  it('tells of one month what it tells by itself, beside the month before', () => {
    const told = report([september, october], '2026-10');
    expect(highlight(told, 'received')).toMatchObject({
      figure: { count: 41, isAtLeast: false },
      change: -1,
    });
    expect(highlight(told, 'answered')).toMatchObject({ figure: { count: 22 }, change: -8 });
    // Four people: neither a figure nor a comparison.
    expect(highlight(told, 'settled')).toMatchObject({ figure: null, change: null });
    expect(highlight(told, 'referred')).toMatchObject({ figure: null, change: null });
    expect(told.waits).toMatchObject([{ days: { least: 2, most: 2 } }, { days: null }]);
    expect(tableOf(told, 'category')).toMatchObject({
      total: { count: 41 },
      rows: [
        { name: 'Bantuan sosial', figure: { count: 25 }, change: 5 },
        { name: 'Administrasi kependudukan', figure: { count: 10 }, change: -1 },
        // September hides it.
        { name: 'Lainnya', figure: { count: 6 }, change: null },
      ],
      folded: null,
    });
  });

  it('says over several months what it knows at least, and adds up to the total', () => {
    const told = report([october, september], '2026-09', '2026-10');
    expect(told.months).toEqual(['2026-09', '2026-10']);
    expect(tableOf(told, 'category')).toMatchObject({
      total: { count: 83, isAtLeast: false },
      rows: [
        { key: 'bansos', figure: { count: 45, isAtLeast: false } },
        { key: 'adminduk', figure: { count: 21, isAtLeast: false } },
        { key: 'lainnya', figure: { count: 6, isAtLeast: true } },
      ],
      folded: { name: 'Digabung: Lainnya, Perizinan', count: 11 },
    });
    expect(highlight(told, 'referred')).toMatchObject({
      figure: { count: 15, isAtLeast: true },
      change: null,
    });
    expect(told.byMonth.map(({ highlights }) => highlights[0]?.figure?.count)).toEqual([42, 41]);
  });

  it('says where a sum stands for whole months', () => {
    const few = month('2026-10', counted({ category: { bansos: 20, perizinan: 2 } }));
    expect(tableOf(report([few], '2026-10'), 'category')).toMatchObject({
      rows: [],
      folded: { name: 'Tidak dirinci', count: 22 },
    });
    expect(tableOf(report([september, few], '2026-09', '2026-10'), 'category')).toMatchObject({
      rows: [{ key: 'bansos', figure: { count: 20, isAtLeast: true } }, { key: 'adminduk' }],
      folded: { name: 'Digabung: Lainnya, Perizinan; dan bulan yang tidak dirinci', count: 33 },
    });
  });

  it('compares only with a period that is all there, and names the months that are missing', () => {
    expect(highlight(report([october], '2026-10'), 'received')?.change).toBeNull();
    const told = report([september, october], '2026-09', '2026-11');
    expect(told.missing).toEqual(['2026-11']);
    expect(report([september, october], '2027-01')).toMatchObject({ months: [], missing: ['2027-01'] });
    expect(periodBefore({ from: '2026-01', to: '2026-03' })).toEqual({ from: '2025-10', to: '2025-12' });
    expect(periodBefore({ from: '2026-01', to: '2026-12' })).toEqual({ from: '2025-01', to: '2025-12' });
  });

  const someMonth = fc.record({
    bansos: fc.nat({ max: 12 }),
    adminduk: fc.nat({ max: 12 }),
    pendidikan: fc.nat({ max: 12 }),
    lainnya: fc.nat({ max: 12 }),
    perizinan: fc.nat({ max: 12 }),
  });

  it('never tells more than there was, and less only where it says so', () => {
    fc.assert(
      fc.property(fc.array(someMonth, { minLength: 1, maxLength: 12 }), (all) => {
        const closed = all.map((category, at) => month(addMonths('2026-01', at), counted({ category })));
        const told = tableOf(report(closed, '2026-01', addMonths('2026-01', all.length - 1)), 'category');
        for (const { key, figure } of told?.rows ?? []) {
          const there = all.reduce((sum, one) => sum + (one as Record<string, number>)[key]!, 0);
          if (figure?.isAtLeast) expect(figure.count).toBeLessThanOrEqual(there);
          else expect(figure?.count).toBe(there);
        }
        const shown = (told?.rows ?? []).reduce((sum, row) => sum + (row.figure?.count ?? 0), 0);
        expect(shown + (told?.folded?.count ?? 0)).toBe(told?.total?.count ?? 0);
      }),
    );
  });

  it('is the same whatever the hidden figures were', () => {
    // What nobody may know must not be in it: two Septembers that look alike by themselves do so in every sum.
    const other = month(
      '2026-09',
      counted(
        { category: { bansos: 20, adminduk: 11, lainnya: 8, perizinan: 3 }, agency: { dinsos: 9, pupr: 6 } },
        { answered: 30, settled: 2 },
      ),
    );
    expect(other).toEqual(september);
  });
});

describe('months', () => {
  it('are counted over years', () => {
    expect([addMonths('2026-12', 1), addMonths('2026-01', -1), addMonths('2026-11', 14)]).toEqual([
      '2027-01',
      '2025-12',
      '2028-01',
    ]);
    expect(monthsBetween('2026-11', '2027-02')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
    expect(monthsBetween('2026-11', '2026-10')).toEqual([]);
  });
});

describe('taken along', () => {
  it('is one figure a line, months apart, what is hidden without a figure, and no formula', () => {
    const lines = trendCsv([september, october], agencyNames).split('\r\n');
    expect(lines[0]).toBe('\uFEFFbulan,tabel,baris,jumlah,keterangan');
    expect(lines).toContain('2026-09,Curhat menurut kategori,Bantuan sosial,20,');
    expect(lines).toContain('2026-09,Curhat menurut kategori,"Digabung: Lainnya, Perizinan",11,disamarkan');
    expect(lines).toContain(`2026-09,Rujukan menurut instansi,"'=Dinsos ""Kota""",9,`);
    expect(lines).toContain('2026-10,Rujukan menurut instansi,Jumlah,,kurang dari 5 orang');
    expect(lines).toContain('2026-10,Peristiwa,Beres,,kurang dari 5 orang');
  });

  it('reads in a terminal', () => {
    expect(trendText(report([september, october], '2026-10'))).toContain(
      [
        'Tren Ruang Curhat Bestie: Oktober 2026',
        'Dibanding September 2026. Kurang dari 5 orang tidak disebut.',
        '',
        '  Curhat masuk                             41  −1',
        '  Dijawab pertama kali                     22  −8',
        '  Beres                   kurang dari 5 orang',
      ].join('\n'),
    );
    expect(trendText(report([], '2026-10'))).toMatch(/Belum ada bulan yang ditutup/);
    expect(trendText(report([october], '2026-09', '2026-10'))).toMatch(/Belum terhitung: September 2026\./);
  });
});
