import { notifications } from '@mantine/notifications';
import { Refused } from './api.ts';

const closeButtonProps = { 'aria-label': 'Tutup' };

export function sentenceOf(error: unknown): string {
  return error instanceof Refused
    ? error.message
    : 'Ada yang rusak di halaman ini. Muat ulang, lalu coba lagi.';
}

/** For the `onError` of a mutation. */
export function sayError(error: unknown): void {
  notifications.show({
    color: 'bata',
    title: 'Belum berhasil',
    message: sentenceOf(error),
    autoClose: 8000,
    closeButtonProps,
  });
}

export function sayDone(message: string): void {
  notifications.show({ color: 'laut', message, autoClose: 3500, closeButtonProps });
}
