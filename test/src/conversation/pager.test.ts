import { describe, expect, it } from 'vitest';
import type { Channel, SendResult } from '../../../bots/channel.ts';
import { createPager } from '../../../src/conversation/pager.ts';
import type { PageNote } from '../../../src/conversation/pager.ts';
import type { Mail, MailResult } from '../../../src/mail/mailer.ts';
import type { PushNote, PushResult } from '../../../src/push/web-push.ts';
import { createScriptedChannel } from '../../support/scripted-channel.ts';

const note: PageNote = {
  id: 'page-1',
  title: 'BESTIE BAHAYA: kekerasan di rumah (darurat)',
  text: 'Baru saja masuk. Buka chatnya sekarang:',
  path: '/desk/antrean/abc',
  acknowledge: { label: 'Saya tangani', token: 'd.abc' },
  isUrgent: true,
};
const publicUrl = 'https://bestie.kupangkota.go.id';
const subscription = JSON.stringify({
  endpoint: 'https://fcm.googleapis.com/x',
  keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
  device: 'Chrome',
});

const pagerWith = (given: {
  mail?: MailResult;
  push?: PushResult;
  channels?: Channel[];
  officerChatId?: string;
}) => {
  const letters: Mail[] = [];
  const pushes: PushNote[] = [];
  const { mail, push } = given;
  const pager = createPager({
    publicUrl,
    officerChatId: given.officerChatId,
    channel: (name) => given.channels?.find((channel) => channel.name === name),
    mailer: mail && {
      send: async (letter) => {
        letters.push(letter);
        return mail;
      },
    },
    webPush: push && {
      publicKey: '',
      accepts: () => true,
      send: async (_, sent) => {
        pushes.push(sent);
        return push;
      },
    },
  });
  return { pager, letters, pushes };
};

describe('calling an officer', () => {
  it('goes to their own Telegram chat with a button, and to WhatsApp with the link alone where it has no buttons', async () => {
    const telegram = createScriptedChannel('telegram');
    const scripted = createScriptedChannel('whatsapp');
    const whatsapp = { ...scripted, capabilities: { ...scripted.capabilities, choices: 'numbers' as const } };
    const { pager } = pagerWith({ channels: [telegram, whatsapp] });
    expect(pager.ways()).toEqual(['telegram', 'whatsapp']);
    expect(await pager.send({ kind: 'telegram', value: '77' }, note)).toEqual({ kind: 'sent' });
    expect(await pager.send({ kind: 'whatsapp', value: '62812' }, note)).toEqual({ kind: 'sent' });
    expect(telegram.sentTo('77')).toMatchObject([
      {
        text: `${note.title}\n${note.text}\n${publicUrl}/desk/antrean/abc`,
        choices: [note.acknowledge],
        isUrgent: true,
      },
    ]);
    expect(scripted.sentTo('62812')).toMatchObject([{ choices: [] }]);
  });

  it.each([
    [{ ok: false, outcome: 'unreachable', reason: 'blocked' }, 'gone'],
    [{ ok: false, outcome: 'window_closed', reason: 'x' }, 'failed'],
    [{ ok: false, outcome: 'refused', reason: 'x' }, 'failed'],
    [{ ok: false, outcome: 'unknown', reason: 'x' }, 'retry'],
    [{ ok: false, outcome: 'retry', reason: 'x' }, 'retry'],
  ] as [SendResult, string][])('takes %j of a channel for %s', async (result, kind) => {
    const telegram = createScriptedChannel('telegram');
    telegram.willAnswer(result);
    const { pager } = pagerWith({ channels: [telegram] });
    expect((await pager.send({ kind: 'telegram', value: '77' }, note)).kind).toBe(kind);
  });

  it('writes a letter that a mailbox shows once however often it is tried', async () => {
    const { pager, letters } = pagerWith({ mail: { kind: 'refused', reason: 'no such mailbox' } });
    for (let times = 0; times < 2; times += 1)
      expect(await pager.send({ kind: 'email', value: 'a@b.id' }, note)).toEqual({
        kind: 'gone',
        reason: 'no such mailbox',
      });
    expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(1);
    expect(letters[0]).toMatchObject({ to: 'a@b.id', subject: note.title });
    expect(letters[0]?.text).toContain(`${publicUrl}/desk/antrean/abc`);
  });

  it('rings a browser, and knows one that has unsubscribed or is none', async () => {
    const { pager, pushes } = pagerWith({ push: { kind: 'gone' } });
    expect(await pager.send({ kind: 'push', value: subscription }, note)).toMatchObject({ kind: 'gone' });
    expect(pushes).toEqual([
      // On a locked screen anybody reads along: what kind of danger it is stays at the desk.
      { title: 'BAHAYA: buka antrean', body: note.text, path: note.path, tag: note.path, isUrgent: true },
    ]);
    expect(await pager.send({ kind: 'push', value: '{"endpoint":1}' }, note)).toMatchObject({ kind: 'gone' });
    expect(pushes).toHaveLength(1);
  });

  it('waits for a process that has the way', async () => {
    const { pager } = pagerWith({});
    expect(pager.ways()).toEqual([]);
    for (const kind of ['telegram', 'whatsapp', 'email', 'push'] as const)
      expect(await pager.send({ kind, value: subscription }, note)).toEqual({
        kind: 'retry',
        reason: 'channel_off',
      });
  });
});
