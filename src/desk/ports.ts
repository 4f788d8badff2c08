import type { ChannelHealth } from '../../bots/channel.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import type { PrismaClient } from '../store/prisma-client/client.ts';
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
  /** Where people reach the desk; https makes the session cookie Secure. */
  readonly publicUrl: string;
  /** Folder of the built browser app, with `index.html`; missing in tests of the API. */
  readonly webRoot: string | null;
  readonly channels: ChannelDesk;
};

export type ChangeFeed = {
  /** Answers the way to stop. */
  subscribe(fn: (change: Change) => void): () => void;
};

/** Health of every channel, in words, and the two buttons of the pairing page. */
export type ChannelDesk = {
  list(): Promise<readonly ChannelView[]> | readonly ChannelView[];
  /** Unpairs; resolves once the channel was told. Absent where no channel can. */
  logOut?(name: ChannelName): Promise<void>;
  restart?(name: ChannelName): Promise<void>;
  /** A code to type on the room's phone, whose number it needs, instead of the picture. */
  pairByCode?(name: ChannelName, phone: string): Promise<{ ok: true; code: string } | { ok: false }>;
};

export type ChannelView = { readonly name: ChannelName; readonly health: ChannelHealth };

export type DeskLog = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};
