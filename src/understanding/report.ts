import { understandLine, type Understood } from './understand.ts';

/**
 * A labelled line. Only the labels that are there are measured; the shapes of `when.jsonl`, `concerns.jsonl`
 * and the entries of `crisis.json` are all taken as they are:
 *
 *   when      `date`, `time` and `ask` (with `now`), or `when: {date, time, part, ask} | null`
 *   topic     `category`, `agency`, `urgency`
 *   danger    `danger: null | {kind, severity}`, or `crisis: kind | null`, or a danger kind as `category` with
 *             its `severity` (phrases), or `expect: 'bukan_krisis'` (hard negatives)
 *   `group`   any name: danger recall is then told for each ("explicit", "indirect", "negative")
 */
export type LabelledLine = { id?: string; text: string; now?: string; [field: string]: unknown };

const dangerKinds = new Set([
  'self_harm',
  'kekerasan_kdrt',
  'kekerasan_anak',
  'ancaman_orang_lain',
  'tppo',
  'medis_darurat',
]);
const nothing = '-';

type Pair = { want: string; got: string };

/** Precision, recall and confusion, as text for a terminal. Texts are not printed: a labelled file may hold real lines. */
export function report(lines: readonly LabelledLine[]): string {
  const rows = lines
    .filter((line) => typeof line.text === 'string')
    .map((line, at) => ({
      line,
      got: understandLine({ id: String(line.id ?? at), text: line.text, now: nowOf(line) }),
    }));
  const parts = [
    `${rows.length} lines\n`,
    reportWhen(rows),
    reportLabels(
      'category',
      pairs(
        rows,
        (line) => topicLabel(line, 'category'),
        (got) => got.category,
      ),
    ),
    reportLabels(
      'agency',
      pairs(
        rows,
        (line) => topicLabel(line, 'agency'),
        (got) => got.agency,
      ),
    ),
    reportLabels(
      'urgency',
      pairs(
        rows,
        (line) => (isDangerLine(line) ? undefined : text(line['urgency'])),
        (got) => got.urgency,
      ),
    ),
    reportDanger(rows),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

type Row = { line: LabelledLine; got: Understood };

/** Without a `now` a line names no day that could be checked; any fixed one will do. */
function nowOf(line: LabelledLine): string {
  return typeof line.now === 'string' && !Number.isNaN(Date.parse(line.now))
    ? line.now
    : '2026-11-24T10:00:00+08:00';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isDangerLine(line: LabelledLine): boolean {
  return (
    (typeof line['category'] === 'string' && dangerKinds.has(line['category'])) ||
    'expect' in line ||
    'severity' in line
  );
}

function topicLabel(line: LabelledLine, field: 'category' | 'agency'): string | undefined {
  return isDangerLine(line) ? undefined : text(line[field]);
}

function pairs(
  rows: readonly Row[],
  want: (line: LabelledLine) => string | undefined,
  got: (got: Understood) => string | null,
): Pair[] {
  const found: Pair[] = [];
  for (const row of rows) {
    const label = want(row.line);
    if (label !== undefined) found.push({ want: label, got: got(row.got) ?? nothing });
  }
  return found;
}

function reportWhen(rows: readonly Row[]): string {
  let all = 0;
  let exact = 0;
  let silent = 0;
  const asked: Pair[] = [];
  for (const { line, got } of rows) {
    const label = whenLabel(line);
    if (label === undefined) continue;
    all += 1;
    const same =
      label === null
        ? got.when === null
        : got.when !== null &&
          got.when.date === label.date &&
          got.when.time === label.time &&
          (got.when.ask !== null) === label.ask;
    if (same) exact += 1;
    if (got.when?.date && got.when.date !== (label?.date ?? null)) silent += 1;
    asked.push({
      want: whenKind(label),
      got: whenKind(got.when && { ...got.when, ask: got.when.ask !== null }),
    });
  }
  if (all === 0) return '';
  return `when\n  exact ${percent(exact, all)} (${exact}/${all}), wrong date without asking ${percent(silent, all)} (${silent}/${all})\n${confusion(asked)}`;
}

type WhenLabel = { date: string | null; time: string | null; ask: boolean };

function whenLabel(line: LabelledLine): WhenLabel | null | undefined {
  const when = line['when'];
  if (when === null) return null;
  const source =
    typeof when === 'object'
      ? (when as Record<string, unknown>)
      : 'date' in line && 'time' in line
        ? line
        : undefined;
  if (!source) return undefined;
  return {
    date: text(source['date']) ?? null,
    time: text(source['time']) ?? null,
    ask: typeof source['ask'] === 'string' || source['ask'] === true,
  };
}

function whenKind(when: WhenLabel | null): string {
  if (when === null) return 'none';
  if (when.ask) return 'ask';
  return when.time === null ? 'date' : 'date+time';
}

function dangerLabel(line: LabelledLine): string | undefined {
  if ('danger' in line)
    return line['danger'] === null ? nothing : text((line['danger'] as Record<string, unknown>)['kind']);
  if (line['expect'] === 'bukan_krisis') return nothing;
  if ('crisis' in line) return text(line['crisis']) ?? nothing;
  const category = text(line['category']);
  if (category !== undefined && 'severity' in line) return dangerKinds.has(category) ? category : nothing;
  return undefined;
}

function reportDanger(rows: readonly Row[]): string {
  const found = pairs(rows, dangerLabel, (got) => got.danger?.kind ?? null);
  if (found.length === 0) return '';
  const danger = found.filter((pair) => pair.want !== nothing);
  const safe = found.filter((pair) => pair.want === nothing);
  const seen = danger.filter((pair) => pair.got !== nothing).length;
  const alarms = safe.filter((pair) => pair.got !== nothing).length;
  const groups = new Map<string, { all: number; flagged: number }>();
  for (const { line, got } of rows) {
    const group = text(line['group']);
    if (group === undefined || dangerLabel(line) === undefined) continue;
    const known = groups.get(group) ?? { all: 0, flagged: 0 };
    groups.set(group, { all: known.all + 1, flagged: known.flagged + (got.danger ? 1 : 0) });
  }
  const byGroup = [...groups]
    .map(
      ([group, { all, flagged }]) =>
        `  ${group.padEnd(24)} flagged ${percent(flagged, all)} (${flagged}/${all})\n`,
    )
    .join('');
  return `danger\n  recall ${percent(seen, danger.length)} (${seen}/${danger.length}), false alarms ${percent(alarms, safe.length)} (${alarms}/${safe.length})\n${byGroup}${table(found)}${confusion(found)}`;
}

function reportLabels(name: string, found: readonly Pair[]): string {
  if (found.length === 0) return '';
  const right = found.filter((pair) => pair.want === pair.got).length;
  return `${name}\n  right ${percent(right, found.length)} (${right}/${found.length})\n${table(found)}${confusion(found)}`;
}

/** Precision and recall of every label. */
function table(found: readonly Pair[]): string {
  const labels = [...new Set(found.flatMap((pair) => [pair.want, pair.got]))].sort();
  const lines = labels.map((label) => {
    const wanted = found.filter((pair) => pair.want === label).length;
    const given = found.filter((pair) => pair.got === label).length;
    const right = found.filter((pair) => pair.want === label && pair.got === label).length;
    return `  ${label.padEnd(30)} precision ${percent(right, given)}  recall ${percent(right, wanted)}  n ${wanted}\n`;
  });
  return lines.join('');
}

/** Only the cells that are wrong: a full table of forty agencies is not read by anybody. */
function confusion(found: readonly Pair[]): string {
  const cells = new Map<string, number>();
  for (const { want, got } of found)
    if (want !== got) cells.set(`${want} -> ${got}`, (cells.get(`${want} -> ${got}`) ?? 0) + 1);
  if (cells.size === 0) return '  no confusions\n';
  const lines = [...cells]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([cell, count]) => `    ${String(count).padStart(4)}  ${cell}\n`);
  return `  confusions (label -> understood)\n${lines.join('')}`;
}

function percent(part: number, all: number): string {
  return all === 0 ? '   n/a' : `${((100 * part) / all).toFixed(1).padStart(5)}%`;
}
