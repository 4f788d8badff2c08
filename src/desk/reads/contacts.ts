import { z } from 'zod';
import type { ContactKind } from '../../actions/officer-contact.ts';
import { sealed } from '../../store/sealed.ts';
import type { DeskDeps } from '../ports.ts';

const deviceSchema = z.object({ device: z.string() });

/** The ways to reach an officer. Their own they see whole; to an admin they are shown as far as needed to know one. */
export async function readContacts(
  deps: Pick<DeskDeps, 'db' | 'vault'>,
  input: { officerId: string; isOwn: boolean },
) {
  const { rows } = await deps.db.query<{
    id: string;
    kind: ContactKind;
    value_sealed: Uint8Array;
    failed_at: Date | null;
    created_at: Date;
  }>(
    `SELECT id, kind, value_sealed, failed_at, created_at FROM officer_contact WHERE officer_id = $1
      ORDER BY created_at, id`,
    [input.officerId],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    label: labelOf(row.kind, deps.vault.openText(row.value_sealed, sealed.officerContact), input.isOwn),
    hasFailed: row.failed_at !== null,
    since: row.created_at.toISOString(),
  }));
}

function labelOf(kind: ContactKind, value: string, isOwn: boolean): string {
  if (kind === 'push') {
    // Not the address of the subscription, which is a secret of the browser.
    const push = deviceSchema.safeParse(JSON.parse(value));
    return push.success ? push.data.device : 'Peramban';
  }
  if (kind === 'telegram') return 'Akun Telegram';
  if (isOwn) return kind === 'whatsapp' ? `+${value}` : value;
  if (kind === 'whatsapp') return `+${value.slice(0, 4)}…${value.slice(-3)}`;
  const [name = '', host = ''] = value.split('@');
  return `${name.slice(0, 2)}…@${host}`;
}
