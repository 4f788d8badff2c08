import { matchChoice } from '../understanding/choice.ts';
import type { Dialog } from './dialog.ts';
import { exactChoice } from './exact-choice.ts';
import { readCommand } from './read-command.ts';
import { isListening } from './standing.ts';
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
  survey: ['ya', 'iya', 'mau', 'boleh', 'yes'],
  refer: ['ya', 'iya', 'setuju', 'boleh', 'kirim', 'kirimkan', 'tanpa nama', 'yes', 'send'],
  'refer-named': ['dengan nama', 'pakai nama', 'sertakan nama', 'with my name'],
  'refer-amend': ['ubah', 'ganti', 'diubah', 'minta ubah', 'change'],
  'refer-not': ['tidak', 'jangan', 'tidak usah', 'tidak jadi', 'no'],
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

const changeWish =
  /^(tolong |minta |mohon |please )?(di)?(ubah|ganti|hapus|jangan (sebut|tulis|pakai|cantum)|change|remove|leave out)/i;

/**
 * While a packet waits for the resident's yes, a sentence that asks for a change ("jangan sebut nama jalan saya") is the
 * answer to it. Gives what its button carries; null when the text is something else.
 */
export function wishedChange(dialog: Dialog, text: string | null): string | null {
  if (text === null || dialog.standing || text.trim().split(/\s+/).length < 3) return null;
  if (!changeWish.test(text.trim()) || readCommand(text) !== null) return null;
  for (const { token } of dialog.offers) {
    const read = readToken(token);
    if (read.kind === 'notice' && read.verb === 'refer-amend') return read.code;
  }
  return null;
}
