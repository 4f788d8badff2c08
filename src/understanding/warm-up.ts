import { findDanger } from './danger.ts';
import { understandTopic } from './topic.ts';
import { understandWhen } from './when.ts';

/** Loads the weights of the classifiers and makes the rules ready, which would cost the first resident a second. */
export function warmUp(now: Date): void {
  const text = 'besok saya masih jaga kios, jadi lusa saja jam sembilan pagi saya datang';
  findDanger(text);
  understandTopic(text);
  understandWhen(text, now);
}
