import type { Button } from '../support/bot-api/validate.ts';

/** What the bot sent, as far as the dialog goes by it. */
export type Heard = { method: string; text: string; buttons: Button[] };

/** Who the resident is among all: spreads them over days and times, so that seats are not the limit. */
type Choose = (buttons: Button[], resident: number) => Button | undefined;

export type Step = {
  act: { says: string } | { presses: Choose };
  /** The message that answers the update; the time until it arrives is the latency of the reply. */
  isReply: (heard: Heard) => boolean;
};

const labelled =
  (pattern: RegExp): Choose =>
  (buttons) =>
    buttons.find(({ text }) => pattern.test(text));

/** `every`: how many residents in a row choose the same. */
const spread =
  (every: number): Choose =>
  (buttons, resident) => {
    const free = buttons.filter(({ text }) => /\(sisa \d+\)/.test(text));
    return free[Math.floor(resident / every) % free.length];
  };

const has =
  (pattern: RegExp) =>
  ({ buttons }: Heard): boolean =>
    buttons.some(({ text }) => pattern.test(text));

/** The booking: six updates. After the last one the bot says the code, and may go on with a map pin and a file. */
export const bookingDialog: readonly Step[] = [
  { act: { says: '/start' }, isReply: has(/^Setuju$/) },
  { act: { presses: labelled(/^Setuju$/) }, isReply: ({ method }) => method === 'sendMessage' },
  { act: { says: '/pesan' }, isReply: has(/\(sisa \d+\)/) },
  { act: { presses: spread(1) }, isReply: has(/^\d\d\.\d\d \(sisa \d+\)/) },
  { act: { presses: spread(8) }, isReply: has(/^Ya, pesan/) },
  { act: { presses: labelled(/^Ya, pesan/) }, isReply: ({ text }) => /BST-[0-9A-Z]{6}/.test(text) },
];
