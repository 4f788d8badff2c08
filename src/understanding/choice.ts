import { normalise } from './normalise.ts';

export type Option = { id: string; label: string; words?: string[] };
export type ChoiceMatch =
  { kind: 'one'; id: string } | { kind: 'ambiguous'; ids: string[] } | { kind: 'none' };

export function matchChoice(text: string, options: readonly Option[]): ChoiceMatch {
  const said = normalise(text).text;
  const number = /^\d{1,3}$/.test(said) ? Number(said) : 0;
  const byNumber = options[number - 1];
  if (byNumber) return { kind: 'one', id: byNumber.id };
  const byLabel = options.filter((option) => normalise(option.label).text === said);
  if (byLabel.length === 1 && byLabel[0]) return { kind: 'one', id: byLabel[0].id };
  if (byLabel.length > 1) return { kind: 'ambiguous', ids: byLabel.map((option) => option.id) };
  return { kind: 'none' };
}
