import { matchChoice } from '../understanding/choice.ts';
import type { Dialog } from './dialog.ts';
import { exactChoice } from './exact-choice.ts';
import { readCommand } from './read-command.ts';
import { isListening } from './take-turn.ts';
import { readToken } from './token.ts';
import type { NoticeVerb } from './token.ts';

/** Further ways of answering a notice in words, alone and nothing else. */
const words: Readonly<Record<NoticeVerb, readonly string[]>> = {
  come: ['ya', 'iya', 'jadi', 'saya datang', 'jadi datang', 'yes'],
  change: ['ganti', 'pindah'],
  cancel: ['batalkan', 'tidak jadi', 'tidak jadi datang'],
  take: ['ya', 'iya', 'mau', 'ambil', 'yes'],
  pass: ['tidak', 'no'],
  settled: ['ya', 'iya', 'sudah', 'beres', 'yes'],
  unsettled: ['tidak', 'belum beres', 'no'],
  rebook: ['ya', 'iya', 'mau', 'yes'],
  later: ['tidak', 'nanti', 'no'],
  slot: [],
};

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
  return exactChoice(
    text,
    dialog.offers.map(({ token, label }) => {
      const read = readToken(token);
      return { id: token, label, words: read.kind === 'notice' ? words[read.verb] : [] };
    }),
  );
}
