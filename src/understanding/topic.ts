import type { Kelurahan } from './kelurahan.ts';

export type Urgency = 'rendah' | 'sedang' | 'tinggi' | 'darurat';
export type Suggestion = { id: string; confidence: number; words: string[] };
export type Topic = {
  categories: Suggestion[];
  agencies: Suggestion[];
  urgency: Urgency;
  kelurahan: Kelurahan | null;
};

export function understandTopic(_text: string): Topic {
  return {
    categories: [{ id: 'lainnya', confidence: 0.1, words: [] }],
    agencies: [{ id: 'kelurahan', confidence: 0.1, words: [] }],
    urgency: 'sedang',
    kelurahan: null,
  };
}
