import { Reader } from './classifier.ts';
import models from './data/models.json' with { type: 'json' };

export type TopicModel = 'category' | 'agency' | 'urgency' | 'noDay' | 'noHour';

/** More words than this add nothing to what a message is about; the bound keeps memory flat on a hostile text. */
const mostWords = 600;

let made: Reader<TopicModel> | undefined;

/** What a message is about, and what speaks against any day that it names: asked by different parts, read once. */
export function topicReader(): Reader<TopicModel> {
  const { category, agency, urgency, noDay, noHour } = models;
  return (made ??= new Reader({ category, agency, urgency, noDay, noHour }, { mostWords }));
}
