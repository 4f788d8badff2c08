import { Alert, Button, Loader, Title } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { changeWords, figureWords, waitWords } from '../../../domain/figure-words.ts';
import { addMonths } from '../../../domain/wita.ts';
import { api, ask } from '../api.ts';
import type { Answer } from '../api.ts';
import { download } from '../download.ts';
import { sayDone, sayError } from '../notify.ts';
import { PeriodPicker, usePeriod, type Period } from '../parts/period-picker.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { dayOf, monthName } from '../time.ts';
import './trends.css';

type Trends = Answer<Awaited<ReturnType<typeof api.trends.$get>>>;
type Report = Trends['report'];
type Line = Report['highlights'][number];

/** What troubles the city, in closed months, and nobody in it. */
export function TrendsPage() {
  const lastMonth = addMonths(dayOf(new Date().toISOString()).slice(0, 7), -1);
  const [period, choose] = usePeriod(lastMonth);
  const trends = useQuery({
    queryKey: ['trends', period],
    queryFn: () => ask(api.trends.$get({ query: period })),
    placeholderData: keepPreviousData,
  });
  const takeAlong = useMutation({
    mutationFn: () => ask(api.trends.export.$post({ json: period })),
    onSuccess: ({ csv }) => {
      download(`tren-${period.from}-${period.to}.csv`, csv);
      sayDone('Diunduh.');
    },
    onError: sayError,
  });
  const hasNone = trends.data?.report.months.length === 0;
  return (
    <div className="page narrow">
      <header className="page-head">
        <div>
          <Title order={1} size="h2">
            Tren
          </Title>
          <p className="lead">Apa yang menyusahkan warga, tanpa ada orang di dalamnya.</p>
        </div>
        <Button
          variant="default"
          size="compact-sm"
          className="no-print"
          disabled={!trends.data || hasNone}
          loading={takeAlong.isPending}
          onClick={() => takeAlong.mutate()}
        >
          Unduh CSV
        </Button>
      </header>
      <PeriodPicker period={period} choose={choose} offered={periodsUpTo(lastMonth)} last={lastMonth} />
      {trends.isPending && <Loader type="dots" />}
      {trends.error && <Trouble error={trends.error} again={() => void trends.refetch()} />}
      {trends.data && hasNone && <Nothing lastClosed={trends.data.lastClosed} onChoose={choose} />}
      {trends.data && !hasNone && <Figures report={trends.data.report} />}
    </div>
  );
}

/** What is asked for most: the last whole month, quarter and year, and the half year up to now. */
function periodsUpTo(last: string): (Period & { name: string })[] {
  const year = Number(last.slice(0, 4));
  const quarters = Math.floor(Number(last.slice(5, 7)) / 3);
  const quarterEnd = quarters === 0 ? `${year - 1}-12` : addMonths(`${year}-01`, quarters * 3 - 1);
  const quarter = `Triwulan ${Number(quarterEnd.slice(5, 7)) / 3} ${quarterEnd.slice(0, 4)}`;
  return [
    { name: monthName(last), from: last, to: last },
    { name: quarter, from: addMonths(quarterEnd, -2), to: quarterEnd },
    { name: '6 bulan terakhir', from: addMonths(last, -5), to: last },
    { name: `Tahun ${year}`, from: `${year}-01`, to: `${year}-12` },
  ];
}

function Nothing({
  lastClosed,
  onChoose,
}: {
  lastClosed: string | null;
  onChoose: (period: Period) => void;
}) {
  return (
    <div className="empty">
      Belum ada bulan yang terhitung pada masa ini.
      <small>Satu bulan dihitung pada malam pertama sesudah bulan itu selesai.</small>
      {lastClosed !== null && (
        <Button variant="subtle" mt="xs" onClick={() => onChoose({ from: lastClosed, to: lastClosed })}>
          Lihat {monthName(lastClosed)}
        </Button>
      )}
    </div>
  );
}

function Figures({ report }: { report: Report }) {
  const { months, missing, threshold, highlights, waits, before } = report;
  const given = { threshold, months: months.length };
  const then = before.from === before.to ? monthName(before.from) : 'masa sebelumnya';
  return (
    <>
      {missing.length > 0 && (
        <Alert mb="md" color="jagung" title="Belum semua bulan terhitung">
          Belum ada angka untuk {missing.map(monthName).join(', ')}.
        </Alert>
      )}
      <dl className="highlights" aria-label="Ringkasan">
        {highlights.map(({ key, name, figure, change }) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd>
              <strong className={figure === null ? 'hidden-figure' : undefined}>
                {figureWords(figure, given)}
              </strong>
              <Change of={change} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="waits">
        {waits.map(({ key, name, days }) => (
          <span key={key}>
            {name}: <strong>{waitWords(days)}</strong>
          </span>
        ))}
        <small className="faint">
          nilai tengah{months.length > 1 ? ' tiap bulan, dari yang terendah sampai yang tertinggi' : ''}
        </small>
      </p>
      {highlights.some((line) => line.change !== null) && (
        <p className="faint">Naik (+) atau turun (−) dibanding {then}.</p>
      )}
      {months.length > 1 && <ByMonth report={report} />}
      {report.tables.map((table) => (
        <Table key={table.key} table={table} given={given} />
      ))}
      <details className="hidden-why">
        <summary>Mengapa ada angka yang disamarkan?</summary>
        <p>
          Angka dari kurang dari {threshold} orang tidak ditampilkan, supaya tidak ada warga yang bisa
          dikenali. Satu atau beberapa baris lain ikut digabung, karena kalau tidak, yang kecil bisa dihitung
          dari jumlahnya. Kelurahan tidak dirinci, dan tidak ada tabel yang menyilangkan dua hal.
        </p>
        <p>
          Setiap bulan dihitung satu kali, pada malam pertama sesudahnya, dan tidak berubah lagi. Bulan yang
          masih berjalan tidak ditampilkan. &ldquo;Sedikitnya&rdquo; berarti sebagian bulan menyamarkan
          angkanya.
        </p>
        <p>
          Tanda bahaya dinyalakan oleh sistem dari kata-kata warga, termasuk yang ternyata tidak berbahaya;
          seorang warga dihitung satu kali sebulan.
        </p>
      </details>
    </>
  );
}

/** One line a month: how it went. */
function ByMonth({ report: { byMonth, highlights, threshold } }: { report: Report }) {
  return (
    <section className="trend">
      <h2 id="by-month">Bulan demi bulan</h2>
      {/* Reached by the keyboard, for on a phone it is wider than the screen. */}
      <div className="wide-table" role="region" aria-labelledby="by-month" tabIndex={0}>
        <table aria-labelledby="by-month">
          <thead>
            <tr>
              <th scope="col">Bulan</th>
              {highlights.map(({ key, name }) => (
                <th key={key} scope="col" className="figure">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {byMonth.map(({ month, highlights: told }) => (
              <tr key={month}>
                <th scope="row">{monthName(month)}</th>
                {told.map(({ key, figure }) => (
                  <td key={key} className="figure">
                    {figure === null ? `< ${threshold}` : figureWords(figure, { threshold, months: 1 })}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Table({
  table: { key, name, total, rows, folded },
  given,
}: {
  table: Report['tables'][number];
  given: { threshold: number; months: number };
}) {
  const longest = Math.max(1, folded?.count ?? 0, ...rows.map((row) => row.figure?.count ?? 0));
  const hasChange = rows.some((row) => row.change !== null);
  return (
    <section className="trend">
      <h2 id={`trend-${key}`}>
        {name} <span className="faint">{figureWords(total, given)}</span>
      </h2>
      {total !== null && rows.length === 0 && (
        <p className="faint">Tidak dirinci, supaya tidak ada yang bisa dikenali.</p>
      )}
      {rows.length > 0 && (
        <table aria-labelledby={`trend-${key}`}>
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">Menurut</span>
              </th>
              <th scope="col" className="figure">
                Jumlah
              </th>
              {hasChange && (
                <th scope="col" className="figure">
                  Naik/turun
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.key} row={row} longest={longest} given={given} hasChange={hasChange} />
            ))}
            {folded !== null && (
              <tr className="folded">
                <th scope="row">
                  <Bar name={folded.name} share={folded.count / longest} />
                </th>
                <td className="figure">{folded.count.toLocaleString('id-ID')}</td>
                {hasChange && <td />}
              </tr>
            )}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({
  row: { name, figure, change },
  longest,
  given,
  hasChange,
}: {
  row: Line;
  longest: number;
  given: { threshold: number; months: number };
  hasChange: boolean;
}) {
  return (
    <tr>
      <th scope="row">
        <Bar name={name} share={(figure?.count ?? 0) / longest} />
      </th>
      <td className="figure">{figureWords(figure, given)}</td>
      {hasChange && <td className="figure faint">{changeWords(change)}</td>}
    </tr>
  );
}

function Change({ of }: { of: number | null }) {
  return of === null ? null : <small className="faint">{changeWords(of)}</small>;
}

/** Seen only: the figure stands beside it. */
function Bar({ name, share }: { name: string; share: number }) {
  return (
    <>
      {name}
      <span className="meter" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
    </>
  );
}
