import type { Normalised } from './normalise.ts';
import type { DayFact, Facts } from './when-facts.ts';

const refusing = new Set(['jangan', 'jan', 'bukan', 'selain', 'kecuali', 'tanpa', 'batal', 'except']);
const unable = new Set(['bisa', 'mau', 'sempat', 'jadi', 'boleh', 'ada', 'dapat', 'cocok']);

const bounding = new Set(['dari', 'sejak', 'sampai', 'hingga']);

/** "jang senin", "senin sonde bisa", "dari senin pindah ke rabu": days that were named to be left out. */
export function dropRefused(facts: Facts, { tokens }: Normalised): Facts {
  if (facts.days.length === 0) return facts;
  const text = (at: number): string => tokens[at]?.text ?? '';
  const refused = (fact: DayFact): boolean => {
    const before = [text(fact.at - 1), text(fact.at - 2)];
    if (before[0] === 'hari' || before[0] === 'tanggal')
      before.splice(0, 1, text(fact.at - 2), text(fact.at - 3));
    // "senin eh bukan, rabu" and "senin eh bukan rabu" correct; they refuse what came before.
    const isLast = !facts.days.some((other) => other.at > fact.at);
    const corrects = (tokens[fact.at]?.gap ?? '') !== '' || (before[1] === 'eh' && isLast);
    if (
      (refusing.has(before[0] ?? '') && !corrects) ||
      (before[0] === 'bisa' && before[1] === 'tidak' && (tokens[fact.at]?.gap ?? '') === '')
    )
      return true;
    // "dari senin pindah ke rabu", "ulangan sampai jumat, jadi senin".
    if (bounding.has(before[0] ?? '') && facts.days.some((other) => other.at > fact.at)) return true;
    const after = text(fact.at + 1);
    const gap = tokens[fact.at + 1]?.gap ?? '';
    return (
      gap === '' &&
      ((after === 'tidak' && unable.has(text(fact.at + 2))) || after === 'penuh' || after === 'batal')
    );
  };
  const kept = facts.days.filter((fact) => !refused(fact));
  if (kept.length > 0 || facts.corrections.length > 1) return { ...facts, days: kept };
  // Only days that do not suit: which one does is a question.
  return { ...facts, days: [], spans: [...facts.spans, { kind: 'vague', at: 0 }] };
}
