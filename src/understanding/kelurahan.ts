export type Kelurahan = { code: string; name: string; kecamatan: string };

export type KelurahanMatch =
  | ({ kind: 'kelurahan' } & Kelurahan)
  | { kind: 'ambiguous'; options: Kelurahan[]; kecamatan?: string }
  | { kind: 'none' };

export function findKelurahan(_text: string): KelurahanMatch {
  return { kind: 'none' };
}
