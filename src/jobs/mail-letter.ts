import { claimLetter, settleLetter } from '../actions/settle-letter.ts';
import type { RoomFactsReader } from '../store/room-facts.ts';
import type { Transact } from '../store/transact.ts';
import { messageIdOf } from '../mail/letter-file.ts';
import type { Mailer } from '../mail/mailer.ts';

export type MailLetterDeps = {
  transact: Transact;
  facts: RoomFactsReader;
  mailer: Mailer;
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
  const outcome = await deps.mailer.send({
    to: letter.mailbox,
    ...letter.content,
    messageId: messageIdOf(letter.id, deps.publicUrl),
  });
  const { calendar } = await deps.facts.read();
  const settled = await deps.transact((tx) => settleLetter(tx, { letterId, outcome, calendar }));
  if (settled.kind === 'later') deps.ringLater(letterId, settled.afterMs);
}
