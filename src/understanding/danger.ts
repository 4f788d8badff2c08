import { normalise } from './normalise.ts';

export type DangerKind = 'self_harm' | 'kekerasan_kdrt' | 'kekerasan_anak' | 'ancaman_orang_lain' | 'tppo' | 'medis_darurat';
export type DangerSeverity = 'darurat' | 'tinggi' | 'sedang';
export type Danger = { kind: DangerKind; severity: DangerSeverity; words: string[] };

export function findDanger(text: string): Danger | null {
  const { text: plain } = normalise(text);
  for (const phrase of ['bunuh diri', 'mau mati', 'capek hidup', 'akhiri hidup']) {
    if (plain.includes(phrase)) return { kind: 'self_harm', severity: 'darurat', words: phrase.split(' ') };
  }
  if (plain.includes('pukul saya')) return { kind: 'kekerasan_kdrt', severity: 'tinggi', words: ['pukul', 'saya'] };
  return null;
}
