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
  const ways = [
    hotline.call ? `${language === 'id' ? 'telepon' : 'call'} ${hotline.call}` : null,
    hotline.whatsapp ? `WA ${hotline.whatsapp}` : null,
    hotline.web,
  ].filter((way) => way !== null);
  const hours = hotline.hours ? ` (${hotline.hours})` : '';
  return `• ${hotline.name}: ${ways.join(', ')}${hours}`;
}
