import { referralClocks } from './referral.ts';
import type { ReferralClock } from './referral.ts';
import { formatDay } from './wita.ts';
import type { Day } from './wita.ts';

/** What agencies get by mail: plain text, in Indonesian. Only the first letter says what the concern is about. */
export type LetterText = { subject: string; text: string };

type Sender = { room: string; place: string };

export function packetLetter(input: {
  code: string;
  agency: string;
  packet: string;
  link: string;
  from: Sender;
}): LetterText {
  const { acknowledge, follow_up: followUp, answer } = referralClocks;
  return {
    subject: `Rujukan ${input.code} dari ${input.from.room}`,
    text: letter(input.agency, input.from, [
      `Seorang warga bercerita kepada kami tentang hal yang menjadi urusan ${input.agency}. Warga sudah membaca dan menyetujui ringkasan di bawah ini untuk diteruskan.`,
      indented(input.packet),
      `Mohon buka tautan ini untuk memberi tahu bahwa rujukan sudah diterima, melihat lampiran bila ada, dan menjawab. Tidak perlu akun:`,
      input.link,
      `Yang kami tunggu: tanda terima dalam ${acknowledge} hari kerja, kabar pertama dalam ${followUp} hari kerja, jawaban dalam ${answer} hari kerja. Bila ini bukan wewenang ${input.agency}, sampaikan lewat tautan yang sama, supaya kami teruskan ke tempat yang tepat.`,
      `Tautan ini hanya untuk ${input.agency}. Mohon tidak diteruskan ke pihak lain.`,
    ]),
  };
}

const owed: Readonly<Record<ReferralClock, string>> = {
  acknowledge: 'tanda terima',
  follow_up: 'kabar pertama',
  answer: 'jawaban',
};

export function reminderLetter(input: {
  code: string;
  agency: string;
  clock: ReferralClock;
  dueOn: Day;
  sentOn: Day;
  link: string;
  from: Sender;
}): LetterText {
  const { clock } = input;
  return {
    subject: `Pengingat rujukan ${input.code}: menunggu ${owed[clock]}`,
    text: letter(input.agency, input.from, [
      `Rujukan ${input.code} kami kirim pada ${formatDay(input.sentOn, 'id')}. Sampai ${formatDay(input.dueOn, 'id')} kami belum menerima ${owed[clock]} dari ${input.agency}, dan warganya menunggu kabar.`,
      'Mohon dibuka dan dijawab di sini:',
      input.link,
      'Bila ini bukan wewenang Anda, atau perlu waktu lebih lama, sampaikan juga lewat tautan itu.',
    ]),
  };
}

export function withdrawalLetter(input: { code: string; agency: string; from: Sender }): LetterText {
  return {
    subject: `Rujukan ${input.code} ditarik`,
    text: letter(input.agency, input.from, [
      `Rujukan ${input.code} kami tarik kembali, jadi tidak perlu ditindaklanjuti. Mohon ringkasan yang sudah diterima tidak disimpan atau diteruskan.`,
    ]),
  };
}

/** The resident has had everything erased: the code is all that is left to name it by. */
export function erasureLetter(input: {
  code: string;
  agency: string;
  /** Its number in SP4N-LAPOR!, where it went that way. */
  laporId: string | null;
  from: Sender;
}): LetterText {
  const { code, agency, laporId } = input;
  return {
    subject: `Mohon hapus data rujukan ${code}`,
    text: letter(agency, input.from, [
      `Warga yang curhatnya kami rujuk kepada ${agency} dengan kode ${code} meminta semua datanya dihapus. Di tempat kami data itu sudah tidak ada.`,
      ...(laporId === null ? [] : [`Di SP4N-LAPOR! rujukan ini tercatat dengan nomor ${laporId}.`]),
      'Mohon hapus juga ringkasan, lampiran, dan catatan dari rujukan itu, dan jangan diteruskan kepada siapa pun. Rujukan ini tidak perlu ditindaklanjuti lagi dan tautannya sudah ditutup.',
      'Bila rujukan itu tidak pernah sampai kepada Anda, surat ini boleh diabaikan.',
    ]),
  };
}

function letter(agency: string, from: Sender, paragraphs: readonly string[]): string {
  return [
    `Yth. ${agency}`,
    ...paragraphs,
    `Terima kasih.\n\nPetugas ${from.room}\n${from.place}\n\nSurat ini disusun oleh aplikasi; balasan surat belum tentu dibaca.`,
  ].join('\n\n');
}

/** Set apart, and so that no line of it can pass for one of ours. */
function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}
