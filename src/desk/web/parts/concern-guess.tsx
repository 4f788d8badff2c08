import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api.ts';
import { kelurahanName } from '../kelurahan.ts';
import { shortDate } from '../time.ts';
import { categoryWord, dangerWord, severityWord, urgencyWord } from '../words.ts';
import type { ConcernView } from './concern-reader.tsx';
import { CorrectionForm } from './correction-form.tsx';

type Suggestion = { id: string; confidence: number; words: string[] };

/** What the machine made of the words, with the words that decided, and the officer's word on it. */
export function ConcernGuess({ concern }: { concern: ConcernView }) {
  const agencies = useQuery({ queryKey: ['agencies'], queryFn: () => ask(api.agencies.$get()) });
  const names = new Map((agencies.data?.items ?? []).map((agency) => [agency.id, agency.short]));
  const { guess, correction } = concern;
  return (
    <section className="guess no-print">
      <h3>Dugaan sistem</h3>
      {guess === null && <p className="faint">Tidak ada kata tertulis untuk diduga.</p>}
      {guess !== null && (
        <dl>
          <Ranked label="Kategori" list={guess.categories} name={categoryWord} />
          <Ranked label="Instansi" list={guess.agencies} name={(id) => names.get(id) ?? id} />
          <div>
            <dt>Bahaya</dt>
            <dd>
              {guess.danger === null ? (
                'tidak terlihat'
              ) : (
                <>
                  <strong className="guess-danger">
                    {severityWord(guess.danger.severity)}: {dangerWord(guess.danger.kind)}
                  </strong>
                  <Because words={guess.danger.words} />
                </>
              )}
            </dd>
          </div>
          <div>
            <dt>Urgensi</dt>
            <dd>{urgencyWord(guess.urgency)}</dd>
          </div>
          <div>
            <dt>Kelurahan</dt>
            <dd>
              {guess.kelurahanCode === null ? 'tidak terbaca pasti' : kelurahanName(guess.kelurahanCode)}
            </dd>
          </div>
        </dl>
      )}
      {correction !== null && (
        <p className="guess-last faint">
          Terakhir dikoreksi oleh {correction.officer ?? 'petugas'}, {shortDate(correction.at)}.
        </p>
      )}
      {concern.may.correct && (
        // Another's correction starts the form anew: what stands in it must be what is saved over.
        <CorrectionForm
          key={correction?.id ?? 'none'}
          concern={concern}
          agencies={agencies.data?.items ?? []}
        />
      )}
    </section>
  );
}

function Ranked({
  label,
  list,
  name,
}: {
  label: string;
  list: readonly Suggestion[];
  name: (id: string) => string;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <ol>
          {list.map(({ id, confidence, words }) => (
            <li key={id}>
              <strong>{name(id)}</strong> <span className="faint">{percent(confidence)}</span>
              <Because words={words} />
            </li>
          ))}
        </ol>
      </dd>
    </div>
  );
}

function Because({ words }: { words: readonly string[] }) {
  const once = [...new Map(words.map((word) => [word.toLowerCase(), word])).values()];
  if (once.length === 0) return null;
  return <small className="guess-words faint">karena: {once.join(', ')}</small>;
}

export function percent(share: number): string {
  return share < 0.01 ? 'di bawah 1%' : `${Math.round(share * 100)}%`;
}
