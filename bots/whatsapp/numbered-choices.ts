import type { Choice } from '../../src/domain/message.ts';

/** WhatsApp by the library has no buttons: choices stand under the text and are answered by their number. */
export function withNumberedChoices(text: string, choices: readonly Choice[]): string {
  if (choices.length === 0) return text;
  return `${text}\n\n${choices.map((choice, index) => `${index + 1}. ${choice.label}`).join('\n')}`;
}
