import type { Api } from 'grammy';

type Command = readonly [command: string, id: string, en: string];

/** What Telegram lists under its menu button. The flows answer them; here they are only described. */
const commands: readonly Command[] = [
  ['start', 'Mulai', 'Start'],
  ['pesan', 'Pesan waktu bertemu di Ruang Curhat', 'Book a time in the room'],
  ['curhat', 'Sampaikan masalah atau keluhan', 'Tell us your concern'],
  ['status', 'Lihat janji dan curhat saya', 'My bookings and concerns'],
  ['petugas', 'Bicara dengan petugas', 'Talk to an officer'],
  ['data', 'Data saya: lihat, unduh, hapus', 'My data: see, export, erase'],
  ['bahasa', 'Ganti bahasa', 'Change language'],
  ['bantuan', 'Bantuan dan nomor darurat', 'Help and emergency numbers'],
  ['batal', 'Batalkan yang sedang berjalan', 'Leave what is going on'],
];

/** What the officers' group lists instead. */
const groupCommands: readonly (readonly [command: string, description: string])[] = [
  ['ambil', 'Ambil chat ini (supervisor: ambil alih)'],
  ['catatan', 'Catatan untuk petugas saja'],
  ['alih', 'Alihkan ke rekan: /alih NAMA'],
  ['rujuk', 'Rujuk ke instansi'],
  ['lepas', 'Kembalikan ke bot, atau /lepas antrean'],
  ['selesai', 'Tutup chat, dengan kata penutup bila perlu'],
  ['hadir', 'Saya bertugas: tawarkan chat kepada saya'],
  ['pergi', 'Saya pergi: jangan tawarkan chat dulu'],
  ['masuk', 'Hubungkan akun Telegram: /masuk KODE'],
  ['bantuan', 'Cara bekerja di grup ini'],
];

export const announceGroupCommands = async (api: Api, chatId: string): Promise<void> => {
  await api.setMyCommands(
    groupCommands.map(([command, description]) => ({ command, description })),
    { scope: { type: 'chat', chat_id: chatId } },
  );
};

/** Indonesian for everybody, English for whoever uses Telegram in English. */
export const announceCommands = async (api: Api): Promise<void> => {
  await api.setMyCommands(commands.map(([command, id]) => ({ command, description: id })));
  await api.setMyCommands(
    commands.map(([command, , en]) => ({ command, description: en })),
    { language_code: 'en' },
  );
};
