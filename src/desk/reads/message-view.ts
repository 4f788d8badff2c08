import type { InboundContent, Outbound } from '../../domain/message.ts';
import { sealed } from '../../store/sealed.ts';
import type { Vault } from '../../store/vault.ts';

export type MessageRow = {
  id: string;
  seq: number;
  direction: 'in' | 'out';
  author: 'resident' | 'phone' | 'bot' | 'notice' | 'officer';
  officer_name: string | null;
  kind: string;
  content_sealed: Uint8Array | null;
  about_message_id: string | null;
  concern_id: string | null;
  is_late: boolean;
  is_forwarded: boolean;
  edited_at: Date | null;
  deleted_at: Date | null;
  sent_at: Date;
  status: string | null;
  attempts: number;
  failure: string | null;
  attended_at: Date | null;
};

export const messageColumns = `m.id, m.seq, m.direction, m.author, o.name AS officer_name, m.kind, m.content_sealed,
  m.about_message_id, m.concern_id, m.is_late, m.is_forwarded, m.edited_at, m.deleted_at, m.sent_at, m.status,
  m.attempts, m.failure, m.attended_at`;

export type AttachmentRow = {
  id: string;
  message_id: string;
  kind: string;
  mime: string | null;
  size_bytes: number | null;
  duration_seconds: number | null;
  name_sealed: Uint8Array | null;
  status: 'pending' | 'stored' | 'too_large' | 'gone';
};

/** What an officer sees of one message. */
export type MessageView = {
  id: string;
  seq: number;
  direction: 'in' | 'out';
  author: MessageRow['author'];
  officer: string | null;
  kind: string;
  text: string | null;
  choices: string[];
  location: { latitude: number; longitude: number; title: string | null } | null;
  files: FileView[];
  /** The message that this one quotes. */
  quotes: string | null;
  /** What stood here before it was edited, oldest first, when the platform let us keep it. */
  earlier: string[];
  isEdited: boolean;
  isDeleted: boolean;
  isLate: boolean;
  isForwarded: boolean;
  concernId: string | null;
  sentAt: string;
  status: string | null;
  attempts: number;
  failure: string | null;
  /** It waits until the resident writes again: the platform's 24 hours are over. */
  isOutsideWindow: boolean;
  isAttended: boolean;
};

export type FileView = {
  /** Path below the API where the bytes are; null while there are none. */
  path: string | null;
  kind: string;
  mime: string | null;
  name: string | null;
  size: number | null;
  seconds: number | null;
  /** `private`: the resident's alone. */
  state: AttachmentRow['status'] | 'private';
};

type Content = {
  text: string | null;
  choices: string[];
  location: MessageView['location'];
  files: FileView[];
};

export function presentMessage(
  vault: Vault,
  row: MessageRow,
  attachments: readonly AttachmentRow[],
  edits: readonly MessageRow[],
): MessageView {
  const content = openContent(vault, row);
  const versions = edits.flatMap((edit) => openContent(vault, edit).text ?? []);
  // The newest wording is shown as the message; what came before stays beside it.
  const text = versions.at(-1) ?? content.text;
  const earlier =
    versions.length === 0 || content.text === null ? [] : [content.text, ...versions.slice(0, -1)];
  return {
    id: row.id,
    seq: row.seq,
    direction: row.direction,
    author: row.author,
    officer: row.officer_name,
    kind: row.kind,
    text,
    choices: content.choices,
    location: content.location,
    files: [...content.files, ...attachments.map((attachment) => presentAttachment(vault, attachment))],
    quotes: row.about_message_id,
    earlier,
    isEdited: row.edited_at !== null || versions.length > 0,
    isDeleted: row.deleted_at !== null,
    isLate: row.is_late,
    isForwarded: row.is_forwarded,
    concernId: row.concern_id,
    sentAt: row.sent_at.toISOString(),
    status: row.status,
    attempts: row.attempts,
    failure: row.status === 'failed' || row.status === 'undeliverable' ? failureSentence(row) : null,
    isOutsideWindow: isOutsideWindow(row),
    isAttended: row.attended_at !== null,
  };
}

export function failureSentence(row: Pick<MessageRow, 'status' | 'failure'>): string {
  if (row.status === 'undeliverable')
    return 'Warga tidak bisa dihubungi lewat kanal ini. Hubungi orang ini lewat jalan lain.';
  return row.failure ? `Belum terkirim (${row.failure}).` : 'Belum terkirim.';
}

export function isOutsideWindow(row: Pick<MessageRow, 'status' | 'failure'>): boolean {
  return row.status === 'pending' && (row.failure?.startsWith('window_closed:') ?? false);
}

function openContent(vault: Vault, row: MessageRow): Content {
  const empty: Content = { text: null, choices: [], location: null, files: [] };
  if (row.content_sealed === null) return empty;
  if (row.direction === 'out') {
    const said = vault.openJson<Outbound>(row.content_sealed, sealed.messageContent);
    if (said.kind === 'text')
      return { ...empty, text: said.text, choices: said.choices.map((choice) => choice.label) };
    if (said.kind === 'venue') {
      return { ...empty, text: `${said.title}\n${said.address}`, location: { ...said, title: said.title } };
    }
    // An officer's file is an attachment. What the bot makes is the resident's to open: a copy of all data names numbers,
    // other channels and other concerns, which whoever reads this chat may not see.
    if (said.source.from === 'store') return { ...empty, text: said.caption };
    return { ...empty, text: said.caption, files: [privateFile(said)] };
  }
  return {
    ...empty,
    ...openInbound(vault.openJson<InboundContent>(row.content_sealed, sealed.messageContent)),
  };
}

function privateFile({ name, mime }: { name: string; mime: string }): FileView {
  return { path: null, kind: 'document', mime, name, size: null, seconds: null, state: 'private' };
}

function openInbound(content: InboundContent): Partial<Content> {
  switch (content.kind) {
    case 'text':
    case 'edit':
      return { text: content.text };
    case 'choice':
      return { text: content.label ?? 'Menekan tombol' };
    case 'media':
      return { text: content.caption };
    case 'location':
      return { location: { latitude: content.latitude, longitude: content.longitude, title: content.title } };
    case 'contact':
      return { text: [content.name, content.phone].filter(Boolean).join(' · ') };
    case 'unsupported':
      return { text: null };
    default:
      return {};
  }
}

function presentAttachment(vault: Vault, row: AttachmentRow): FileView {
  return {
    path: row.status === 'stored' ? `files/${row.id}` : null,
    kind: row.kind,
    mime: row.mime,
    name: row.name_sealed === null ? null : vault.openText(row.name_sealed, sealed.attachmentName),
    size: row.size_bytes,
    seconds: row.duration_seconds,
    state: row.status,
  };
}
