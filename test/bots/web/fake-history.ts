import type { InboundInput, Outbound } from '../../../src/domain/message.ts';
import type { AddressRef } from '../../../src/domain/message.ts';
import type { ChannelClock } from '../../../bots/channel.ts';
import type {
  OpenAttachment,
  ReadHistory,
  SubscribeToChanges,
  WebMessage,
} from '../../../bots/web/web-message.ts';

/** Messages in memory, behind the three reads that the web chat asks of the app. */
export type FakeHistory = {
  readonly history: ReadHistory;
  readonly subscribe: SubscribeToChanges;
  readonly openAttachment: OpenAttachment;
  addIn(inbound: InboundInput): 'stored' | 'duplicate';
  addOut(
    address: AddressRef,
    content: Outbound,
    change?: Partial<Pick<WebMessage, 'ref' | 'author'>>,
  ): WebMessage;
  change(seq: number, change: object): void;
  /** The message of this seq is not committed yet: nobody reads it until it is shown. */
  hide(seq: number): void;
  show(seq: number): void;
  all(): readonly WebMessage[];
  /** How many changes of the address are listened to. */
  listeners(address: AddressRef): number;
};

export function createFakeHistory(clock: ChannelClock): FakeHistory {
  const rows: { address: AddressRef; message: WebMessage }[] = [];
  const externalIds = new Set<string>();
  const hidden = new Set<number>();
  const files = new Map<
    string,
    { address: string; bytes: Uint8Array; mime: string | null; name: string | null }
  >();
  const listeners = new Map<string, Set<() => void>>();

  function add(address: AddressRef, message: WebMessage): void {
    rows.push({ address, message });
    ring(address);
  }

  function ring(address: AddressRef): void {
    for (const listener of listeners.get(address.value) ?? []) listener();
  }

  const base = () => ({
    seq: rows.length + 1,
    id: `m${rows.length + 1}`,
    sentAt: clock.now(),
    editedAt: null,
    deletedAt: null,
  });

  return {
    async history(address, window) {
      const mine = rows
        .filter((row) => row.address.value === address.value && !hidden.has(row.message.seq))
        .map((row) => row.message);
      if ('after' in window) return mine.filter(({ seq }) => seq > window.after).slice(0, window.limit);
      return mine.filter(({ seq }) => window.before === null || seq < window.before).slice(-window.limit);
    },
    subscribe(address, onChange) {
      const mine = listeners.get(address.value) ?? new Set();
      listeners.set(address.value, mine.add(onChange));
      return () => void mine.delete(onChange);
    },
    async openAttachment(address, id) {
      const file = files.get(id);
      return file?.address === address.value ? file : null;
    },
    addIn(inbound) {
      if (externalIds.has(inbound.externalId)) return 'duplicate';
      externalIds.add(inbound.externalId);
      const row = base();
      const content = inbound.content as NonNullable<Extract<WebMessage, { direction: 'in' }>['content']>;
      const { media } = content.kind === 'media' ? content : { media: null };
      if (media?.bytes) {
        const { bytes, mime, name } = media;
        files.set(`a${row.seq}`, { address: inbound.address.value, bytes, mime, name });
      }
      add(inbound.address, {
        ...row,
        direction: 'in',
        status: null,
        author: 'resident',
        ref: inbound.messageRef ?? null,
        content,
        attachments: media
          ? [
              {
                id: `a${row.seq}`,
                kind: media.kind,
                mime: media.mime,
                name: media.name,
                sizeBytes: media.size,
                status: 'stored',
              },
            ]
          : [],
      });
      return 'stored';
    },
    addOut(address, content, change = {}) {
      const row = base();
      const isStored = content.kind === 'file' && content.source.from === 'store';
      const message: WebMessage = {
        ...row,
        direction: 'out',
        status: 'sent',
        author: 'bot',
        ref: null,
        content,
        attachments: isStored
          ? [
              {
                id: `a${row.seq}`,
                kind: 'document',
                mime: content.mime,
                name: content.name,
                sizeBytes: content.source.from === 'store' ? (content.source.size ?? null) : null,
                status: 'stored',
              },
            ]
          : [],
        ...change,
      };
      add(address, message);
      return message;
    },
    change(seq, change) {
      const row = rows.find(({ message }) => message.seq === seq);
      if (!row) throw new Error(`no message ${seq}`);
      Object.assign(row.message, change);
      ring(row.address);
    },
    hide: (seq) => void hidden.add(seq),
    show(seq) {
      hidden.delete(seq);
      for (const { address, message } of rows) if (message.seq === seq) ring(address);
    },
    all: () => rows.map(({ message }) => message),
    listeners: (address) => listeners.get(address.value)?.size ?? 0,
  };
}
