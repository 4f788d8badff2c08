import { el } from './element.ts';

/**
 * Text of the room with its links and telephone numbers made pressable: whoever needs a hotline should not have
 * to copy digits. Codes of bookings and concerns stand out and are never broken over two lines. Short numbers only where the words before say that they are one ("SAPA 129", "telepon 110").
 */
const link =
  /(https:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])|(\+62[\d -]{8,14}\d|\b0\d{2,4}[-\d ]{5,10}\d)|((?:telepon|hubungi|call|dial|SAPA|SEJIWA|PSC|polisi|police|[:(📞☎])\s*)(1[0-9]{2})\b|\b((?:BST|CRH)-[0-9A-Z]{6})\b/giu;

export function linkedText(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const match of text.matchAll(link)) {
    const [whole, url, longNumber, before, shortNumber, code] = match;
    parts.push(text.slice(from, match.index));
    from = (match.index ?? 0) + whole.length;
    if (url) parts.push(el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, url));
    else if (code) parts.push(el('strong', { class: 'code' }, code));
    else if (longNumber) parts.push(telephone(longNumber));
    else parts.push(before ?? '', telephone(shortNumber ?? ''));
  }
  parts.push(text.slice(from));
  return parts;
}

function telephone(number: string): HTMLElement {
  return el('a', { href: `tel:${number.replace(/[^\d+]/g, '')}` }, number);
}
