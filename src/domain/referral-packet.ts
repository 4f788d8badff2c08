import { categoryNames, isCategory } from './category.ts';
import { kelurahanByCode } from './kelurahan.ts';

/** Who the resident lets the agency know them as. `contact` null: reached through the room. */
export type ReferralPerson = { name: string; contact: string | null };

export type ReferralPacket = {
  code: string;
  category: string | null;
  kelurahanCode: string | null;
  summary: string;
  /** Of the files that go along. */
  fileKinds: readonly string[];
  person: ReferralPerson | null;
};

/**
 * What an agency gets to read, all of it, in Indonesian. The resident is shown this very text and says yes to it, and
 * the letter, the agency's page and the officer's copy for SP4N-LAPOR! are made of it.
 */
export function packetText(packet: ReferralPacket): string {
  const kelurahan = packet.kelurahanCode === null ? null : kelurahanByCode(packet.kelurahanCode);
  const lines = [
    `Kode: ${packet.code}`,
    `Soal: ${categoryNameOf(packet.category)}`,
    `Kelurahan: ${kelurahan ? `${kelurahan.name}, Kecamatan ${kelurahan.kecamatan}` : 'tidak disebut'}`,
    `Nama: ${packet.person ? packet.person.name : 'dirahasiakan'}`,
  ];
  if (packet.person) lines.push(`Kontak: ${packet.person.contact ?? 'lewat petugas Ruang Curhat Bestie'}`);
  if (packet.fileKinds.length > 0) lines.push(`Lampiran: ${packet.fileKinds.map(fileName).join(', ')}`);
  return [...lines, '', packet.summary].join('\n');
}

export function categoryNameOf(category: string | null): string {
  return categoryNames[category !== null && isCategory(category) ? category : 'lainnya'];
}

const fileNames: Readonly<Record<string, string>> = {
  voice: 'pesan suara',
  audio: 'rekaman suara',
  photo: 'foto',
  video: 'video',
  document: 'dokumen',
};

export function fileName(kind: string): string {
  return fileNames[kind] ?? 'berkas';
}
