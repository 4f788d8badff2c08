import { Api } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficerGroup } from '../../../bots/officer-group.ts';
import { createGroupPace } from '../../../bots/telegram/group-pace.ts';
import { createOfficerGroup } from '../../../bots/telegram/officer-group.ts';
import type { Group } from '../../support/bot-api/group.ts';
import { startBotApi, type BotApiStub } from '../../support/bot-api/start-bot-api.ts';
import { createHeldClock, type HeldClock } from '../held-clock.ts';

const chatId = -100500;

let tg: BotApiStub;
let clock: HeldClock;
let group: Group;
let port: OfficerGroup;
let notes: (string | null)[];

beforeEach(async () => {
  clock = createHeldClock();
  tg = await startBotApi({ now: () => clock.now() });
  group = tg.group({ id: chatId });
  notes = [];
  port = createOfficerGroup({
    api: new Api(tg.token, { apiRoot: tg.url }),
    chatId: String(chatId),
    pace: createGroupPace(clock),
    onNote: (trouble) => void notes.push(trouble),
  });
});
afterEach(() => tg.close());

const post = (text: string, more: { threadRef?: string; isUrgent?: boolean } = {}) =>
  port.post({
    threadRef: null,
    replyToRef: null,
    content: { kind: 'text', text, buttons: [{ label: 'Ambil', token: 'ambil:1' }] },
    ...more,
  });
const made = async (result: Promise<{ ok: boolean }>) => {
  const settled = await result;
  if (!settled.ok) throw new Error(JSON.stringify(settled));
  return settled as { ok: true; threadRef: string; postRef: string };
};

describe('the officers’ group over the Bot API', () => {
  it('opens, names, closes, opens again and removes a topic, and takes twice for once', async () => {
    const { threadRef } = await made(port.openTopic({ title: 'x'.repeat(200), isUrgent: true }));
    expect(group.topics).toMatchObject([{ name: 'x'.repeat(128), iconColor: 0xfb6f5f, isClosed: false }]);
    for (const name of ['Ana', 'Ana']) await made(port.renameTopic(threadRef, name));
    for (const _ of [1, 2]) await made(port.closeTopic(threadRef));
    expect(group.topic('Ana').isClosed).toBe(true);
    for (const _ of [1, 2]) await made(port.reopenTopic(threadRef));
    await made(post('di topik', { threadRef }));
    expect(group.textsIn('Ana')).toEqual(['di topik']);
    for (const _ of [1, 2]) await made(port.removeTopic(threadRef));
    expect([group.topics, group.received]).toEqual([[], []]);
  });

  it('posts, edits and removes', async () => {
    const { postRef } = await made(post('satu'));
    for (const _ of [1, 2]) await made(port.edit(postRef, { text: 'dua', buttons: [] }));
    expect(group.general()).toMatchObject([{ text: 'dua', buttons: [] }]);
    const file = { kind: 'file' as const, name: 'a.jpg', mime: 'image/jpeg', bytes: new Uint8Array([1]) };
    const photo = await made(
      port.post({ threadRef: null, replyToRef: postRef, content: { ...file, caption: 'lama' } }),
    );
    await made(port.editCaption(photo.postRef, 'baru'));
    expect(group.general().at(-1)).toMatchObject({
      method: 'sendPhoto',
      text: 'baru',
      payload: { reply_parameters: { message_id: Number(postRef) } },
    });
    expect(await port.edit(photo.postRef, { text: 'x', buttons: [] })).toMatchObject({ outcome: 'refused' });
    for (const ref of [postRef, photo.postRef, postRef]) await made(port.remove(ref));
    expect(group.received).toEqual([]);
    expect(await port.edit(postRef, { text: 'x', buttons: [] })).toMatchObject({ outcome: 'post_gone' });
  });

  it('tells apart what a no means', async () => {
    expect(await post('x', { threadRef: '77' })).toMatchObject({ ok: false, outcome: 'topic_gone' });
    const { threadRef } = await made(port.openTopic({ title: 'Ana', isUrgent: false }));
    group.closesTopic(Number(threadRef));
    group.allow({ canManageTopics: false });
    expect(await post('x', { threadRef })).toMatchObject({ outcome: 'topic_closed' });
    expect(await port.openTopic({ title: 'B', isUrgent: false })).toMatchObject({ outcome: 'no_topics' });
    group.allow({ isForum: false, canManageTopics: true });
    expect(await port.openTopic({ title: 'B', isUrgent: false })).toMatchObject({ outcome: 'no_topics' });
    tg.fail('sendMessage', { kind: 'error', status: 502 });
    expect(await post('x')).toMatchObject({ outcome: 'wait', afterMs: 5000 });
  });

  it('says once what is wrong while it is shut out, presses nobody, and says when that is over', async () => {
    port.note('no topics');
    tg.fail('sendMessage', { kind: 'error', status: 403, description: 'Forbidden: bot was kicked' });
    expect(await post('x')).toMatchObject({ outcome: 'wait', afterMs: 60_000 });
    expect(notes).toEqual(['no topics', expect.stringMatching(/bot was kicked.*TELEGRAM_OFFICER_CHAT_ID/)]);
    clock.advance(59_000);
    expect(await post('x')).toMatchObject({ outcome: 'wait', afterMs: 1000 });
    clock.advance(1000);
    await made(post('x'));
    expect(notes.at(-1)).toBe('no topics');
  });

  it('says "wait" without a call while Telegram wants it, and holds everything of the group', async () => {
    tg.fail('sendMessage', { kind: 'too_many', retryAfter: 7 });
    expect(await post('x')).toMatchObject({ outcome: 'wait', afterMs: 7000 });
    const calls = tg.calls.length;
    clock.advance(6_000);
    expect(await post('x', { isUrgent: true })).toMatchObject({ outcome: 'wait', afterMs: 1000 });
    expect(await port.openTopic({ title: 'A', isUrgent: true })).toMatchObject({ outcome: 'wait' });
    expect(tg.calls.length).toBe(calls);
    clock.advance(1_000);
    await made(post('x'));
  });

  it('never has more than 20 in any minute, edits counted, and keeps a reserve for danger', async () => {
    const left: number[] = [];
    const { postRef } = await made(post('kartu'));
    for (let second = 0; second < 200; second += 1) {
      const result = await (second % 2
        ? post('x')
        : port.edit(postRef, { text: `kartu ${second}`, buttons: [] }));
      if (result.ok) left.push(second);
      if (second === 40) await made(post('bahaya', { isUrgent: true }));
      clock.advance(1000);
    }
    expect(group.refusals()).toBe(0);
    expect(left.length).toBeGreaterThan(50);
    for (const second of left)
      expect(left.filter((other) => other >= second && other < second + 60).length).toBeLessThanOrEqual(18);
  });

  it('answers a press to the one who pressed, no longer than Telegram lets it', async () => {
    await port.answerPress('1', 'y'.repeat(300), true);
    expect(group.toasts).toEqual([{ text: 'y'.repeat(200), isLoud: true }]);
    tg.fail('answerCallbackQuery', { kind: 'error', status: 400 });
    await port.answerPress('2', 'terlambat', false);
  });
});
