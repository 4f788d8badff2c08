import { claimLetter, settleLetter } from '../actions/settle-letter.ts';
import type { LetterOutcome } from '../actions/settle-letter.ts';
import type { RoomFactsReader } from '../store/room-facts.ts';
import type { Transact } from '../store/transact.ts';
import { messageIdOf } from '../mail/letter-file.ts';
import type { LetterFolder } from '../mail/letter-folder.ts';
import type { Mail, Mailer } from '../mail/mailer.ts';

export type MailLetterDeps = {
  transact: Transact;
  facts: RoomFactsReader;
  /** Without it letters wait in the folder, and on the desk, to be sent by hand. */
  mailer: Mailer | undefined;
  folder: LetterFolder;
  /** Where people reach us; its host is the latter half of a letter's Message-ID. */
  publicUrl: string;
  ringLater: (letterId: string, afterMs: number) => void;
};

/**
 * Sends a letter to an agency, if it is due and nobody else does. It is claimed in one transaction and settled in another,
 * with the mail server between: who dies there leaves a claim that runs out, and the letter goes once more under the same
 * Message-ID, by which a mailbox knows it.
 */
export async function mailLetter(deps: MailLetterDeps, letterId: string): Promise<void> {
  const letter = await deps.transact((tx) => claimLetter(tx, { letterId }));
  if (!letter) return;
  const outcome = await send(deps, {
    to: letter.mailbox,
    ...letter.content,
    messageId: messageIdOf(letter.id, deps.publicUrl),
  });
  const { calendar } = await deps.facts.read();
  const settled = await deps.transact((tx) => settleLetter(tx, { letterId, outcome, calendar }));
  if (settled.kind === 'later') deps.ringLater(letterId, settled.afterMs);
}

async function send({ mailer, folder }: MailLetterDeps, mail: Mail): Promise<LetterOutcome> {
  if (mailer) return mailer.send(mail);
  await folder.put(mail);
  return { kind: 'by_hand' };
}
