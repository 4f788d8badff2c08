import type { Update } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { readGroupEvent } from '../../../bots/telegram/read-group-event.ts';
import { readUpdate } from '../../../bots/telegram/read-update.ts';
import { contents, maria, messageUpdate, press, privateChat, sentAt } from './update-fixtures.ts';

const chat = { id: -100_42, type: 'supergroup', title: 'Petugas', is_forum: true };
const inTopic = { chat, message_thread_id: 5, is_topic_message: true };
const opening = { message_id: 5, chat, date: sentAt, forum_topic_created: { name: 'x', icon_color: 0 } };

const read = (content: Record<string, unknown>) =>
  readGroupEvent(messageUpdate({ ...inTopic, reply_to_message: opening, ...content }));

describe('readGroupEvent', () => {
  it('reads what an officer says in a topic', () => {
    expect(read(contents.text)).toEqual({
      kind: 'message',
      key: 'm-10042.17',
      from: { ref: '4711', name: 'Maria Nahak' },
      threadRef: '5',
      postRef: '17',
      replyToRef: null,
      content: { kind: 'text', text: 'Selamat pagi' },
    });
    expect(read({ ...contents.text, reply_to_message: { message_id: 9, chat, date: sentAt } })).toMatchObject(
      {
        replyToRef: '9',
      },
    );
    for (const content of [contents.voice, contents.photo, contents.document, contents.location])
      expect(read(content)).toMatchObject({ kind: 'message' });
  });

  it('takes a thread of replies in a plain group for no topic', () => {
    const reply = { message_id: 9, chat, date: sentAt };
    expect(read({ ...contents.text, is_topic_message: undefined, reply_to_message: reply })).toMatchObject({
      threadRef: null,
      replyToRef: '9',
    });
  });

  it.each([
    ['/ambil', 'ambil', ''],
    ['/Selesai@BestieKupangBot  Terima kasih,\nsampai jumpa ', 'selesai', 'Terima kasih,\nsampai jumpa'],
    ['/catatan minta DTKS', 'catatan', 'minta DTKS'],
    ['// minta DTKS', 'catatan', 'minta DTKS'],
    ['//minta DTKS', 'catatan', 'minta DTKS'],
    ['  // didahului spasi', 'catatan', 'didahului spasi'],
    ['/tidak-ada apa', 'tidak-ada apa', ''],
    ['/', '', ''],
  ])('%j is an order and no word for a resident', (text, name, rest) => {
    expect(read({ text })).toMatchObject({ kind: 'command', name, rest, hasFile: false });
    expect(read({ ...contents.document, caption: text })).toMatchObject({ kind: 'command', hasFile: true });
  });

  it('knows nobody behind an anonymous admin, a bot or a channel', () => {
    const anonymous = { id: 1087968824, is_bot: true, first_name: 'Group' };
    expect(read({ ...contents.text, from: anonymous, sender_chat: chat })).toMatchObject({ from: null });
    expect(read({ ...contents.text, sender_chat: { id: -1, type: 'channel' } })).toMatchObject({
      from: null,
    });
    expect(read({ ...contents.text, from: { ...maria, is_bot: true } })).toMatchObject({ from: null });
  });

  it('reads presses and changes, and lets Telegram’s own notices be', () => {
    expect(readGroupEvent(press('ambil:1', chat))).toMatchObject({
      kind: 'pressed',
      pressRef: '77',
      token: 'ambil:1',
      postRef: '16',
      threadRef: null,
    });
    const edited = { ...inTopic, message_id: 17, from: maria, date: sentAt, edit_date: sentAt + 9 };
    const asUpdate = (content: object) => ({ update_id: 1, edited_message: content }) as unknown as Update;
    expect(readGroupEvent(asUpdate({ ...edited, text: 'x' }))).toMatchObject({
      kind: 'edited',
      key: `e17.${sentAt + 9}`,
    });
    expect(readGroupEvent(asUpdate({ ...edited, ...contents.location }))).toBeNull();
    expect(read({ forum_topic_closed: {} })).toBeNull();
    expect(read({ pinned_message: {} })).toBeNull();
    expect(readGroupEvent({ update_id: 1 })).toBeNull();
    expect(readGroupEvent({ update_id: 1, message: { chat: null } } as unknown as Update)).toBeNull();
  });

  it('takes a code from the group and from the private chat, and nothing else of a private chat', () => {
    expect(read({ text: '/masuk K7QF-2M9X' })).toMatchObject({
      kind: 'sign_in',
      code: 'K7QF-2M9X',
      isPrivate: false,
    });
    const inPrivate = messageUpdate({ text: '/masuk@BestieKupangBot K7QF-2M9X ' });
    expect(readGroupEvent(inPrivate)).toMatchObject({ kind: 'sign_in', code: 'K7QF-2M9X', isPrivate: true });
    const options = { now: new Date(sentAt * 1000), officerChatId: '-10042' };
    expect(readUpdate(inPrivate, options)).toEqual({ kind: 'officers' });
    // Where there is no group, and for whoever only says the word, it is a resident's.
    expect(readUpdate(inPrivate, { ...options, officerChatId: null })).toMatchObject({ kind: 'resident' });
    const word = messageUpdate({ text: '/masuk', chat: privateChat });
    expect(readUpdate(word, options)).toMatchObject({ kind: 'resident' });
  });
});
