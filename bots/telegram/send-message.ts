import { InputFile, type Api } from 'grammy';
import type { OutboundReady, SendResult } from '../channel.ts';
import { layOutChoices } from './keyboard.ts';
import { readCallFailure, toSendResult, type CallFailure } from './call-failure.ts';

type OutboundFile = Extract<OutboundReady, { kind: 'file' }>;

const maxCaptionLength = 1024;
const maxPhotoBytes = 10 * 1024 * 1024;
const photoTypes = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** One message to one chat. Every answer of Telegram is a value here; `onFailure` hears of refusals as well. */
export const sendMessage = async (
  api: Api,
  chatId: string,
  message: OutboundReady,
  onFailure: (failure: CallFailure) => void,
): Promise<SendResult> => {
  try {
    switch (message.kind) {
      case 'text': {
        const replyTo = message.replyToRef === null ? Number.NaN : Number(message.replyToRef);
        const sent = await api.sendMessage(chatId, message.text, {
          link_preview_options: { is_disabled: true },
          ...(message.choices.length > 0 && { reply_markup: layOutChoices(message.choices) }),
          ...(Number.isSafeInteger(replyTo) && {
            reply_parameters: { message_id: replyTo, allow_sending_without_reply: true },
          }),
        });
        return { ok: true, messageRef: String(sent.message_id) };
      }
      case 'venue': {
        const { latitude, longitude, title, address } = message;
        const sent = await api.sendVenue(chatId, latitude, longitude, title, address);
        return { ok: true, messageRef: String(sent.message_id) };
      }
      case 'file':
        return await sendFile(api, chatId, message);
    }
  } catch (error) {
    const failure = readCallFailure(error);
    onFailure(failure);
    return toSendResult(failure);
  }
};

const sendFile = async (api: Api, chatId: string, file: OutboundFile): Promise<SendResult> => {
  const fits = file.caption === null || file.caption.length <= maxCaptionLength;
  const caption = fits && file.caption !== null ? { caption: file.caption } : {};
  const sent = await sendFileAs(api, chatId, file, caption);
  if (fits || file.caption === null) return { ok: true, messageRef: String(sent.message_id) };
  // Nothing is cut: a caption that Telegram has no room for follows as a message of its own.
  try {
    await api.sendMessage(chatId, file.caption, { reply_parameters: { message_id: sent.message_id } });
  } catch (error) {
    const { reason } = readCallFailure(error);
    return { ok: false, outcome: 'unknown', reason: `the file was sent, its caption was not: ${reason}` };
  }
  return { ok: true, messageRef: String(sent.message_id) };
};

type FileExtras = {
  caption?: string;
  message_thread_id?: number;
  reply_parameters?: { message_id: number; allow_sending_without_reply?: boolean };
};

/** A file as what it is: a voice note, a photo, or else a document. Throws what grammY throws. */
export const sendFileAs = async (
  api: Api,
  chatId: string,
  file: Pick<OutboundFile, 'name' | 'mime' | 'bytes'>,
  extras: FileExtras,
): Promise<{ message_id: number }> => {
  // A fresh one each time: grammY's file is used up by the attempt.
  const input = (): InputFile => new InputFile(file.bytes, safeName(file.name));
  const mime = file.mime.replace(/;.*/s, '').trim().toLowerCase();
  try {
    if (mime === 'audio/ogg') return await api.sendVoice(chatId, input(), extras);
    if (photoTypes.has(mime) && file.bytes.length <= maxPhotoBytes) {
      return await api.sendPhoto(chatId, input(), extras);
    }
  } catch (error) {
    // Odd dimensions, or a person who forbids voice messages: as a plain file it still arrives.
    const failure = readCallFailure(error);
    if (failure.status !== 400 || toSendResult(failure).outcome === 'unreachable') throw error;
  }
  return await api.sendDocument(chatId, input(), extras);
};

/** grammY writes the name into a header as it is, unquoted. */
const safeName = (name: string): string => name.replace(/[\p{Cc}"\\;/]/gu, '_').slice(0, 120) || 'file';
