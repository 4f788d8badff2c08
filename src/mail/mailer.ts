/** Plain text only: nothing in a letter is ever loaded from elsewhere. */
export type Mail = {
  /** Empty where a person has to find out how to reach them. */
  to: string;
  subject: string;
  text: string;
  /** The same letter sent twice has the same id, so that a mailbox may show it once. */
  messageId: string;
};

/** How a letter went. A rejection is a bug. */
export type MailResult =
  | { kind: 'sent' }
  /** Nothing sends it from here: a person has to. */
  | { kind: 'by_hand' }
  /** The mail server will never take it (no such mailbox). */
  | { kind: 'refused'; reason: string }
  /** A passing failure: try again later. */
  | { kind: 'retry'; reason: string };

/** Sends letters, or puts them into a folder as `.eml` files where no mail server is set. */
export type Mailer = {
  send(mail: Mail): Promise<MailResult>;
};
