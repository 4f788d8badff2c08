export type CsvCell = string | number | boolean | null;

/**
 * A table as CSV (RFC 4180) that a spreadsheet opens as what it is: with the mark that says UTF-8, so that Excel
 * does not garble it, and without a cell that could run as a formula. Text from outside that begins like one gets
 * an apostrophe in front, which spreadsheets hide; numbers go out as numbers, negative ones too.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${[header, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')}`;
}

/** What Excel, LibreOffice and Google Sheets take for the beginning of a formula, blanks before it included. */
const formula = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;

function cellOf(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
