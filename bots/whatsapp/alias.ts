import type { AddressRef } from '../../src/domain/message.ts';
import type { ChannelClock } from '../channel.ts';
import { addressOfChat, chatOfAddress, isSameAddress } from './address.ts';
import { settleWithin } from './deadline.ts';
import type { LibraryClient } from './library.ts';

/**
 * The other address of the same person, where WhatsApp itself can tell. Asked once a person; not knowing is
 * asked again at their next message, because WhatsApp learns it over time.
 */
export function createAliasFinder(
  client: () => LibraryClient | null,
  clock: ChannelClock,
  timeoutMs: number,
): (address: AddressRef) => Promise<AddressRef[]> {
  const known = new Map<string, AddressRef[]>();
  return async (address) => {
    const chat = chatOfAddress(address);
    if (!chat) return [];
    const cached = known.get(chat);
    if (cached) return cached;
    const library = client();
    if (!library) return [];
    const answer = await settleWithin(library.getContactLidAndPhone([chat]), timeoutMs, clock);
    if (answer.done !== 'value') return [];
    const pair = answer.value[0];
    const aliases = [pair?.pn, pair?.lid]
      .map((id) => (id ? addressOfChat(id) : null))
      .filter((alias) => alias !== null)
      .filter((alias) => !isSameAddress(alias, address));
    if (aliases.length > 0) {
      known.set(chat, aliases);
      if (known.size > 5_000) known.delete(known.keys().next().value ?? '');
    }
    return aliases;
  };
}
