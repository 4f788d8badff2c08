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
  /** The mail server will never take it (no such mailbox). */
  | { kind: 'refused'; reason: string }
  /** A passing failure: try again later. */
  | { kind: 'retry'; reason: string };

/** Sends letters by a mail server; a room without one has none of these. */
export type Mailer = {
  send(mail: Mail): Promise<MailResult>;
};
