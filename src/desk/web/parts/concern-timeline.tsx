import type { TimelineEntry } from '../../reads/concern-timeline.ts';
import { referralEventWord } from '../referral-words.ts';
import { moment } from '../time.ts';
import { actionWord } from '../words.ts';

const whatWords: Record<string, string> = {
  received: 'Curhat diterima',
  note: 'menulis catatan',
  settled_by_silence: 'Dianggap beres: warga dua kali ditanya dan tidak menjawab',
};

/** The way of a concern, oldest first, with what is still to come at its end. */
export function ConcernTimeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className="timeline">
      {entries.map((entry, index) => (
        <li key={index} className={entry.isPlanned ? 'due' : undefined}>
          <time>{moment(entry.at)}</time> <Sentence what={entry.what} by={entry.by} />
          {entry.agency !== null && entry.agency !== entry.by && ` (${entry.agency})`}
          {entry.times > 1 && `, ${entry.times} kali`}
          {entry.isPlanned && ' (dijadwalkan)'}
        </li>
      ))}
    </ol>
  );
}

/** A word that is a sentence by itself tells of somebody else's doing, which an officer wrote down. */
function Sentence({ what, by }: { what: string; by: string | null }) {
  const word = wordOf(what);
  if (by === null) return word;
  return /^\p{Lu}/u.test(word) ? (
    <>
      {word}, dicatat <strong>{by}</strong>
    </>
  ) : (
    <>
      <strong>{by}</strong> {word}
    </>
  );
}

function wordOf(what: string): string {
  if (what.startsWith('referral_')) return referralEventWord(what.slice('referral_'.length));
  return whatWords[what] ?? actionWord(what);
}
