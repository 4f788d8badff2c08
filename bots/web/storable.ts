/**
 * Makes foreign text storable and nothing more: PostgreSQL refuses NUL and lone surrogates. Direction marks and
 * everything else that a person wrote stays as it is.
 */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}
