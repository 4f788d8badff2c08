/**
 * Makes foreign text storable and nothing more: PostgreSQL refuses NUL and lone surrogates. Direction marks,
 * emoji and everything else a resident typed stay as they are.
 */
export const storable = (text: string): string =>
  text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD');

/** Cut to what the contract allows of a name or type, never leaving half a character; null when empty. */
export const storableUpTo = (limit: number, text: unknown): string | null => {
  if (typeof text !== 'string' || text === '') return null;
  return storable(storable(text).trim().slice(0, limit)) || null;
};
