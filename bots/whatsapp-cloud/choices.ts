import type { Choice } from '../../src/domain/message.ts';

/** Meta's limits, in characters. */
const limits = { buttons: 3, buttonTitle: 20, rows: 10, rowTitle: 24, rowDescription: 72, body: 1024 };

export type Layout =
  { as: 'text'; body: string } | { as: 'interactive'; interactive: Record<string, unknown> };

/**
 * Buttons where all fit, else a list, else numbers under the text as where there are no buttons. Nothing of
 * a label is cut: in a list what does not fit the title goes on in the description.
 */
export function layOut(text: string, choices: readonly Choice[], listButton: string): Layout {
  if (choices.length === 0) return { as: 'text', body: text };
  const tokens = new Set(choices.map(({ token }) => token));
  const isPressable = text.length <= limits.body && tokens.size === choices.length && !tokens.has('');
  if (isPressable && fitsButtons(choices)) {
    const buttons = choices.map(({ token, label }) => ({
      type: 'reply',
      reply: { id: token, title: label },
    }));
    return { as: 'interactive', interactive: { type: 'button', body: { text }, action: { buttons } } };
  }
  const rows = choices.map(toRow);
  if (isPressable && rows.length <= limits.rows && rows.every((row) => row !== null)) {
    const action = { button: listButton.slice(0, limits.buttonTitle), sections: [{ rows }] };
    return { as: 'interactive', interactive: { type: 'list', body: { text }, action } };
  }
  return {
    as: 'text',
    body: `${text}\n\n${choices.map(({ label }, at) => `${at + 1}. ${label}`).join('\n')}`,
  };
}

function fitsButtons(choices: readonly Choice[]): boolean {
  const labels = new Set(choices.map(({ label }) => label.trim()));
  return (
    choices.length <= limits.buttons &&
    // Two buttons of one title are refused.
    labels.size === choices.length &&
    choices.every(({ label }) => label.length <= limits.buttonTitle && label.trim() !== '')
  );
}

function toRow({ token, label }: Choice): Record<string, string> | null {
  if (label.trim() === '') return null;
  if (label.length <= limits.rowTitle) return { id: token, title: label };
  const space = label.lastIndexOf(' ', limits.rowTitle);
  const end = space > 0 ? space : limits.rowTitle;
  const description = label.slice(end).trim();
  return description.length <= limits.rowDescription
    ? { id: token, title: label.slice(0, end), description }
    : null;
}
