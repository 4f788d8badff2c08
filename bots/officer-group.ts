import type { InboundInput } from '../src/domain/message.ts';

/**
 * The contract between Bestie and a group in which officers work. The group knows posts, topics and who pressed
 * what; it knows nothing of residents, handoffs or the database. Every known refusal is a value.
 */
export type OfficerGroup = {
  /** The group's own id. */
  readonly chatRef: string;
  openTopic(topic: { title: string; isUrgent: boolean }): Promise<GroupResult<{ threadRef: string }>>;
  renameTopic(threadRef: string, title: string): Promise<GroupResult>;
  closeTopic(threadRef: string): Promise<GroupResult>;
  reopenTopic(threadRef: string): Promise<GroupResult>;
  /** The topic with everything in it. */
  removeTopic(threadRef: string): Promise<GroupResult>;
  post(post: GroupPost): Promise<GroupResult<{ postRef: string }>>;
  /** Puts another text, and other buttons, in place of a text post's. Unchanged is fine. */
  edit(
    postRef: string,
    change: { text: string; buttons: readonly GroupButton[]; isUrgent?: boolean },
  ): Promise<GroupResult>;
  /** The same for what stands under a file. */
  editCaption(postRef: string, caption: string): Promise<GroupResult>;
  remove(postRef: string): Promise<GroupResult>;
  /** A small mark on somebody's message. */
  mark(postRef: string, mark: '👍'): Promise<GroupResult>;
  /** Answers a press to the one who pressed; a courtesy, its failure is swallowed. */
  answerPress(pressRef: string, text: string, isLoud: boolean): Promise<void>;
  /** Says something to one person in their own chat with the bot; a courtesy as well. */
  tell(personRef: string, text: string): Promise<void>;
  /** What is wrong with the group, for the operator; null takes it back. */
  note(trouble: string | null): void;
};

export type GroupButton = { readonly label: string; readonly token: string };

export type GroupContent =
  | { readonly kind: 'text'; readonly text: string; readonly buttons: readonly GroupButton[] }
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly mime: string;
      readonly bytes: Uint8Array;
      readonly caption: string;
    }
  | { readonly kind: 'place'; readonly latitude: number; readonly longitude: number };

export type GroupPost = {
  /** Null: the group itself. */
  readonly threadRef: string | null;
  readonly replyToRef: string | null;
  readonly content: GroupContent;
  /** Danger: may use what the pace keeps back for it. */
  readonly isUrgent?: boolean;
};

/** UTF-16 units of one text post, and of what stands under a file. */
export const groupTextLimit = 4096;
export const groupCaptionLimit = 1024;

export type GroupResult<Made = unknown> = (Made & { readonly ok: true }) | GroupRefusal;

export type GroupRefusal = {
  readonly ok: false;
  readonly reason: string;
} & (
  | {
      /** Not done, and it holds for the whole group: its pace, the platform's, or nobody answers. */
      readonly outcome: 'wait';
      readonly afterMs: number;
    }
  | {
      readonly outcome:
        /** It may have been done. */
        | 'unknown'
        /** The group has no topics, or the bot may not make them. */
        | 'no_topics'
        /** A person removed the topic, or closed it. */
        | 'topic_gone'
        | 'topic_closed'
        /** A person removed the post. */
        | 'post_gone'
        /** The platform will never take this. */
        | 'refused';
    }
);

/** Null where the platform does not say who it is (an anonymous admin): such a one is no officer. */
export type GroupSender = { readonly ref: string; readonly name: string } | null;

type InGroup = {
  /** The same for the same event, however often it comes. */
  readonly key: string;
  readonly from: GroupSender;
  /** The topic it stands in; null for the group itself. */
  readonly threadRef: string | null;
  readonly postRef: string;
};

/** What happens in the group. */
export type GroupEvent =
  | (InGroup & {
      readonly kind: 'message';
      readonly replyToRef: string | null;
      readonly content: InboundInput['content'];
    })
  /** `/name rest`; `//rest` is `catatan`. `hasFile`: it stood under a file. */
  | (InGroup & {
      readonly kind: 'command';
      readonly replyToRef: string | null;
      readonly name: string;
      readonly rest: string;
      readonly hasFile: boolean;
    })
  | (InGroup & { readonly kind: 'edited' })
  | (InGroup & { readonly kind: 'pressed'; readonly pressRef: string; readonly token: string })
  /** `/masuk CODE`, in the group or in the person's own chat with the bot. */
  | (InGroup & { readonly kind: 'sign_in'; readonly code: string; readonly isPrivate: boolean });
