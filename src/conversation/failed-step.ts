/** A message could not be taken in: something of ours threw. Nothing of the step has happened. */
export class FailedStep extends Error {
  readonly messageId: string;

  constructor(messageId: string, cause: unknown) {
    super('a message could not be taken in', { cause });
    this.name = 'FailedStep';
    this.messageId = messageId;
  }
}
