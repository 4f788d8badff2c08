import { describe, expect, it } from 'vitest';
import { readCourtesy } from '../../../src/conversation/note-courtesy.ts';

describe('what only rounds a talk off', () => {
  const of = (text: string) => readCourtesy({ kind: 'text', text }, 'Maria Lay');

  it.each([
    ['oke terima kasih banyak', 'closing'],
    ['mksh pak', 'closing'],
    ['Baik ibu Maria, terima kasih atas informasinya 🙏', 'closing'],
    ['thank you so much', 'closing'],
    ['ok', 'closing'],
    ['siap bu', 'closing'],
    ['sama-sama', 'closing'],
    ['👍', 'closing'],
    ['selamat siang bu', 'greeting'],
    ['halo', 'greeting'],
  ])('%s', (text, kind) => expect(of(text)).toBe(kind));

  it.each([
    // An answer, perhaps.
    'ya',
    'tidak',
    'sudah',
    'iya betul',
    'sudah terima',
    // More than thanks.
    'terima kasih tapi beras belum sampai',
    'makasih bu sakit',
    'bantu saya, terima kasih',
    'makasih bu, besok saya datang',
    'belum, terima kasih',
    'terima kasih bu Rina',
    // Somebody calls, or cries.
    'halo?',
    'p',
    'tolong',
    'permisi bu',
    '😭',
    'terima kasih 😭',
    '🆘',
    'ok?',
    'maria',
    '',
  ])('but not: %s', (text) => expect(of(text)).toBeNull());

  it('a sticker, and no other file', () => {
    const media = (kind: 'sticker' | 'photo', caption: string | null) =>
      readCourtesy(
        {
          kind: 'media',
          media: { kind, mime: null, name: null, size: null, ref: 'x', bytes: null, durationSeconds: null },
          caption,
        },
        null,
      );
    expect(media('sticker', null)).toBe('closing');
    expect(media('sticker', 'tolong')).toBeNull();
    expect(media('photo', null)).toBeNull();
    expect(media('photo', 'terima kasih')).toBeNull();
  });
});
