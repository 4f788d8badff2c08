/** A sum over months: at least so much where some of them hide theirs; null where all do. */
export type Figure = { count: number; isAtLeast: boolean } | null;

/** `31`, `sedikitnya 31` where some months hide theirs, `kurang dari 5 orang` where all do. */
export function figureWords(figure: Figure, given: { threshold: number; months: number }): string {
  if (figure === null) return `kurang dari ${given.threshold} orang${given.months > 1 ? ' tiap bulan' : ''}`;
  return `${figure.isAtLeast ? 'sedikitnya ' : ''}${figure.count.toLocaleString('id-ID')}`;
}

/** `3 hari`, `2 sampai 5 hari` over several months, and a dash for too few people. */
export function waitWords(days: { least: number; most: number } | null): string {
  if (days === null) return '–';
  const { least, most } = days;
  if (most === 0) return 'kurang dari sehari';
  return least === most ? `${most} hari` : `${least} sampai ${most} hari`;
}

/** `+12`, `−3`, `sama`; nothing where it cannot be told. */
export function changeWords(change: number | null): string {
  if (change === null) return '';
  if (change === 0) return 'sama';
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toLocaleString('id-ID')}`;
}
