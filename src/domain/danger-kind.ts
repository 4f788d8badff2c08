/** The kinds of danger that are told apart: each has its hotlines and its red mark on the desk. */
export const dangerKinds = [
  'self_harm',
  'kekerasan_kdrt',
  'kekerasan_anak',
  'ancaman_orang_lain',
  'tppo',
  'medis_darurat',
] as const;
export type DangerKind = (typeof dangerKinds)[number];

/** As officers read them. */
const dangerNames: Readonly<Record<DangerKind, string>> = {
  self_harm: 'menyakiti diri',
  kekerasan_kdrt: 'kekerasan di rumah',
  kekerasan_anak: 'kekerasan pada anak',
  ancaman_orang_lain: 'ancaman pada orang lain',
  tppo: 'perdagangan orang',
  medis_darurat: 'gawat medis',
};

/** A kind that an older version knew is called by its id. */
export function dangerName(kind: string): string {
  return (dangerNames as Readonly<Record<string, string>>)[kind] ?? kind.replaceAll('_', ' ');
}
