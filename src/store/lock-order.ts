/**
 * Thrown out of a transaction that holds one conversation and needs more of them, which somebody else holds just now:
 * two that wait for each other's would wait for ever. Whoever opened the transaction begins it anew with all of these
 * taken first, in one order. Nothing has happened until then.
 */
export class ConversationsBusy extends Error {
  readonly conversationIds: readonly string[];

  constructor(conversationIds: readonly string[]) {
    super('conversations are held by others');
    this.name = 'ConversationsBusy';
    this.conversationIds = conversationIds;
  }
}
