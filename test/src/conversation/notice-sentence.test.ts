import { describe, expect, it } from 'vitest';
import { readNoticeSentence } from '../../../src/conversation/notice-sentence.ts';
import type { NoticeVerb } from '../../../src/conversation/token.ts';

const verbs = (...names: NoticeVerb[]) => new Set(names);
const settled = verbs('settled', 'unsettled');
const packet = verbs('refer', 'refer-named', 'refer-amend', 'refer-not');
const seat = verbs('take', 'pass');
const reminder = verbs('come', 'change', 'cancel');

describe('a sentence that answers a notice', () => {
  it.each([
    ['belum beres, air masih mati sampai sekarang', settled, 'unsettled'],
    ['blm kaka, masih sama sa', settled, 'unsettled'],
    ['sonde ada perubahan, lampu belum nyala', settled, 'unsettled'],
    ['not yet, it is still broken', settled, 'unsettled'],
    ['su beres kaka, makasih banyak', settled, null],
    ['su beres kaka, makasih', settled, 'settled'],
    ['iya sudah beres terima kasih', settled, 'settled'],
    ['sudah tiga hari air mati', settled, null],
    ['oke terima kasih', settled, null],
    ['terima kasih', settled, null],
    ['boleh kirim sa', packet, 'refer'],
    ['iya boleh kirim sa, tapi tanpa nama', packet, 'refer'],
    ['boleh kaka', packet, 'refer'],
    ['kirim dengan nama saya sa', packet, 'refer-named'],
    ['oke', packet, 'unclear'],
    ['boleh, tapi tolong cepat sedikit', packet, 'unclear'],
    ['iya tapi jangan kirim alamat beta', packet, 'unclear'],
    ['sonde usah kirim', packet, 'refer-not'],
    ['jangan dikirim dulu kaka', packet, 'refer-not'],
    ['ada yang salah itu', packet, 'refer-amend'],
    ['beta pung anak sakit lagi', packet, null],
    ['boleh tanpa nama?', packet, null],
    ['iya beta ambil sa', seat, 'take'],
    ['sonde usah, untuk orang lain sa', seat, 'pass'],
    ['iya beta jadi datang', reminder, 'come'],
  ] as const)('%s', (text, offered, verb) => {
    expect(readNoticeSentence(offered, text, true)).toBe(verb);
  });

  it('names the matter once other buttons came between: a bare yes or no is not meant for it', () => {
    for (const text of ['iya', 'boleh', 'setuju', 'tidak'])
      for (const offered of [packet, settled, seat])
        expect(readNoticeSentence(offered, text, false)).toBe(null);
    expect(readNoticeSentence(packet, 'boleh kirim sa', false)).toBe('refer');
    expect(readNoticeSentence(settled, 'su beres', false)).toBe('settled');
  });
});
