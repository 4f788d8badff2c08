import { CsvError, parse } from 'csv-parse/sync';
import type { Closure } from './calendar.ts';
import { monthNumber } from './wita.ts';
import type { Day } from './wita.ts';

/** A closed day as a line of a file names it. Lines are counted as an editor counts them, from 1. */
export type HolidayLine = Closure & { readonly line: number };
export type HolidayFault = { readonly line: number; readonly sentence: string };
export type HolidayFile = { readonly days: readonly HolidayLine[]; readonly faults: readonly HolidayFault[] };

/** A file of holidays has some fifty lines; more is another file. */
const maxLines = 1000;

/**
 * Reads closed days from a table as spreadsheets save it: parted by commas, semicolons or tabs; UTF-8, UTF-16 or
 * Windows-1252; with a line of headings (tanggal, jenis, nama, in any order) or without (day, kind, name).
 * Every line is either a day or a fault.
 */
export function readHolidayFile(bytes: Uint8Array): HolidayFile {
  const text = decode(bytes);
  const days: HolidayLine[] = [];
  const faults: HolidayFault[] = [];
  let columns: Columns = byPosition;
  let isFirst = true;
  for (const { cells, line, isBroken } of readRows(text)) {
    if (isBroken) {
      faults.push({ line, sentence: 'Tanda kutip di baris ini tidak berpasangan.' });
      continue;
    }
    if (cells.every((cell) => cell === '') || cells[0]?.startsWith('#')) continue;
    const headings = isFirst ? readHeadings(cells) : null;
    isFirst = false;
    if (headings) {
      columns = headings;
      continue;
    }
    if (days.length + faults.length >= maxLines) {
      faults.push({ line, sentence: `Lebih dari ${maxLines} baris; sisanya tidak dibaca.` });
      break;
    }
    const read = readLine(columns(cells));
    if ('sentence' in read) {
      faults.push({ line, sentence: read.sentence });
      continue;
    }
    const twin = days.find(({ day }) => day === read.day);
    if (twin) faults.push({ line, sentence: `Tanggal ini sudah ada di baris ${twin.line}.` });
    else days.push({ ...read, line });
  }
  if (days.length === 0 && faults.length === 0)
    faults.push({ line: 1, sentence: 'Berkas ini tidak berisi satu hari pun.' });
  return { days, faults };
}

type Fields = { day: string; kind: string; name: string };
type Columns = (cells: readonly string[]) => Fields;

/** Without headings: day, kind, name; or day and name alone. A name that holds the separator goes on to the end. */
const byPosition: Columns = ([day = '', second = '', ...rest]) => {
  if (rest.length === 0 && readKind(second) === null) return { day, kind: '', name: second };
  return { day, kind: second, name: rest.filter((cell) => cell !== '').join(', ') };
};

function readHeadings(cells: readonly string[]): Columns | null {
  const find = (...names: string[]): number =>
    cells.findIndex((cell) => names.includes(cell.toLowerCase().trim()));
  const day = find('tanggal', 'tgl', 'hari', 'day', 'date');
  const kind = find('jenis', 'kind', 'type', 'tipe');
  const name = find('nama', 'name', 'keterangan', 'hari libur', 'nama hari libur', 'libur');
  if (day < 0 || name < 0) return null;
  return (row) => ({ day: row[day] ?? '', kind: kind < 0 ? '' : (row[kind] ?? ''), name: row[name] ?? '' });
}

function readLine(fields: Fields): Closure | { sentence: string } {
  if (fields.day === '') return { sentence: 'Tanggalnya kosong.' };
  const day = readDay(fields.day);
  if (day === null)
    return { sentence: `"${brief(fields.day)}" bukan tanggal. Tulis seperti 2027-01-31 atau 31/01/2027.` };
  const kind = readKind(fields.kind);
  if (kind === null)
    return {
      sentence: `"${brief(fields.kind)}" bukan jenis. Tulis libur nasional, cuti bersama, atau admin.`,
    };
  const name = fields.name.replaceAll(/\s+/g, ' ').trim();
  if (name === '') return { sentence: 'Nama harinya kosong; warga membacanya.' };
  if (name.length > 120) return { sentence: 'Nama harinya lebih dari 120 huruf.' };
  return { day, kind, name };
}

function readKind(text: string): Closure['kind'] | null {
  const plain = text
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();
  if (plain === '' || plain === 'libur nasional' || plain === 'libur') return 'libur_nasional';
  if (plain === 'cuti bersama' || plain === 'cuti') return 'cuti_bersama';
  return plain === 'admin' ? 'admin' : null;
}

/** `2027-01-31`, `31/01/2027`, `31-1-2027`, `31.1.2027`, `31 Januari 2027`, with or without a weekday before it. */
function readDay(text: string): Day | null {
  const plain = text.trim().replace(/^\p{L}+,\s*/u, '');
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain);
  if (iso) return realDay(iso[1], iso[2], iso[3]);
  const local = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(plain);
  if (local) return realDay(local[3], local[2], local[1]);
  const named = /^(\d{1,2})\s+(\p{L}+)\s+(\d{4})$/u.exec(plain);
  const month = named ? monthNumber(named[2] ?? '') : null;
  return named && month !== null ? realDay(named[3], String(month), named[1]) : null;
}

function realDay(year = '', month = '', date = ''): Day | null {
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  // 31 February is taken for 3 March by some and refused by others; the year keeps 0207 out.
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day) return null;
  return Number(year) >= 2020 && Number(year) <= 2100 ? day : null;
}

function brief(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

type Row = { cells: string[]; line: number; isBroken: boolean };

/** Line by line: no name of a holiday goes over two, and a quote left open must not swallow the rest of the file. */
function readRows(text: string): Row[] {
  const delimiter = separatorOf(text);
  return text.split(/\r\n|\r|\n/).map((row, at) => {
    try {
      const [cells = []] = parse(row, { delimiter, trim: true, relaxQuotes: true });
      return { cells, line: at + 1, isBroken: false };
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      return { cells: [], line: at + 1, isBroken: true };
    }
  });
}

/** Excel parts by what the country writes: in Indonesia the semicolon. */
function separatorOf(text: string): string {
  const first = text.split(/\r?\n/).find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  return [';', '\t', ','].find((separator) => first.includes(separator)) ?? ',';
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    // Takes a BOM off, too.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Node 20 takes windows-1252 for latin1, which has control characters where Excel has dashes and quotes.
    return Buffer.from(bytes)
      .toString('latin1')
      .replaceAll(/[\u0080-\u009f]/g, (letter) => windowsLetters[letter.charCodeAt(0) - 0x80] ?? letter);
  }
}

const windowsLetters = [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'];
