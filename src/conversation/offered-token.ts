import { matchChoice } from '../understanding/choice.ts';
import { understandIntents } from '../understanding/intent.ts';
import { isDangerFresh, waitingNotices } from './dialog.ts';
import type { Dialog, Offer } from './dialog.ts';
import { exactChoice } from './exact-choice.ts';
import { readNoticeSentence } from './notice-sentence.ts';
import type { NoticeSentence } from './notice-sentence.ts';
import { readCommand } from './read-command.ts';
import { readWishes } from './read-wish.ts';
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

/** A sentence that answers a notice which still waits. `offers`: its buttons, to be shown again where it is asked back. */
export type AnsweredInWords =
  { kind: 'answered'; token: string } | { kind: 'unclear'; offers: readonly Offer[] } | null;

/**
 * The notice that a sentence answers, the newest first. Never while a question stands or somebody has just spoken of
 * danger: then it is said to that.
 */
export function answeredInWords(dialog: Dialog, text: string | null, now: Date): AnsweredInWords {
  if (text === null || dialog.standing || readCommand(text) || isDangerFresh(dialog.danger, now)) return null;
  for (const offers of waitingNotices(dialog, now)) {
    const exact = exactChoice(
      /^\s*\d+\s*$/.test(text) ? '' : text,
      offers.map(({ token, label }) => ({ id: token, label })),
    );
    if (exact !== null) return { kind: 'answered', token: exact };
    const tokens = new Map(
      offers.flatMap(({ token }) => {
        const read = readToken(token);
        return read.kind === 'notice' ? [[read.verb, token] as const] : [];
      }),
    );
    const isLast = dialog.offers.some(({ token }) => token === offers[0]?.token);
    const said = readNoticeSentence(new Set(tokens.keys()), text, isLast);
    if (isWishBeside(text, said)) return null;
    if (said === 'unclear') return { kind: 'unclear', offers };
    const token = said === null ? undefined : tokens.get(said);
    if (token !== undefined) return { kind: 'answered', token };
  }
  return null;
}

/** "Belum, mau ganti jadwal" is said of a visit, and "ya, mau curhat" is no answer to "boleh kami kirim?". */
function isWishBeside(text: string, said: NoticeSentence): boolean {
  if (said !== 'unclear' && said !== 'unsettled') return false;
  const wished = readWishes(text, understandIntents(text), 0.8);
  return said === 'unclear' ? wished.length > 0 : wished.some(({ command }) => command === 'pesan');
}

const changeWish =
  /^(tolong |minta |mohon |please )?(di)?(ubah|ganti|hapus|jangan (sebut|tulis|pakai|cantum)|change|remove|leave out)/i;

/**
 * While a packet waits for the resident's yes, a sentence that asks for a change ("jangan sebut nama jalan saya") is the
 * answer to it. Gives what its button carries; null when the text is something else.
 */
export function wishedChange(dialog: Dialog, text: string | null, now: Date): string | null {
  if (text === null || dialog.standing || text.trim().split(/\s+/).length < 3) return null;
  if (!changeWish.test(text.trim()) || readCommand(text) !== null) return null;
  for (const { token } of [...dialog.offers, ...waitingNotices(dialog, now).flat()]) {
    const read = readToken(token);
    if (read.kind === 'notice' && read.verb === 'refer-amend') return read.code;
  }
  return null;
}
