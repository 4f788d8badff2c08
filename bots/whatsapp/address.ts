import type { AddressRef } from '../../src/domain/message.ts';

/**
 * WhatsApp's chat ids of people and ours. A `@lid` is a number too, but never a phone number, so nothing is
 * ever derived from the digits of one for the other. Groups, status, channels and WhatsApp's own
 * announcements (`0@c.us`) have no address: they are ignored.
 */
export function addressOfChat(chatId: string): AddressRef | null {
  // `:7` is the device of a multi-device account, the person is the same.
  const match = /^([1-9]\d{4,19})(?::\d+)?@(c\.us|s\.whatsapp\.net|lid)$/.exec(chatId);
  if (!match?.[1]) return null;
  return { channel: 'whatsapp', kind: match[2] === 'lid' ? 'lid' : 'phone', value: match[1] };
}

export function chatOfAddress(address: AddressRef): string | null {
  if (address.channel !== 'whatsapp' || !/^\d{5,20}$/.test(address.value)) return null;
  if (address.kind === 'phone') return `${address.value}@c.us`;
  return address.kind === 'lid' ? `${address.value}@lid` : null;
}

export function isSameAddress(a: AddressRef, b: AddressRef): boolean {
  return a.channel === b.channel && a.kind === b.kind && a.value === b.value;
}
