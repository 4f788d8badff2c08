import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Choice } from '../../src/domain/message.ts';

/** A phone shows about 34 characters in a row of buttons before it cuts labels short. */
const perRow = (label: string): number => {
  return label.length <= 9 ? 3 : label.length <= 16 ? 2 : 1;
};

/**
 * Buttons in the order given, as many beside each other as stay readable: times in twos or threes, sentences
 * one a row. Neighbours of different length start a new row, so that columns stay columns.
 */
export const layOutChoices = (choices: readonly Choice[]): InlineKeyboardMarkup => {
  const rows: { width: number; choices: Choice[] }[] = [];
  for (const choice of choices) {
    const width = perRow(choice.label);
    const last = rows.at(-1);
    if (last && last.width === width && last.choices.length < width) last.choices.push(choice);
    else rows.push({ width, choices: [choice] });
  }
  return {
    inline_keyboard: rows.map((row) =>
      row.choices.map(({ label, token }) => ({ text: label, callback_data: token })),
    ),
  };
};
