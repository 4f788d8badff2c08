import { memoise } from './memoise.ts';
import data from './data/kelurahan.json' with { type: 'json' };
import { isNear } from './edit-distance.ts';
import { normalise, type Token } from './normalise.ts';

export type Kelurahan = { code: string; name: string; kecamatan: string };

export type KelurahanMatch =
  | ({ kind: 'kelurahan' } & Kelurahan)
  /** Several would fit, or only a kecamatan was named (`kecamatan` says which): the resident is asked. */
  | { kind: 'ambiguous'; options: Kelurahan[]; kecamatan?: string }
  | { kind: 'none' };

type Name = { words: string[]; fits: Kelurahan[]; kecamatan?: string; needsCue: boolean };

/** Names that are also everyday words ("minyak kayu putih", "air mata"): only after "di", "kelurahan" and the like. */
const everyday = new Set([
  'air mata',
  'airmata',
  'merdeka',
  'solor',
  'pasir panjang',
  'kayu putih',
  'bello',
  'kota lama',
  'kota raja',
]);
const cues = new Set(
  'di kelurahan kel lurah kecamatan kec camat warga tinggal rumah alamat dari ke daerah wilayah kampung area jalan domisili puskesmas pasar gang bagian sekitar'.split(
    ' ',
  ),
);
const more: Readonly<Record<string, readonly string[]>> = {
  'Tuak Daun Merah': ['tdm', 'tuak merah'],
  'Lai Lai Bisi Kopan': ['llbk', 'lahilai bissi kopan', 'lai lai besi kopan'],
  'Nunbaun Sabu': ['nbs', 'nunbaun sabu'],
  'Nunbaun Delha': ['nbd'],
  Alak: ['tenau'],
  'Manulai II': ['manulai'],
  Kolhua: ['btn kolhua', 'btn'],
  Penfui: ['bandara eltari', 'el tari'],
};

let built: { names: Name[]; first: Map<string, Name[]>; shapes: Map<string, string[]> } | undefined;

const digits = new Map(Object.entries({ satu: '1', i: '1', one: '1', dua: '2', ii: '2', two: '2' }));

function words(tokens: readonly Token[]): string[] {
  return tokens.map((token) => digits.get(token.raw) ?? token.raw);
}

function build(): { names: Name[]; first: Map<string, Name[]>; shapes: Map<string, string[]> } {
  const byKey = new Map<string, Name>();
  const add = (text: string, fits: Kelurahan[], kecamatan?: string): void => {
    const list = words(normalise(text).tokens);
    const key = list.join(' ');
    const known = byKey.get(key);
    if (!known)
      byKey.set(key, {
        words: list,
        fits: [...fits],
        needsCue: everyday.has(text.toLowerCase()),
        ...(kecamatan === undefined ? {} : { kecamatan }),
      });
    else if (kecamatan !== undefined) known.kecamatan = kecamatan;
  };
  const all = data.kelurahan.map((one): Kelurahan => ({
    code: one.code,
    name: one.kelurahan,
    kecamatan: one.kecamatan,
  }));
  for (const [at, one] of data.kelurahan.entries()) {
    const fits = all[at] ? [all[at]] : [];
    const aliases = one.aliases.map((alias) => alias.replace(/\s*\(.*$/, ''));
    for (const text of [
      one.kelurahan,
      one.kelurahan.replaceAll(' ', ''),
      ...aliases,
      ...(more[one.kelurahan] ?? []),
    ])
      add(text, fits);
  }
  for (const [stem, list] of [
    ['Naikoten', ['Naikoten Satu', 'Naikoten Dua']],
    ['Nunbaun', ['Nunbaun Sabu', 'Nunbaun Delha']],
  ] as const) {
    add(
      stem,
      all.filter((one) => (list as readonly string[]).includes(one.name)),
    );
  }
  for (const kecamatan of Object.keys(data.kecamatan))
    add(
      kecamatan,
      all.filter((one) => one.kecamatan === kecamatan),
      kecamatan,
    );
  const names = [...byKey.values()].sort((a, b) => b.words.length - a.words.length);
  const first = new Map<string, Name[]>();
  /** By first letter and length: a typo is looked up among few. */
  const shapes = new Map<string, string[]>();
  for (const name of names) {
    const head = name.words[0] ?? '';
    const shape = `${head[0]}${head.length}`;
    if (!first.has(head)) shapes.set(shape, [...(shapes.get(shape) ?? []), head]);
    first.set(head, [...(first.get(head) ?? []), name]);
  }
  return { names, first, shapes };
}

/** Common words one letter away from a name. */
const notNames = new Set(
  'solar belok belo bella bell mutasi selasa salah kolam alat anak olah saat alas merek mereka lasian kelapa'.split(
    ' ',
  ),
);

/** The heads that a word may be, exact or with a typo. */
const heads = memoise((word): readonly string[] => findHeads(word, (built ??= build())));

function findHeads(word: string, index: NonNullable<typeof built>): readonly string[] {
  if (index.first.has(word)) return [word];
  if (word.length < 5 || word.length > 20 || notNames.has(word)) return [];
  const most = word.length >= 8 ? 2 : 1;
  const near: string[] = [];
  for (let length = word.length - most; length <= word.length + most; length += 1) {
    for (const head of index.shapes.get(`${word[0]}${length}`) ?? [])
      if (head.length >= 5 && isNear(word, head, most)) near.push(head);
  }
  return near;
}

function fits(name: Name, said: readonly string[], at: number): boolean {
  return name.words.every((word, k) => {
    if (k === 0) return true;
    const typed = said[at + k] ?? '';
    return typed === word || (word.length >= 5 && typed[0] === word[0] && isNear(typed, word, 1));
  });
}

/** The kelurahan a text names, tolerant of typos, aliases (TDM, LLBK) and numbers in any form. */
export function findKelurahan(text: string): KelurahanMatch {
  return kelurahanIn(normalise(text).tokens);
}

export function kelurahanIn(tokens: readonly Token[]): KelurahanMatch {
  built ??= build();
  const said = words(tokens);
  const found: { name: Name; at: number }[] = [];
  for (let at = 0; at < said.length && found.length < 12; at += 1) {
    const word = said[at] ?? '';
    let best: Name | undefined;
    for (const head of heads(word)) {
      const name = (built.first.get(head) ?? []).find((one) => fits(one, said, at));
      if (name && (!best || name.words.length > best.words.length)) best = name;
    }
    if (!best) continue;
    const before = said[at - 1] ?? '';
    const typo = best.words[0] !== word;
    if (
      (best.needsCue || (typo && word.length < 6)) &&
      !cues.has(before) &&
      said.length > best.words.length + 1
    )
      continue;
    found.push({ name: best, at });
    at += best.words.length - 1;
  }
  return settle(found, said);
}

function settle(found: readonly { name: Name; at: number }[], said: readonly string[]): KelurahanMatch {
  const exact = new Map<string, Kelurahan>();
  const wide: Name[] = [];
  for (const { name, at } of found) {
    const before = said[at - 1] ?? '';
    const isBoth = name.kecamatan !== undefined && name.fits.length === 1;
    const one = name.fits[0];
    if (
      one &&
      name.fits.length === 1 &&
      (!isBoth || ['kelurahan', 'kel', 'lurah', 'kelurhan'].includes(before))
    )
      exact.set(one.code, one);
    else wide.push(name);
  }
  // "Liliba, Oebobo": the wider name only says where the narrower one lies.
  const [only, ...others] = exact.values();
  if (only && others.length === 0) return { kind: 'kelurahan', ...only };
  if (only) return { kind: 'ambiguous', options: [only, ...others] };
  const [name] = wide;
  if (!name) return { kind: 'none' };
  const at = found.find((one) => one.name === name)?.at ?? 0;
  const isKecamatan = ['kecamatan', 'kec', 'camat'].includes(said[at - 1] ?? '');
  const inside = isKecamatan && name.kecamatan !== undefined ? data.kelurahan.filter((one) => one.kecamatan === name.kecamatan).map((one) => ({ code: one.code, name: one.kelurahan, kecamatan: one.kecamatan })) : name.fits; // prettier-ignore
  return {
    kind: 'ambiguous',
    options: inside,
    ...(name.kecamatan === undefined ? {} : { kecamatan: name.kecamatan }),
  };
}
