import { normalise } from '../understanding/normalise.ts';

/**
 * The option that a text names and says nothing else: its number, its label or one of its words. Where free words are
 * expected (an outpouring, a menu that is merely offered), a word that happens to stand in a label must not press it.
 */
export function exactChoice(
  text: string,
  options: readonly { id: string; label: string; words?: readonly string[] }[],
): string | null {
  const said = normalise(text).text;
  if (/^\d{1,3}$/.test(said)) return options[Number(said) - 1]?.id ?? null;
  const named = options.filter((option) =>
    [option.label, ...(option.words ?? [])].some((name) => normalise(name).text === said),
  );
  return named.length === 1 ? (named[0]?.id ?? null) : null;
}
