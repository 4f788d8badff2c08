import { cutNames } from './scrub-names.ts';

/** What stands in the place of what was taken out: no word, so that it teaches nothing. */
export const mask = '[-]';

/**
 * Takes out of a resident's words what says who they are: numbers (NIK, KK, phones, dates of birth), codes, e-mails,
 * links and accounts, street numbers, and names, those known here and those that the sentence introduces. It would
 * rather take a harmless word too many than leave a name. A name that nothing announces ("maria yang bilang") stays:
 * a person looks through the lines before they leave the house.
 */
export function scrub(text: string, knownNames: readonly string[] = []): string {
  const cleaned = clean(text);
  const withoutNumbers = [cutLinks, cutCodes, cutNumbers, cutHouseNumbers].reduce(
    (left, cut) => cut(left),
    cleaned,
  );
  return cutNames(withoutNumbers, knownNames.map(clean), mask)
    .replace(/\[-\](?: ?\[-\])+/g, mask)
    .replace(/ +\n/g, '\n')
    .trim();
}

/** One spelling for what looks the same: full-width digits, digits with marks on them, invisible characters between. */
function clean(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Mn}\p{Me}]/gu, '')
    .replace(/[^\S\n]+/g, ' ');
}

const hosts = /\.(?:com|id|net|org|me|info|io|co|ly|gl|app|site|xyz)(?:[^\p{L}\p{N}]|$)/iu;

/** E-mails, links, @handles and user_names: whole, from space to space. */
function cutLinks(text: string): string {
  return text.replace(/\S+/g, (word) =>
    /@[\p{L}\p{N}]|[\p{L}\p{N}]@|:\/\/|^www\.|[\p{L}\p{N}]_+[\p{L}\p{N}]/iu.test(word) || hosts.test(word)
      ? mask
      : word,
  );
}

/** Our own codes, and any word in which letters and three or more digits are mixed. */
function cutCodes(text: string): string {
  return text
    .replace(/\b(?:BST|CRH)\b ?[-–—:#]? ?[0-9A-Z]{4,8}\b/gi, mask)
    .replace(/[\p{L}\p{N}]+/gu, (word) => {
      const digits = word.replace(/\P{N}/gu, '').length;
      return digits >= 3 && digits < word.length ? mask : word;
    });
}

const spokenDigit =
  '(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan|zero|one|two|three|four|five|six|seven|eight|nine)';
const spokenNumber = new RegExp(`\\b${spokenDigit}(?:[ ,.-]{1,2}${spokenDigit}){4,}\\b`, 'gi');

/** Runs of four digits and more, and groups that make six together: phones, dates of birth, sums of money too. */
function cutNumbers(text: string): string {
  return text
    .replace(/\p{N}+(?:[ .,\-–—/()+:]{1,2}\p{N}+)*/gu, (found) => {
      const digits = found.replace(/\P{N}/gu, '').length;
      return digits >= 6 || /\p{N}{4}/u.test(found) ? mask : found;
    })
    .replace(spokenNumber, mask);
}

/** "No. 12", "RT 03 / RW 2", "Blok C5", "Jl. Timor Raya 7A": what is left of an address is the street. */
function cutHouseNumbers(text: string): string {
  return text
    .replace(
      /\b(no|nomor|nomer|nmr|rt|rw|blok|kav|kavling|rumah|kamar|kos)\b([.:# ]{0,3})(?:\p{L}{0,2}[ -]?)?\p{N}+\p{L}?(?![\p{L}\p{N}])/giu,
      `$1$2${mask}`,
    )
    .replace(/\b(rt|rw)\p{N}+/giu, `$1 ${mask}`)
    .replace(
      /\b(jl|jln|jalan|gg|gang|lorong|lrg)\b(\.?(?: ?[\p{L}.']{1,30}){0,4}[ ,.]{1,2})\p{N}+\p{L}?(?![\p{L}\p{N}])/giu,
      `$1$2${mask}`,
    );
}
