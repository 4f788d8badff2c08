/** What a message of nothing but emoji says; null when it has a word in it, or none at all. */
export function readEmoji(text: string): 'sad' | 'yes' | 'thanks' | 'other' | null {
  if (/[\p{L}\p{N}]/u.test(text) || !/\p{Extended_Pictographic}/u.test(text)) return null;
  if (/[😭😢😞😔😿💔🥺😩😫😥😓🙁☹]/u.test(text)) return 'sad';
  if (/[👍👌✅✔🆗]/u.test(text)) return 'yes';
  return /[🙏❤🥰😊🤗]/u.test(text) ? 'thanks' : 'other';
}
