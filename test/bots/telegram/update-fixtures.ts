import type { Update } from 'grammy/types';

/** Updates as Telegram sends them, with invented people. */

export const maria = {
  id: 4711,
  is_bot: false,
  first_name: 'Maria',
  last_name: 'Nahak',
  language_code: 'id',
};
export const privateChat = { id: 4711, type: 'private', first_name: 'Maria', last_name: 'Nahak' };
/** 2026-11-25 09.00 WITA, a Wednesday. */
export const sentAt = 1_795_568_400;

const file = (id: string, size = 2048) => ({ file_id: id, file_unique_id: `u-${id}`, file_size: size });

export const messageUpdate = (content: Record<string, unknown>, updateId = 9001): Update =>
  ({
    update_id: updateId,
    message: { message_id: 17, from: maria, chat: privateChat, date: sentAt, ...content },
  }) as unknown as Update;

export const contents = {
  text: { text: 'Selamat pagi' },
  voice: { voice: { ...file('voice'), duration: 7, mime_type: 'audio/ogg' } },
  audio: { audio: { ...file('audio'), duration: 60, mime_type: 'audio/mpeg', file_name: 'rekaman.mp3' } },
  photo: {
    photo: [
      { ...file('small', 900), width: 90, height: 67 },
      { ...file('large', 90_000), width: 1280, height: 960 },
      { ...file('middle', 9_000), width: 320, height: 240 },
    ],
    caption: 'jalan di depan rumah',
  },
  video: { video: { ...file('video'), width: 640, height: 480, duration: 12, mime_type: 'video/mp4' } },
  videoNote: { video_note: { ...file('note'), length: 240, duration: 5 } },
  animation: {
    animation: { ...file('gif'), width: 320, height: 240, duration: 2, mime_type: 'video/mp4' },
    document: { ...file('gif'), mime_type: 'video/mp4' },
  },
  document: { document: { ...file('doc'), file_name: 'KTP.pdf', mime_type: 'application/pdf' } },
  sticker: {
    sticker: {
      ...file('sticker'),
      type: 'regular',
      width: 512,
      height: 512,
      is_animated: false,
      is_video: false,
    },
  },
  location: { location: { latitude: -10.16, longitude: 123.6 } },
  venue: {
    venue: { location: { latitude: -10.16, longitude: 123.6 }, title: 'Pasar Oeba', address: 'Fatubesi' },
    location: { latitude: -10.16, longitude: 123.6 },
  },
  contact: { contact: { phone_number: '+62 812', first_name: 'Yohanes', last_name: 'Tanu' } },
  poll: { poll: { id: '1', question: 'Siapa?', options: [] } },
  dice: { dice: { emoji: '\u{1F3B2}', value: 3 } },
} satisfies Record<string, Record<string, unknown>>;

export const press = (data: string | undefined, chat: Record<string, unknown> = privateChat): Update =>
  ({
    update_id: 9002,
    callback_query: {
      id: '77',
      from: maria,
      chat_instance: '1',
      ...(data !== undefined && { data }),
      message: {
        message_id: 16,
        chat,
        date: sentAt - 60,
        text: 'Kapan?',
        reply_markup: {
          inline_keyboard: [
            [
              { text: 'Senin', callback_data: 't-senin' },
              { text: 'Rabu', callback_data: 't-rabu' },
            ],
          ],
        },
      },
    },
  }) as unknown as Update;

export const membership = (status: string): Update =>
  ({
    update_id: 9003,
    my_chat_member: {
      chat: privateChat,
      from: maria,
      date: sentAt,
      old_chat_member: { status: 'member', user: { id: 1, is_bot: true, first_name: 'Bestie' } },
      new_chat_member: { status, user: { id: 1, is_bot: true, first_name: 'Bestie' }, until_date: 0 },
    },
  }) as unknown as Update;

export const edit = (content: Record<string, unknown>): Update =>
  ({
    update_id: 9004,
    edited_message: {
      message_id: 17,
      from: maria,
      chat: privateChat,
      date: sentAt,
      edit_date: sentAt + 30,
      ...content,
    },
  }) as unknown as Update;
