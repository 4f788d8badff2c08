import type { LetterText } from '../../domain/agency-letter.ts';
import type { Queryable } from '../../store/database.ts';
import { sealed } from '../../store/sealed.ts';
import type { Vault } from '../../store/vault.ts';

/** How a letter to an agency stands, for the officer. `isByHand`: no mail server has had it. */
export function letterSentence(letter: {
  kind: string;
  mailbox: string | null;
  status: string;
  attempts: number;
  isByHand: boolean;
}): string {
  switch (letter.status) {
    case 'sent':
      return letter.isByHand ? 'Sudah dikirim petugas.' : 'Sudah diterima server surel.';
    case 'refused':
      return 'Ditolak: kotak surat itu tidak ada atau tidak mau menerima. Periksa alamatnya di Pengaturan, Instansi.';
    case 'failed':
      return `Tidak terkirim sesudah ${letter.attempts} kali dicoba. Kirim ulang, atau pakai SP4N-LAPOR!.`;
    case 'dropped':
      return 'Tidak jadi dikirim.';
    case 'by_hand':
      return waitingSentence(letter);
    default:
      return letter.attempts > 1
        ? `Belum terkirim, sudah ${letter.attempts} kali dicoba; dicoba lagi sendiri.`
        : 'Sedang dikirim.';
  }
}

function waitingSentence({ kind, mailbox }: { kind: string; mailbox: string | null }): string {
  const how =
    mailbox === null
      ? 'Instansi ini tidak punya alamat surel: unduh suratnya, sampaikan sendiri'
      : 'Unduh suratnya, kirim dari surel Anda';
  const then = `${how}, lalu tekan “Sudah saya kirim”.`;
  switch (kind) {
    case 'packet':
      return `Belum dikirim. ${then} Baru sesudah itu warga diberi tahu dan tenggat instansi berjalan.`;
    case 'reminder':
      return `Pengingat untuk instansi belum dikirim. ${then}`;
    case 'withdrawal':
      return `Pemberitahuan bahwa rujukan ditarik belum dikirim. ${then}`;
    default:
      return `Warga menghapus semua datanya; instansi belum diminta menghapus salinannya. ${then}`;
  }
}

/** A letter that still has its words; `concernId` is null where the concern is erased. */
export async function readLetter(db: Queryable, vault: Vault, letterId: string) {
  const { rows } = await db.query<{
    mailbox: string | null;
    code: string;
    concern_id: string | null;
    content_sealed: Uint8Array;
  }>(
    `SELECT l.mailbox, coalesce(l.code, k.code) AS code, k.id AS concern_id, l.content_sealed
       FROM agency_letter l LEFT JOIN referral r ON r.id = l.referral_id LEFT JOIN concern k ON k.id = r.concern_id
      WHERE l.id = $1 AND l.status = 'by_hand'`,
    [letterId],
  );
  const row = rows[0];
  return (
    row && {
      to: row.mailbox ?? '',
      code: row.code,
      concernId: row.concern_id,
      ...vault.openJson<LetterText>(row.content_sealed, sealed.letterContent),
    }
  );
}
