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
