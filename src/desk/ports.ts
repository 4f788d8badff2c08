import type { ChannelHealth } from '../../bots/channel.ts';
import type { WordBook } from '../../flows/words/load-words.ts';
import type { CallWay } from '../actions/read-reach.ts';
import type { ChannelAnswer, ChannelWish } from '../conversation/channel-request.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import type { PrismaClient } from '../store/prisma-client/client.ts';
import type { WebPush } from '../push/web-push.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Change, Transact } from '../store/transact.ts';
import type { Vault } from '../store/vault.ts';

/** Everything the desk is given; `app.ts` fills it, tests fill it with the embedded database. */
export type DeskDeps = {
  readonly db: Database;
  readonly prisma: PrismaClient;
  readonly transact: Transact;
  readonly vault: Vault;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly log: DeskLog;
  readonly changes: ChangeFeed;
  /** The sentences of the bot as they were shipped. */
  readonly book: Pick<WordBook, 'shipped'>;
  readonly webPush: WebPush;
  /** Where people reach the desk; https makes the session cookie Secure. */
  readonly publicUrl: string;
  /** Folder of the built browser app, with `index.html`; missing in tests of the API. */
  readonly webRoot: string | null;
  readonly channels: ChannelDesk;
  /** What officers can be called by. */
  readonly callWays: readonly CallWay[];
  /** Letters to agencies leave by themselves; otherwise an officer sends each by hand. */
  readonly hasMailServer?: boolean;
};

export type ChangeFeed = {
  /** Answers the way to stop. */
  subscribe(fn: (change: Change) => void): () => void;
};

/** Health of every channel, and what the pairing page asks of one, in whichever process it is. */
export type ChannelDesk = {
  list(): Promise<readonly ChannelView[]>;
  ask(name: ChannelName, wish: ChannelWish): Promise<ChannelAnswer>;
};

export type ChannelView = {
  readonly name: ChannelName;
  readonly health: ChannelHealth;
  /** Whether it has a phone to pair. */
  readonly isPairable: boolean;
  /** False when no process has it. */
  readonly isHeld: boolean;
};

export type DeskLog = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};
