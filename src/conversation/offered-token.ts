import { matchChoice } from '../understanding/choice.ts';
import type { Dialog } from './dialog.ts';
import { readCommand } from './read-command.ts';
import { isListening } from './take-turn.ts';

/**
 * The button of the last menu or notice that a number or a word means. Such a list is newer than the question that
 * stands, so a number means the list; words mean it only where they answer neither the question nor a command.
 */
export function offeredToken(dialog: Dialog, text: string | null): string | null {
  if (text === null || dialog.offers.length === 0) return null;
  const isNumber = /^\s*\d+\s*$/.test(text);
  if (dialog.standing && !isNumber) {
    const isForTheQuestion =
      isListening(dialog) || readCommand(text) !== null || matchChoice(text, dialog.choices).kind !== 'none';
    if (isForTheQuestion) return null;
  }
  const match = matchChoice(
    text,
    dialog.offers.map((offer) => ({ id: offer.token, label: offer.label })),
  );
  return match.kind === 'one' ? match.id : null;
}
