import type { InboundContent } from '../domain/message.ts';
import type { Tx } from '../store/transact.ts';
import { readEmoji } from '../understanding/emoji.ts';
import { understandIntents } from '../understanding/intent.ts';
import { normalise } from '../understanding/normalise.ts';
import { isQuestion } from '../understanding/question.ts';

/** A greeting answers only what was said so short a time ago; later it begins something, and waits. */
const greetingAnswersMs = 30 * 60_000;

const nods = 'ok oke okay okey okelah oklah baik baiklah siap sip';
/** All that may stand in such a message. Whatever else is said with it (a "tapi", a "belum") wants to be read. */
const small = new Set(
  `${nods} ya iya iyo yah lah e ee deh sudah saja begitu o oh ooh wah hm hmm haha hahaha hehe hehehe hihi wkwk wkwkwk sama
   terima kasih banyak sekali sangat semua semuanya atas untuk membantu kembali mantap syukur puji tuhan berkati memberkati
   berkat god bles gbu amin sukses terus danke matur nuwun thanks so very much kamu makaci tks
   bantuan bantuannya info infonya informasi informasinya jawaban jawabannya penjelasan penjelasannya perhatian
   perhatiannya waktu waktunya pelayanan pelayanannya
   bu ibu pak bapak mama kakak kk adik bang mas mbak nona usi om tante min admin petugas bestie
   halo hai selamat pagi siang sore malam hari shalom syalom salam assalamualaikum sejahtera`.split(/\s+/),
);
const agrees = new Set(nods.split(' '));
const alarming = /[🆘❓❔❗‼⁉⚠😱😡😠🤬]/u;

/**
 * Whether a message only rounds off what was said to somebody: thanks, a nod, a greeting in return, a sticker, a sign. A
 * plain yes or no is none: it may answer a question of the officer's, who then goes on.
 */
export function readCourtesy(
  content: InboundContent,
  /** Whom they talk with; their name is part of the thanks. */
  holder: string | null,
): 'closing' | 'greeting' | null {
  if (content.kind === 'media')
    return content.media.kind === 'sticker' && !content.caption ? 'closing' : null;
  if (content.kind !== 'text') return null;
  const { text } = content;
  // Tears are listened to, under words of thanks too.
  const signs = readEmoji(text.replace(/[\p{L}\p{N}]/gu, ''));
  if (signs === 'sad' || alarming.test(text) || text.includes('?') || isQuestion(text)) return null;
  if (readEmoji(text) !== null) return 'closing';

  const words = normalise(text).tokens.map((token) => token.text);
  const names = new Set(normalise(holder ?? '').tokens.map((token) => token.text));
  if (!words.every((word) => small.has(word) || names.has(word))) return null;
  // Asked without the name, which the rules on whole sentences do not know.
  const plain = understandIntents(words.filter((word) => small.has(word)).join(' '));
  const isNamed = (...wanted: string[]) =>
    plain.some(({ name, confidence }) => confidence >= 0.5 && wanted.includes(name));
  if (isNamed('thanks', 'nod') || (isNamed('yes') && words.some((word) => agrees.has(word))))
    return 'closing';
  return isNamed('greeting') ? 'greeting' : null;
}

/**
 * Marks a message, in a chat that somebody holds, that nobody need answer: they have spoken, and this only rounds it off.
 * Never where danger was told. The words are sealed, so what looks after held chats goes by this mark.
 *
 * @returns whether it is such a one.
 */
export async function noteCourtesy(
  tx: Tx,
  { messageId, content }: { messageId: string; content: InboundContent },
): Promise<boolean> {
  if (content.kind !== 'text' && content.kind !== 'media') return false;
  const { rows } = await tx.query<{ holder: string | null; spokenAt: Date | null; isDanger: boolean }>(
    `SELECT o.name AS holder,
            (SELECT max(s.created_at) FROM message s
              WHERE s.conversation_id = h.conversation_id
                AND (s.author = 'phone' OR (s.author = 'officer' AND s.created_at > h.claimed_at))) AS "spokenAt",
            EXISTS (SELECT 1 FROM danger_alert d
                     WHERE d.conversation_id = h.conversation_id AND NOT d.is_false
                       AND (d.acknowledged_at IS NULL OR d.last_sign_at >= h.requested_at)) AS "isDanger"
       FROM message m JOIN handoff h ON h.conversation_id = m.conversation_id AND h.status = 'held'
       LEFT JOIN officer o ON o.id = h.officer_id
      WHERE m.id = $1`,
    [messageId],
  );
  const talk = rows[0];
  if (!talk?.spokenAt || talk.isDanger) return false;
  const courtesy = readCourtesy(content, talk.holder);
  const isLate = tx.now.getTime() - talk.spokenAt.getTime() > greetingAnswersMs;
  if (courtesy === null || (courtesy === 'greeting' && isLate)) return false;
  await tx.query(`UPDATE message SET is_courtesy = true WHERE id = $1`, [messageId]);
  return true;
}
