import { kelurahanByCode } from '../src/domain/kelurahan.ts';
import { findKelurahan } from '../src/understanding/kelurahan.ts';
import type { Prompt, PromptChoice, StepContext } from './define-flow.ts';

/** More in one list is not read on a phone. */
const mostOptions = 12;
/** So many names in a story are offered; more are a journey, not an address. */
const mostGuesses = 3;

type Asked = { concernId: string | null; kelurahanOptions: readonly string[]; isKelurahanOther: boolean };

/**
 * In which kelurahan it is: among those that a name may mean, or the one that the story itself names, so that nobody is asked
 * what they have told; otherwise its name is asked for.
 */
export async function askKelurahan(state: Asked, { t, actions }: StepContext): Promise<Prompt> {
  const skip: PromptChoice = {
    id: 'skip',
    label: t('skip'),
    words: ['lewati', 'skip', 'lewat', 'tidak tahu', 'selesai', 'sudah', 'cukup', 'terserah', 'done'],
  };
  if (state.kelurahanOptions.length > 0)
    return { text: t('concern-kelurahan-which'), choices: [...choicesOf(state.kelurahanOptions), skip] };
  const isToldOf = state.concernId !== null && !state.isKelurahanOther;
  const story = isToldOf ? await actions.readConcernText({ concernId: state.concernId ?? '' }) : '';
  const guessed = optionsIn(story, mostGuesses);
  const only = guessed.length === 1 && guessed[0] !== undefined ? kelurahanByCode(guessed[0]) : null;
  const other: PromptChoice = {
    id: 'other',
    label: t('concern-kelurahan-other'),
    words: ['bukan', 'tidak', 'lain', 'yang lain', 'no', 'other'],
  };
  if (only) {
    const yes = t('concern-kelurahan-yes', { name: only.name });
    const words = ['ya', 'iya', 'betul', 'benar', 'yes', only.name];
    return {
      text: t('concern-kelurahan-guess', { name: only.name }),
      choices: [{ id: guessed[0] ?? '', label: yes, words }, other, skip],
    };
  }
  if (guessed.length > 1)
    return { text: t('concern-kelurahan-which'), choices: [...choicesOf(guessed), other, skip] };
  return { text: t('concern-kelurahan'), choices: [skip] };
}

/** Codes of the kelurahan that a text may mean, none where it names none or too many. */
export function optionsIn(text: string, most = mostOptions): string[] {
  const match = findKelurahan(text);
  if (match.kind === 'kelurahan') return [match.code];
  if (match.kind !== 'ambiguous') return [];
  const codes = match.options.map((option) => option.code);
  return most < mostOptions && codes.length > most ? [] : codes.slice(0, most);
}

function choicesOf(codes: readonly string[]): PromptChoice[] {
  return codes.flatMap((code) => {
    const kelurahan = kelurahanByCode(code);
    if (!kelurahan) return [];
    const label = `${kelurahan.name} (Kec. ${kelurahan.kecamatan})`;
    return [{ id: code, label, words: [kelurahan.name] }];
  });
}
