import { inboundContentSchema, outboundSchema } from '../domain/message.ts';
import type { Queryable } from '../store/database.ts';
import { sealed } from '../store/sealed.ts';
import type { Vault } from '../store/vault.ts';
import { mediaWords, whoWords } from './group-words.ts';
import type { Entry } from './next-post.ts';
import { inTopic } from './topic-facts.ts';

type Row = {
  id: string;
  direction: 'in' | 'out';
  author: 'resident' | 'phone' | 'bot' | 'notice' | 'officer';
  officer_name: string | null;
  content_sealed: Uint8Array;
  edit_sealed: Uint8Array | null;
  edited_at: Date | null;
  deleted_at: Date | null;
  created_at: Date;
  quotes_ref: string | null;
  parts_out: number | null;
  file_kind: string | null;
  file_mime: string | null;
  file_status: 'pending' | 'stored' | 'too_large' | 'gone' | null;
  file_key: string | null;
  file_name_sealed: Uint8Array | null;
};

/** What is shown of a message, and the marks of change that it was shown with. */
export type ReadEntry = Entry & { editedAt: Date | null; deletedAt: Date | null; isOfResident: boolean };

export type EntryDeps = {
  vault: Vault;
  loadFile: (fileKey: string) => Promise<Uint8Array | null>;
};

const columns = `m.id, m.direction, m.author, o.name AS officer_name, m.content_sealed, m.edited_at, m.deleted_at,
  m.created_at, e.content_sealed AS edit_sealed, q.post_ref AS quotes_ref, g.parts AS parts_out,
  f.kind AS file_kind, f.mime AS file_mime, f.status AS file_status, f.file_key, f.name_sealed AS file_name_sealed`;
const joins = `LEFT JOIN officer o ON o.id = m.officer_id
  LEFT JOIN officer_group_message g ON g.message_id = m.id
  LEFT JOIN officer_group_message q ON q.message_id = m.about_message_id
  LEFT JOIN LATERAL (SELECT x.content_sealed FROM message x
                      WHERE x.about_message_id = m.id AND x.kind = 'edit' AND x.content_sealed IS NOT NULL
                      ORDER BY x.seq DESC LIMIT 1) e ON true
  LEFT JOIN LATERAL (SELECT x.kind, x.mime, x.status, x.file_key, x.name_sealed FROM attachment x
                      WHERE x.message_id = m.id ORDER BY x.created_at, x.id LIMIT 1) f ON true`;

/** A file that is still on its way is waited for this long; then its place is kept by a word. */
const fileWaitMs = 120_000;
/** As many as one post of short texts may hold. */
const batch = 60;

/**
 * What a topic does not show yet, oldest first. It ends before a file that is still being fetched, so that the order
 * is kept; only the first one's file is loaded.
 */
export async function readUnshown(
  db: Queryable,
  deps: EntryDeps,
  input: { topicId: string; label: string; now: Date },
): Promise<ReadEntry[]> {
  const { rows } = await db.query<Row>(
    `SELECT ${columns} FROM handoff_topic t JOIN handoff h ON h.id = t.handoff_id
       JOIN message m ON ${inTopic} ${joins}
      WHERE t.id = $1 AND (g.id IS NULL OR NOT g.is_whole) ORDER BY m.seq LIMIT ${batch}`,
    [input.topicId],
  );
  const entries: ReadEntry[] = [];
  for (const row of rows) {
    const isFetching =
      row.file_status === 'pending' && input.now.getTime() - row.created_at.getTime() < fileWaitMs;
    if (isFetching) break;
    entries.push(await present(deps, row, { label: input.label, isLoading: entries.length === 0 }));
  }
  return entries;
}

/** A post whose messages changed since they were shown: all that stands in it, in order. */
export async function readChangedPost(
  db: Queryable,
  deps: EntryDeps,
  input: { topicId: string; label: string },
): Promise<{ postRef: string | null; entries: ReadEntry[] } | null> {
  const changed = await db.query<{ id: string; post_ref: string | null }>(
    `SELECT g.id, g.post_ref FROM officer_group_message g JOIN message m ON m.id = g.message_id
      WHERE g.topic_id = $1 AND g.kind = 'shown' AND g.is_whole
        AND (g.edited_at IS DISTINCT FROM m.edited_at OR g.deleted_at IS DISTINCT FROM m.deleted_at)
      ORDER BY g.id LIMIT 1`,
    [input.topicId],
  );
  const post = changed.rows[0];
  if (!post) return null;
  const { rows } = await db.query<Row>(
    `SELECT ${columns} FROM message m ${joins}
      WHERE g.topic_id = $1 AND (g.post_ref = $2 OR g.id = $3) ORDER BY m.seq`,
    [input.topicId, post.post_ref, post.id],
  );
  const entries = await Promise.all(
    rows.map((row) => present(deps, row, { label: input.label, isLoading: false })),
  );
  return { postRef: post.post_ref, entries };
}

async function present(
  deps: EntryDeps,
  row: Row,
  given: { label: string; isLoading: boolean },
): Promise<ReadEntry> {
  const entry: ReadEntry = {
    messageId: row.id,
    who: whoOf(row, given.label),
    text: null,
    file: null,
    place: null,
    quotesRef: row.quotes_ref,
    partsOut: row.parts_out ?? 0,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
    isOfResident: row.direction === 'in' && row.author === 'resident',
  };
  if (row.deleted_at) return { ...entry, text: '(dihapus warga)' };
  const said =
    row.direction === 'in' ? await heard(deps, row, given.isLoading) : await told(deps, row, given.isLoading);
  return { ...entry, ...said };
}

type Said = Partial<Pick<ReadEntry, 'text' | 'file' | 'place'>>;

async function heard(deps: EntryDeps, row: Row, isLoading: boolean): Promise<Said> {
  const content = inboundContentSchema.parse(deps.vault.openJson(row.content_sealed, sealed.messageContent));
  const edited = editOf(deps, row);
  switch (content.kind) {
    case 'text':
      return { text: edited ?? content.text };
    case 'choice':
      return { text: content.label === null ? '(menekan tombol)' : `[${content.label}]` };
    case 'media':
      return media(deps, row, { caption: edited ?? content.caption, isLoading });
    case 'location':
      return {
        text: content.title === null ? '(lokasi)' : `(lokasi) ${content.title}`,
        place: { latitude: content.latitude, longitude: content.longitude },
      };
    case 'contact':
      return { text: `(kontak) ${[content.name, content.phone].filter(Boolean).join(' · ')}` };
    case 'call':
      return { text: '(menelepon)' };
    case 'unsupported':
      return { text: '(jenis pesan yang tidak bisa dibaca di sini)' };
    default:
      return { text: '(…)' };
  }
}

async function media(
  deps: EntryDeps,
  row: Row,
  { caption, isLoading }: { caption: string | null; isLoading: boolean },
): Promise<Said> {
  const kind = mediaWords[row.file_kind ?? ''] ?? 'berkas';
  const withCaption = (note: string) => (caption === null || caption === '' ? note : `${note} ${caption}`);
  if (row.file_status === 'too_large') return { text: withCaption(`(${kind}, terlalu besar)`) };
  if (row.file_status !== 'stored' || row.file_key === null)
    return { text: withCaption(`(${kind}, tidak bisa diambil)`) };
  if (!isLoading) return { text: caption, file: emptyFile };
  const bytes = await deps.loadFile(row.file_key);
  if (!bytes) return { text: withCaption(`(${kind}, sudah tidak tersimpan)`) };
  const name = row.file_name_sealed && deps.vault.openText(row.file_name_sealed, sealed.attachmentName);
  return {
    text: caption === '' ? null : caption,
    file: { name: name ?? kind, mime: row.file_mime ?? 'application/octet-stream', bytes },
  };
}

async function told(deps: EntryDeps, row: Row, isLoading: boolean): Promise<Said> {
  const content = outboundSchema.parse(deps.vault.openJson(row.content_sealed, sealed.messageContent));
  if (content.kind === 'text') return { text: content.text };
  if (content.kind === 'venue') {
    const { latitude, longitude, title, address } = content;
    return { text: `(lokasi) ${title}, ${address}`, place: { latitude, longitude } };
  }
  // What the bot makes (a calendar file, a copy of all data) is the resident's; its name is enough here.
  if (content.source.from === 'text' || row.author !== 'officer') return { text: `(berkas) ${content.name}` };
  if (!isLoading) return { text: content.caption, file: emptyFile };
  const bytes = await deps.loadFile(content.source.fileKey);
  if (!bytes) return { text: `(berkas, sudah tidak tersimpan) ${content.name}` };
  return { text: content.caption, file: { name: content.name, mime: content.mime, bytes } };
}

/** Stands for a file whose turn has not come. */
const emptyFile = { name: '', mime: '', bytes: new Uint8Array() };

function editOf(deps: EntryDeps, row: Row): string | null {
  if (row.edit_sealed === null) return null;
  const edit = inboundContentSchema.safeParse(deps.vault.openJson(row.edit_sealed, sealed.messageContent));
  return edit.success && edit.data.kind === 'edit' ? `${edit.data.text} (diubah)` : null;
}

function whoOf(row: Row, label: string): string {
  switch (row.author) {
    case 'resident':
      return label;
    case 'phone':
      return whoWords.phone;
    case 'officer':
      return row.officer_name ?? whoWords.unknown;
    case 'bot':
    case 'notice':
      return whoWords.bot;
  }
}
