import type { Message } from 'grammy/types';
import type { InboundInput } from '../../src/domain/message.ts';
import { storable, storableUpTo } from './storable.ts';

type Content = InboundInput['content'];
type MediaInput = Extract<Content, { kind: 'media' }>['media'];
type FileLike = {
  file_id: string;
  file_size?: number;
  mime_type?: string;
  file_name?: string;
  duration?: number;
};

/** What a message holds, or null when it is a notice of Telegram's own ("pinned a message") and says nothing. */
export const readContent = (message: Message): Content | null => {
  if (typeof message.text === 'string') return { kind: 'text', text: withoutBotName(storable(message.text)) };
  const media = readMedia(message);
  if (media) {
    return {
      kind: 'media',
      media,
      caption: typeof message.caption === 'string' ? storable(message.caption) : null,
    };
  }
  // A venue carries a bare location as well, so it is looked at first.
  const location = message.venue?.location ?? message.location;
  if (location) {
    const { latitude, longitude } = location;
    if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) throw new TypeError('no position');
    return { kind: 'location', latitude, longitude, title: storableUpTo(300, message.venue?.title) };
  }
  if (message.contact) {
    const { first_name, last_name, phone_number } = message.contact;
    return {
      kind: 'contact',
      name: storableUpTo(200, [first_name, last_name].filter(Boolean).join(' ')),
      phone: storableUpTo(40, phone_number),
    };
  }
  const unreadable = unreadableKeys.find((key) => message[key] !== undefined);
  if (unreadable) return { kind: 'unsupported', what: unreadable };
  if (Object.keys(message).some((key) => serviceKeys.has(key))) return null;
  // A kind of message newer than this code still deserves an answer.
  return { kind: 'unsupported', what: 'unknown' };
};

const readMedia = (message: Message): MediaInput | null => {
  if (message.voice) return media('voice', message.voice, 'audio/ogg');
  if (message.audio) return media('audio', message.audio, null);
  if (message.photo && message.photo.length > 0) {
    const largest = message.photo.reduce((best, size) =>
      size.width * size.height > best.width * best.height ? size : best,
    );
    return media('photo', largest, 'image/jpeg');
  }
  // An animation repeats itself as `document` for old clients, so it is looked at before documents.
  if (message.animation) return media('video', message.animation, 'video/mp4');
  if (message.video) return media('video', message.video, 'video/mp4');
  if (message.video_note) return media('video', message.video_note, 'video/mp4');
  if (message.live_photo) return media('video', message.live_photo, 'video/mp4');
  if (message.document) return media('document', message.document, null);
  if (message.sticker) {
    const { is_animated, is_video } = message.sticker;
    const mime = is_video ? 'video/webm' : is_animated ? 'application/x-tgsticker' : 'image/webp';
    return media('sticker', message.sticker, mime);
  }
  return null;
};

const media = (kind: MediaInput['kind'], file: FileLike, mime: string | null): MediaInput => ({
  kind,
  mime: storableUpTo(200, file.mime_type) ?? mime,
  name: storableUpTo(300, file.file_name),
  size: Number.isSafeInteger(file.file_size) ? Math.max(0, file.file_size ?? 0) : null,
  ref: requireText(file.file_id),
  durationSeconds: typeof file.duration === 'number' && file.duration >= 0 ? file.duration : null,
});

const requireText = (value: unknown): string => {
  if (typeof value !== 'string') throw new TypeError('not a text');
  return value.slice(0, 2000);
};

/** `/pesan@BestieBot` is what Telegram writes when a command is picked in a list; the room knows `/pesan`. */
const withoutBotName = (text: string): string => text.replace(/^(\/\w+)@\w+/, '$1');

const unreadableKeys = [
  'poll',
  'dice',
  'game',
  'story',
  'checklist',
  'paid_media',
  'rich_message',
  'invoice',
  'giveaway',
  'gift',
  'unique_gift',
  'passport_data',
  'web_app_data',
  'users_shared',
  'chat_shared',
] as const satisfies readonly (keyof Message)[];

/** Written by Telegram, not by a person; answering them would make the bot talk to itself. */
const serviceKeys = new Set<string>([
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'connected_website',
  'chat_background_set',
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'successful_payment',
  'refunded_payment',
  'proximity_alert_triggered',
  'boost_added',
  'checklist_tasks_done',
  'checklist_tasks_added',
  'poll_option_added',
  'poll_option_deleted',
  'giveaway_created',
  'giveaway_winners',
  'giveaway_completed',
  'gift_upgrade_sent',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'video_chat_scheduled',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_participants_invited',
  'paid_message_price_changed',
  'direct_message_price_changed',
  'suggested_post_approved',
  'suggested_post_approval_failed',
  'suggested_post_declined',
  'suggested_post_paid',
  'suggested_post_refunded',
  'chat_owner_left',
  'chat_owner_changed',
  'managed_bot_created',
  'community_chat_added',
  'community_chat_removed',
  'community_chat_joined',
]);
