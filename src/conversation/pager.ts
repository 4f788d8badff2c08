import type { Channel, SendResult } from '../../bots/channel.ts';
import type { ContactKind } from '../actions/officer-contact.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Mailer } from '../mail/mailer.ts';
import { pushSubscriptionSchema } from '../push/web-push.ts';
import type { WebPush } from '../push/web-push.ts';
import { notes } from './nudge-officers.ts';

/** What an officer is called with, wherever it shows: never a resident's word or name. */
export type PageNote = {
  /** The same page has the same id, however often it is tried. */
  id: string;
  title: string;
  text: string;
  /** Where it leads, below the public address: `/desk/antrean/...`. */
  path: string;
  /** A button that says "I see to it"; null where there is nothing to acknowledge. */
  acknowledge: { label: string; token: string } | null;
  isUrgent: boolean;
};

/** A rejection is a bug. */
export type PageResult =
  | { kind: 'sent' }
  /** A passing failure: try again. */
  | { kind: 'retry'; reason: string }
  /** Not this time, on this way: outside WhatsApp's window, say. The next step tries it again. */
  | { kind: 'failed'; reason: string }
  /** That contact is no more: blocked, unsubscribed, no such mailbox. */
  | { kind: 'gone'; reason: string };

/** An officer on one of their ways, or the officers' Telegram group. */
export type Called = { kind: ContactKind; value: string } | { kind: 'group' };

/** Calls officers. One adapter a kind. */
export type Pager = {
  /** What this process has. */
  ways(): Called['kind'][];
  /** An officers' group is set, though perhaps another process has the channel. */
  readonly hasGroup: boolean;
  send(called: Called, note: PageNote): Promise<PageResult>;
};

export function createPager(deps: {
  channel: (name: ChannelName) => Channel | undefined;
  mailer: Mailer | undefined;
  webPush: WebPush | undefined;
  officerChatId: string | undefined;
  publicUrl: string;
}): Pager {
  const { mailer, webPush, officerChatId, publicUrl } = deps;
  const words = (note: PageNote): string => `${note.title}\n${note.text}\n${publicUrl}${note.path}`;
  const byChannel = async (
    name: 'telegram' | 'whatsapp',
    value: string,
    note: PageNote,
  ): Promise<PageResult> => {
    const channel = deps.channel(name);
    if (!channel) return { kind: 'retry', reason: 'channel_off' };
    // Telegram names a person's own chat by their user id.
    const kind = name === 'telegram' ? 'chat' : 'phone';
    // A number to type would mean nothing to the bot: there the link is the way.
    const hasButtons = channel.capabilities.choices === 'buttons';
    const choices = note.acknowledge && hasButtons ? [note.acknowledge] : [];
    const result = await channel.send(
      { channel: name, kind, value },
      {
        kind: 'text',
        text: words(note),
        choices,
        replyToRef: null,
        ...(note.isUrgent ? { isUrgent: true as const } : {}),
      },
    );
    return answerOf(result);
  };
  return {
    hasGroup: officerChatId !== undefined,
    ways: () => [
      ...(['telegram', 'whatsapp'] as const).filter((name) => deps.channel(name)),
      ...(officerChatId !== undefined && deps.channel('telegram') ? (['group'] as const) : []),
      ...(mailer ? (['email'] as const) : []),
      ...(webPush ? (['push'] as const) : []),
    ],
    send: async (called, note) => {
      switch (called.kind) {
        case 'group':
          // Who presses in a group is known to the group's own cards, not to a page.
          return byChannel('telegram', officerChatId ?? '', { ...note, acknowledge: null });
        case 'telegram':
        case 'whatsapp':
          return byChannel(called.kind, called.value, note);
        case 'email': {
          if (!mailer) return { kind: 'retry', reason: 'channel_off' };
          const { hostname } = new URL(publicUrl);
          const sent = await mailer.send({
            to: called.value,
            subject: note.title,
            text: words(note),
            messageId: `<page.${note.id}@${hostname}>`,
          });
          return sent.kind === 'refused' ? { kind: 'gone', reason: sent.reason } : sent;
        }
        case 'push': {
          if (!webPush) return { kind: 'retry', reason: 'channel_off' };
          const subscription = pushSubscriptionSchema.safeParse(JSON.parse(called.value));
          if (!subscription.success) return { kind: 'gone', reason: 'not a subscription' };
          const { text: body, path, isUrgent } = note;
          // It stands on a locked screen that anybody may see: what kind of danger it is stays at the desk.
          const title = isUrgent ? notes.danger.title : note.title;
          const sent = await webPush.send(subscription.data, { title, body, path, tag: path, isUrgent });
          return sent.kind === 'gone' ? { kind: 'gone', reason: 'unsubscribed' } : sent;
        }
      }
    },
  };
}

function answerOf(result: SendResult): PageResult {
  if (result.ok) return { kind: 'sent' };
  switch (result.outcome) {
    case 'unreachable':
      return { kind: 'gone', reason: result.reason };
    case 'window_closed':
    case 'refused':
    case 'ceiling':
      return { kind: 'failed', reason: result.outcome };
    // It may have been sent: being called twice is better than not at all.
    case 'unknown':
    case 'retry':
      return { kind: 'retry', reason: result.reason };
  }
}
