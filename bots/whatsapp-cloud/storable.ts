/** Text that a database takes: without NUL, and with U+FFFD for half a character (PostgreSQL refuses both). */
export function storable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- NUL is exactly what must go
  return text.replace(/\u0000/g, '').replace(/\p{Surrogate}/gu, '\uFFFD');
}
