/** A number to call on the worst day. Only reviewed ones with a source are ever shown. */
export type Hotline = {
  id: string;
  name: string;
  call: string | null;
  whatsapp: string | null;
  web: string | null;
  hours: string | null;
  /** Kinds of danger it is for. */
  kinds: readonly string[];
};

/** Those that fit a kind of danger, in their order; all of them when none fits. */
export function hotlinesFor(hotlines: readonly Hotline[], kind: string): readonly Hotline[] {
  const fitting = hotlines.filter((hotline) => hotline.kinds.includes(kind));
  return fitting.length > 0 ? fitting : hotlines;
}

/** One line: `SAPA 129: telepon 129, WA 08111-129-129 (24 jam)`. */
export function hotlineLine(hotline: Hotline, language: 'id' | 'en'): string {
  return language === 'id' ? lineOf(hotline, 'telepon') : inEnglish(lineOf(hotline, 'call'));
}

/** Its name and one way to reach it, for a line of several: `SAPA 129`, `Healing119 (dukungan psikologis): 119 lalu tekan 8`. */
export function hotlineShort({ name, call, whatsapp, web }: Hotline, language: 'id' | 'en'): string {
  const way = call ?? (whatsapp ? `WA ${whatsapp}` : web);
  const line = way === null || name.split(' ').includes(way) ? name : `${name}: ${way}`;
  return language === 'id' ? line : inEnglish(line);
}

/** What the list says in Indonesian beside the numbers; an admin's other words stay as they are. */
const english: readonly (readonly [RegExp, string])[] = [
  [/\b(\d+) jam\b/g, '$1 hours'],
  [/ lalu tekan /g, ', then press '],
  [/dukungan psikologis/g, 'psychological support'],
  [/darurat medis/g, 'medical emergency'],
  [/\(anak\)/g, '(children)'],
  [/\bPolisi\b/g, 'Police'],
];

function inEnglish(line: string): string {
  return english.reduce((said, [word, to]) => said.replace(word, to), line);
}

function lineOf(hotline: Hotline, call: string): string {
  const ways = [
    hotline.call ? `${call} ${hotline.call}` : null,
    hotline.whatsapp ? `WA ${hotline.whatsapp}` : null,
    hotline.web,
  ].filter((way) => way !== null);
  const hours = hotline.hours ? ` (${hotline.hours})` : '';
  return `• ${hotline.name}: ${ways.join(', ')}${hours}`;
}
