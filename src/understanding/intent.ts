import { intentRules, intentWords, nameOfCommand } from './intent-rules.ts';
import { normalise, type Normalised, type Token } from './normalise.ts';
import { compile, type Matcher } from './pattern.ts';
import { questionRules, questionWords } from './question-rules.ts';

export type IntentName =
  | 'greeting' | 'book' | 'change' | 'cancel_booking' | 'leave' | 'hours' | 'address' | 'status' | 'pour_out' | 'person'
  | 'thanks' | 'insult' | 'help' | 'language' | 'my_data' | 'done' | 'yes' | 'no' | 'nonsense'
  | 'about_bot' | 'cost' | 'privacy' | 'shared_phone' | 'walk_in' | 'proxy' | 'what_to_bring' | 'duration' | 'reply_time' | 'late'
  | 'ask' | 'consent' | 'wait' | 'home_visit' | 'scope' | 'phone' | 'emergency' | 'document' | 'heavy' | 'praise' | 'sorry' | 'nod'; // prettier-ignore

/** `words` are the resident's own words that decided. */
export type Intent = { name: IntentName; confidence: number; words: string[] };

let compiled: Matcher<{ name: IntentName; confidence: number }> | undefined;

/** A request is short; in a story of many words the same words are mostly part of the story. */
const requestLength = 14;

/** What the resident wants outside of a flow, best first; two in one message are two. */
export function understandIntents(text: string): Intent[] {
  return intentsIn(normalise(text));
}

/** The same, for a caller that has normalised already. */
export function intentsIn({ original: text, tokens }: Normalised): Intent[] {
  if (tokens.length === 0) return /\S/.test(text) ? [{ name: 'nonsense', confidence: 0.5, words: [] }] : [];
  const command = bareCommand(tokens);
  if (command) return [{ name: command, confidence: 1, words: [text.trim()] }];

  compiled ??= compile(
    [...intentRules, ...questionRules].flatMap(({ name, confidence, patterns }) =>
      patterns.map((pattern) => ({ pattern, value: { name, confidence } })),
    ),
    { ...intentWords, ...questionWords },
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
  settle(found, tokens);
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

/** What tells a complaint about a paper from the wish for one. */
const complaint = new Set('tapi belum tidak sudah kali susah dipersulit terus'.split(' '));
const visits = new Set(`${intentWords['visit']} ${intentWords['day']} pesan book daftar`.split(' '));
/** Small words of politeness: whatever else is said with them is what is wanted. */
const politeness = [
  'greeting',
  'thanks',
  'yes',
  'no',
  'done',
  'nod',
  'sorry',
  'praise',
  'ask',
  'wait',
] as const;

/** Where one intent says more precisely what another also matched. */
function settle(found: Map<IntentName, Intent>, tokens: readonly Token[]): void {
  const has = (name: IntentName): boolean => (found.get(name)?.confidence ?? 0) >= 0.5;
  const drop = (...names: IntentName[]): void => names.forEach((name) => found.delete(name));
  if (has('document') && tokens.some(({ text }) => complaint.has(text))) drop('document');
  if (has('document')) drop('cost', 'what_to_bring', 'address', 'help', 'change', 'duration', 'book');
  if (has('reply_time')) drop('duration', 'status');
  // "Mau ketemu petugas" is a wish for the person; only with a day or a booking is it one for a visit.
  if (has('person') && !tokens.some(({ text }) => visits.has(text))) drop('book');
  if (has('walk_in') || has('home_visit')) drop('book');
  if (has('home_visit')) drop('person', 'proxy');
  if (has('consent')) drop('privacy', 'yes', 'no');
  if (has('shared_phone')) drop('privacy');
  // "Data saya dipakai untuk apa" asks; only what is to be erased is a wish.
  if (has('privacy') && !tokens.some(({ text }) => text === 'hapus' || text === 'delete')) drop('my_data');
  if (has('emergency')) drop('phone', 'help');
  if (has('about_bot')) drop('help', 'person');
  if (has('person')) drop('pour_out');
  if (has('scope')) drop('help', 'pour_out');
  if (has('late') && has('change')) drop('late');
  if (has('cancel_booking') || has('change')) {
    found.delete('book');
    found.delete('leave');
    found.delete('status');
  }
  if (has('cancel_booking') && has('change')) found.delete('cancel_booking');
  if (has('hours') && found.get('book')?.confidence === 0.6) found.delete('book');
  for (const name of politeness) {
    const intent = found.get(name);
    // A greeting before a request opens it; it is not what is wanted.
    const isAlone = [...found.keys()].every((one) => (politeness as readonly string[]).includes(one));
    if (intent && !isAlone) found.set(name, { ...intent, confidence: Math.min(intent.confidence, 0.45) });
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
