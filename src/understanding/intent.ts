import { intentRules, intentWords, nameOfCommand } from './intent-rules.ts';
import { normalise, type Token } from './normalise.ts';
import { compile, type Matcher } from './pattern.ts';

export type IntentName =
  | 'greeting' | 'book' | 'change' | 'cancel_booking' | 'leave' | 'hours' | 'address' | 'status' | 'pour_out' | 'person'
  | 'thanks' | 'insult' | 'help' | 'language' | 'my_data' | 'done' | 'yes' | 'no' | 'nonsense'; // prettier-ignore

/** `words` are the resident's own words that decided. */
export type Intent = { name: IntentName; confidence: number; words: string[] };

let compiled: Matcher<{ name: IntentName; confidence: number }> | undefined;

/** A request is short; in a story of many words the same words are mostly part of the story. */
const requestLength = 14;

/** What the resident wants outside of a flow, best first; two in one message are two. */
export function understandIntents(text: string): Intent[] {
  const { tokens } = normalise(text);
  if (tokens.length === 0) return /\S/.test(text) ? [{ name: 'nonsense', confidence: 0.5, words: [] }] : [];
  const command = bareCommand(tokens);
  if (command) return [{ name: command, confidence: 1, words: [text.trim()] }];

  compiled ??= compile(
    intentRules.flatMap(({ name, confidence, patterns }) =>
      patterns.map((pattern) => ({ pattern, value: { name, confidence } })),
    ),
    intentWords,
  );
  const found = new Map<IntentName, Intent>();
  for (const match of compiled.find(tokens)) {
    const { name } = match.value;
    const long = tokens.length > requestLength && name !== 'insult' && name !== 'thanks';
    const refused = isRefused(tokens, match.from) && name !== 'insult' && !match.pattern.includes('tidak');
    const confidence = refused ? 0.2 : long ? match.value.confidence * 0.6 : match.value.confidence;
    const known = found.get(name);
    if (known && known.confidence >= confidence) continue;
    found.set(name, {
      name,
      confidence,
      words: tokens.slice(match.from, match.to).map((token) => text.slice(token.start, token.end)),
    });
  }
  settle(found);
  const intents = [...found.values()].sort(
    (a, b) => b.confidence - a.confidence || a.name.localeCompare(b.name),
  );
  if (intents.length === 0 && isNonsense(tokens))
    return [{ name: 'nonsense', confidence: 0.8, words: tokens.slice(0, 3).map((token) => token.raw) }];
  return intents;
}

function bareCommand(tokens: readonly Token[]): IntentName | undefined {
  if (tokens.length > 3) return undefined;
  const names = [tokens.map((token) => token.raw).join(' '), tokens.map((token) => token.text).join(' ')];
  for (const name of names) if (Object.hasOwn(nameOfCommand, name)) return nameOfCommand[name];
  return undefined;
}

/** "sonde mau booking", "jang batal". */
function isRefused(tokens: readonly Token[], at: number): boolean {
  const before = tokens.slice(Math.max(0, at - 2), at);
  return before.some(
    (token, k) =>
      ['tidak', 'bukan', 'jangan', 'belum'].includes(token.text) &&
      (tokens[at - before.length + k + 1]?.gap ?? '') === '',
  );
}

/** Where one intent says more precisely what another also matched. */
function settle(found: Map<IntentName, Intent>): void {
  const has = (name: IntentName): boolean => (found.get(name)?.confidence ?? 0) >= 0.5;
  if (has('cancel_booking') || has('change')) {
    found.delete('book');
    found.delete('leave');
    found.delete('status');
  }
  if (has('cancel_booking') && has('change')) found.delete('cancel_booking');
  if (has('hours') && found.get('book')?.confidence === 0.6) found.delete('book');
  for (const name of ['greeting', 'thanks', 'yes', 'no', 'done'] as const) {
    const intent = found.get(name);
    // A greeting before a request opens it; it is not what is wanted.
    if (intent && found.size > 1)
      found.set(name, { ...intent, confidence: Math.min(intent.confidence, 0.45) });
  }
}

/** Letters without vowels or one letter over and over: "asdfgh", "hhhhh", "qwerty". */
function isNonsense(tokens: readonly Token[]): boolean {
  if (tokens.length > 3) return false;
  return tokens.every(({ raw }) => {
    if (/^\d+$/.test(raw)) return raw.length > 4 && raw.length !== 16;
    const vowels = [...raw].filter((char) => 'aeiou'.includes(char)).length;
    return (
      (raw.length > 3 && vowels === 0) ||
      new Set(raw).size === 1 ||
      /^(asd|qwe|zxc|hjk|fgh|jkl|sdf|dfg)/.test(raw) ||
      raw.length > 25
    );
  });
}
