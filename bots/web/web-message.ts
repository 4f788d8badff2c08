import type { AddressRef, InboundContent, Outbound, OutboundStatus } from '../../src/domain/message.ts';

/**
 * What the web chat asks of the app. On the other channels the platform keeps what was said; here the page
 * reads it back from the database, so the channel needs three narrow reads of it and nothing else.
 */

export type WebAttachment = {
  readonly id: string;
  readonly kind: string;
  readonly mime: string | null;
  readonly name: string | null;
  readonly sizeBytes: number | null;
  /** As stored: `stored` can be opened, anything else is shown as a line without a link. */
  readonly status: string;
};

type WebMessageBase = {
  /** Grows along one conversation; the page asks for what is after the last it has. */
  readonly seq: number;
  readonly id: string;
  /** The platform ref as stored: of an `in` row what `receive` was given, of an `out` row what `send` gave. */
  readonly ref: string | null;
  readonly author: 'resident' | 'bot' | 'officer' | 'system';
  readonly sentAt: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly attachments: readonly WebAttachment[];
};

export type WebMessage =
  | (WebMessageBase & {
      readonly direction: 'in';
      readonly status: null;
      /** Null where nothing is kept: what came before consent, or answered the survey. */
      readonly content: InboundContent | null;
    })
  | (WebMessageBase & {
      readonly direction: 'out';
      readonly status: OutboundStatus;
      readonly content: Outbound;
    });

/** `after`: the oldest ones with a greater seq. `before`: the newest ones with a smaller seq (null: at all). */
export type HistoryWindow =
  | { readonly after: number; readonly limit: number }
  | { readonly before: number | null; readonly limit: number };

/** The messages of one address within a window, always in rising seq. An unknown address has none. */
export type ReadHistory = (address: AddressRef, window: HistoryWindow) => Promise<WebMessage[]>;

/** Calls back when a message of the address was added or changed, in this process or another. */
export type SubscribeToChanges = (address: AddressRef, onChange: () => void) => () => void;

/** A stored file, only if it belongs to the address; null when it does not, or is gone. */
export type OpenAttachment = (
  address: AddressRef,
  attachmentId: string,
) => Promise<{
  readonly bytes: Uint8Array;
  readonly mime: string | null;
  readonly name: string | null;
} | null>;
