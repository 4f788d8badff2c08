import { normalise } from './normalise.ts';

export type IntentName =
  | 'greeting' | 'book' | 'change' | 'cancel_booking' | 'leave' | 'hours' | 'address' | 'status' | 'pour_out' | 'person'
  | 'thanks' | 'insult' | 'help' | 'language' | 'my_data' | 'done' | 'yes' | 'no' | 'nonsense'; // prettier-ignore

export type Intent = { name: IntentName; confidence: number; words: string[] };

const commands: Readonly<Record<string, IntentName>> = {
  start: 'greeting', pesan: 'book', curhat: 'pour_out', status: 'status', petugas: 'person',
  data: 'my_data', bahasa: 'language', bantuan: 'help', batal: 'leave', book: 'book', cancel: 'leave',
}; // prettier-ignore

export function understandIntents(text: string): Intent[] {
  const { tokens } = normalise(text);
  const first = tokens[0];
  const command = first && tokens.length === 1 ? commands[first.text] : undefined;
  return command && first ? [{ name: command, confidence: 1, words: [first.raw] }] : [];
}
