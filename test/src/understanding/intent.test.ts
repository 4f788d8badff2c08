import { describe, expect, it } from 'vitest';
import { understandIntents, type IntentName } from '../../../src/understanding/intent.ts';

const best = (text: string): IntentName | undefined => understandIntents(text)[0]?.name;

describe('understandIntents', () => {
  it.each([
    ['start', 'greeting'], ['pesan', 'book'], ['curhat', 'pour_out'], ['status', 'status'], ['petugas', 'person'], ['data', 'my_data'], ['bahasa', 'language'], ['bantuan', 'help'], ['batal', 'leave'],
    ['book', 'book'], ['cancel', 'leave'], ['help', 'help'], ['officer', 'person'],
  ] as const)('takes the command %s with and without the slash, in any case', (word, name) => {
    for (const text of [word, `/${word}`, word.toUpperCase(), ` ${word} `]) expect(understandIntents(text)[0]).toMatchObject({ name, confidence: 1 });
  }); // prettier-ignore

  it.each([
    ['halo kaka', 'greeting'], ['beta mo booking hari senin', 'book'], ['i want to book next monday at 9', 'book'], ['mau batalkan jadwal besok', 'cancel_booking'], ['sonde jadi datang', 'cancel_booking'],
    ['jadwal saya mau dipindah ke rabu', 'change'], ['ruang curhat buka hari apa sa', 'hours'], ['what time do you open', 'hours'], ['alamat kantornya dimana', 'address'], ['laporan saya su sampe mana', 'status'],
    ['mau curhat dong', 'pour_out'], ['mau bicara dengan petugas', 'person'], ['talk to officer', 'person'], ['makasih banyak e', 'thanks'], ['bot bodok', 'insult'], ['hapus data saya', 'my_data'],
    ['bisa pake bahasa inggris ko', 'language'], ['itu sa kaka', 'done'], ['asdfgh', 'nonsense'], ['iya', 'yes'], ['sonde', 'no'],
  ] as const)('%s is %s', (text, name) => {
    expect(best(text)).toBe(name);
  }); // prettier-ignore

  it('finds two in one message', () => {
    const names = understandIntents('jam berapa buka deng alamat dimana').map((intent) => intent.name);
    expect(names).toEqual(expect.arrayContaining(['hours', 'address']));
  });

  it.each([
    'anjing tetangga gigit orang',
    'babi tetangga bau skali',
    'air PDAM su mati satu minggu',
    'pi dukcapil su 3 kali status KTP belum jadi',
  ])('leaves the concern "%s" alone', (text) => {
    expect(understandIntents(text).filter((intent) => intent.confidence >= 0.5)).toEqual([]);
  });
});
