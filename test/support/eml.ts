/** The words of a letter in an `.eml` file: lines that mail programs break and letters that they spell out, put together again. */
export function wordsOfEml(eml: string): string {
  const bytes = eml
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
