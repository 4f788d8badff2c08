import type { CommandName, Opening } from '../../flows/define-flow.ts';
import { flowOfCommand } from '../../flows/index.ts';
import type { Intent, IntentName } from '../understanding/intent.ts';
import { tellsBeside } from './tells-story.ts';

/** Something that a command does, wished for in a sentence. */
export type Wish = {
  intent: IntentName;
  command: CommandName;
  opening: Opening;
  /** It is told or done at once and asks nothing, so that another wish may follow it. */
  isTold: boolean;
  /** What is to be told stands beside the wish to tell it: the message is the beginning of the story. */
  isStory: boolean;
};

/** In the order in which they are heard: whoever wants to be rid of a booking and says so with "booking" wants no other. */
const wishes: readonly (readonly [IntentName, CommandName, 'told' | 'asked'])[] = [
  ['person', 'petugas', 'told'],
  ['status', 'status', 'told'],
  ['reply_time', 'status', 'told'],
  ['help', 'bantuan', 'told'],
  ['language', 'bahasa', 'asked'],
  ['change', 'pesan', 'asked'],
  ['cancel_booking', 'pesan', 'asked'],
  ['book', 'pesan', 'asked'],
  ['my_data', 'data', 'asked'],
  ['pour_out', 'curhat', 'asked'],
  ['leave', 'batal', 'asked'],
];

/** What is wished for with at least so much confidence: all that is told, then the one thing that begins to ask. */
export function readWishes(text: string, intents: readonly Intent[], sure: number): Wish[] {
  const isNamed = (name: IntentName) =>
    intents.some((intent) => intent.name === name && intent.confidence >= sure);
  const found = wishes.filter(([intent]) => isNamed(intent));
  const told = found.filter(([, , kind]) => kind === 'told');
  const asked = found.filter(([, , kind]) => kind === 'asked').slice(0, 1);
  const wordsOf = (name: IntentName) => intents.find((intent) => intent.name === name)?.words ?? [];
  return [...told, ...asked].map(([intent, command, kind]) => ({
    intent,
    command,
    opening: openingOf(intent, text),
    isTold: kind === 'told',
    isStory: intent === 'pour_out' && tellsBeside(text, wordsOf(intent)),
  }));
}

function openingOf(intent: IntentName, text: string): Opening {
  if (intent === 'change') return { text, wish: 'move' };
  if (intent === 'cancel_booking') return { wish: 'cancel' };
  return intent === 'book' || intent === 'language' || intent === 'pour_out' ? { text } : {};
}

/** A wish as the command that does it. What a concern was wished for with is no part of it; a story goes with its message. */
export function asCommand({ command, opening }: Pick<Wish, 'command' | 'opening'>): string {
  return opening.text !== undefined && command !== 'curhat' ? `/${command} ${opening.text}` : `/${command}`;
}

/** The flow that a wish begins; to leave leads to the menu. */
export function flowOf({ command }: Wish): string {
  return command === 'batal' ? 'menu' : flowOfCommand[command];
}

/** The command that begins a flow. */
export function commandOf(flow: string): string {
  return Object.entries(flowOfCommand).find(([, name]) => name === flow)?.[0] ?? 'start';
}
