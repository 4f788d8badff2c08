const secret =
  /\b(tanpa nama|tra(da)? nama|anonim|samaran|inisial|(di)?rahasia(kan)?|(di)?sembunyi(kan)?|(di)?tutup|without|anonym\w*|secret|private|confidential|initials?)\b/i;
const unnamed =
  /\b(jangan?|tidak|ndak|nggak|gak|sonde|son|tra|don'?t|do not|not)\b.*\b(sebut|pakai|pake|kasi|kasih|kase|tulis|cantum\w*|bilang|use|give|tell|share|mention|say)\b/i;

/** Whether an answer asks, in whatever words, that the name be kept from the agency. */
export function keepsName(text: string): boolean {
  return secret.test(text) || unnamed.test(text);
}
