import { commandNames } from '../../flows/define-flow.ts';
import type { CommandName } from '../../flows/define-flow.ts';
import { readLinkCode } from '../domain/code.ts';

export type Command = { name: CommandName; rest: string; hasSlash: boolean };

/** Further words for the commands, typed alone, in both languages. */
const words: Readonly<Record<CommandName, readonly string[]>> = {
  start: ['start', 'mulai', 'menu'],
  pesan: ['pesan', 'pesan jadwal', 'booking', 'book', 'jadwal'],
  curhat: ['curhat', 'mulai curhat', 'cerita', 'concern'],
  status: ['status', 'lihat status'],
  petugas: ['petugas', 'bicara dengan petugas', 'officer', 'talk to an officer'],
  data: ['data', 'data saya', 'my data'],
  bahasa: ['bahasa', 'ganti bahasa', 'language'],
  bantuan: ['bantuan', 'help', 'tolong bantuan'],
  batal: ['batal', 'cancel', 'keluar'],
};

const byWord = new Map(commandNames.flatMap((name) => words[name].map((word) => [word, name] as const)));

/**
 * `hubungkan K7QF-2M9X`: the code, or null. Anything else after the word is a sentence ("hubungkan saya dengan petugas"),
 * so it is no command of its own and stands in no menu.
 */
export function readLinking(text: string): string | null {
  const match = /^\s*\/?(?:hubungkan|connect)(?:@\w+)?[\s:]+(.{8,12})$/i.exec(text);
  return match?.[1] ? readLinkCode(match[1]) : null;
}

/** Reads `/pesan senin`, `/pesan@SomeBot` or a command's word alone; null when the text is none. */
export function readCommand(text: string): Command | null {
  const trimmed = text.trim();
  if (trimmed.startsWith('/')) {
    const space = trimmed.search(/\s/);
    const head = (space < 0 ? trimmed : trimmed.slice(0, space)).slice(1).toLowerCase();
    const name = byWord.get(head.split('@')[0] ?? '');
    return name ? { name, rest: space < 0 ? '' : trimmed.slice(space).trim(), hasSlash: true } : null;
  }
  if (trimmed.length > 40) return null;
  const name = byWord.get(trimmed.toLowerCase().replace(/[.!?]+$/, ''));
  return name ? { name, rest: '', hasSlash: false } : null;
}
