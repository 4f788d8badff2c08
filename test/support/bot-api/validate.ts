import { badRequest, type Payload } from './faults.ts';
import type { UploadedFile } from './multipart.ts';

/** The limits of the Bot API that a bot can run into; each throws what Telegram answers. */

export const checkText = (payload: Payload): string => {
  const { text } = payload;
  if (typeof text !== 'string' || text.trim() === '') throw badRequest('message text is empty');
  if (text.length > 4096) throw badRequest('message is too long');
  return text;
};

export const checkCaption = ({ caption }: Payload): string | null => {
  if (caption === undefined || caption === null) return null;
  if (typeof caption !== 'string') throw badRequest('caption must be a string');
  if (caption.length > 1024) throw badRequest('message caption is too long');
  return caption;
};

export type Button = { text: string; callback_data: string };

export const checkKeyboard = ({ reply_markup: markup }: Payload): Button[][] => {
  if (markup === undefined || markup === null) return [];
  const rows = (markup as { inline_keyboard?: unknown }).inline_keyboard;
  if (!Array.isArray(rows)) throw badRequest("can't parse reply keyboard markup JSON object");
  let count = 0;
  for (const row of rows as unknown[]) {
    if (!Array.isArray(row)) throw badRequest('inline keyboard expected to be an Array of Arrays');
    if (row.length > 8) throw badRequest('too many buttons in a row');
    for (const button of row as Partial<Button>[]) {
      count += 1;
      if (typeof button.text !== 'string' || button.text === '')
        throw badRequest('inline keyboard button text is empty');
      const bytes = typeof button.callback_data === 'string' ? Buffer.byteLength(button.callback_data) : 0;
      if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID');
    }
  }
  if (count > 100) throw badRequest('reply markup is too long');
  return rows as Button[][];
};

export const checkPlace = (payload: Payload): { latitude: number; longitude: number } => {
  const latitude = Number(payload.latitude);
  const longitude = Number(payload.longitude);
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180))
    throw badRequest('wrong latitude or longitude');
  return { latitude, longitude };
};

export const checkUpload = (payload: Payload, field: string, maxBytes: number): UploadedFile => {
  const file = payload[field] as UploadedFile | undefined;
  if (!file || !(file.bytes instanceof Uint8Array)) throw badRequest(`there is no ${field} in the request`);
  if (file.bytes.length === 0) throw badRequest('file must be non-empty');
  if (file.bytes.length > maxBytes) throw badRequest(`file is too big for ${field}`);
  return file;
};

export const checkCommands = ({ commands }: Payload): void => {
  if (!Array.isArray(commands) || commands.length > 100) throw badRequest("can't parse commands");
  for (const { command, description } of commands as { command?: unknown; description?: unknown }[]) {
    if (typeof command !== 'string' || !/^[a-z0-9_]{1,32}$/.test(command))
      throw badRequest('BOT_COMMAND_INVALID');
    if (typeof description !== 'string' || description.length < 1 || description.length > 256) {
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
    }
  }
};
