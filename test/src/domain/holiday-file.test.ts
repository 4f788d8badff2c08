import { describe, expect, it } from 'vitest';
import { readHolidayFile } from '../../../src/domain/holiday-file.ts';

const read = (text: string) => readHolidayFile(Buffer.from(text, 'utf8'));
const newYear = { day: '2027-01-01', kind: 'libur_nasional', name: 'Tahun Baru 2027 Masehi' };

describe('a file of holidays', () => {
  it.each([
    ['as it was always written', '2027-01-01,libur_nasional,Tahun Baru 2027 Masehi\n'],
    ['with headings', 'day,kind,name\n2027-01-01,libur_nasional,Tahun Baru 2027 Masehi\n'],
    [
      'as Excel saves it in Indonesia',
      '\uFEFFTanggal;Jenis;Keterangan\r\n01/01/2027;Libur Nasional;Tahun Baru 2027 Masehi\r\n;;\r\n',
    ],
    ['in another order', 'nama,tanggal\n"Tahun Baru 2027 Masehi",1 Januari 2027\n'],
    ['with tabs', 'tanggal\tnama\n1.1.2027\tTahun Baru 2027 Masehi\n'],
    ['with day and name alone', '1-1-2027;Tahun Baru 2027 Masehi'],
    [
      'with the weekday and remarks',
      '# SKB tiga menteri\n\n"Jumat, 1 Januari 2027";Tahun Baru 2027 Masehi\n',
    ],
  ])('is read %s', (_, text) => {
    const { days, faults } = read(text);
    expect(faults).toEqual([]);
    expect(days).toMatchObject([newYear]);
  });

  it('keeps the letters of Windows-1252 and of UTF-16', () => {
    const name = 'Hari Suci «Nyepi» – Café';
    const windows = Buffer.from('2027-03-08;Hari Suci \xabNyepi\xbb \x96 Caf\xe9', 'latin1');
    expect(readHolidayFile(windows).days).toMatchObject([{ name }]);
    const utf16 = Buffer.from(`\uFEFF2027-03-08\t${name}`, 'utf16le');
    expect(readHolidayFile(utf16).days).toMatchObject([{ name }]);
  });

  it('names every bad line by its number, and reads the others', () => {
    const { days, faults } = read(
      [
        'tanggal;jenis;nama',
        '01/01/2027;libur nasional;Tahun Baru',
        'kapan-kapan;libur nasional;Sesuatu',
        '31/02/2027;libur nasional;Tidak ada',
        '',
        '# catatan',
        '2027-01-01;cuti bersama;Dua kali',
        '17/08/2027;pesta;Kemerdekaan',
        '25/12/2027;libur nasional;',
        ';libur nasional;Tanpa tanggal',
        '26/12/2027;cuti bersama;"Cuti; Natal"',
        '0207-01-01;libur nasional;Tahun salah',
      ].join('\n'),
    );
    expect(days).toEqual([
      { line: 2, day: '2027-01-01', kind: 'libur_nasional', name: 'Tahun Baru' },
      { line: 11, day: '2027-12-26', kind: 'cuti_bersama', name: 'Cuti; Natal' },
    ]);
    expect(faults.map(({ line }) => line)).toEqual([3, 4, 7, 8, 9, 10, 12]);
    expect(faults[0]?.sentence).toMatch(/"kapan-kapan" bukan tanggal/);
    expect(faults[2]?.sentence).toMatch(/sudah ada di baris 2/);
    expect(faults[3]?.sentence).toMatch(/"pesta" bukan jenis/);
    expect(faults[4]?.sentence).toMatch(/Nama harinya kosong/);
  });

  it('goes on behind a quote that does not close, and takes one inside a name as it is', () => {
    const { days, faults } = read(
      '2027-01-01,libur_nasional,"Tahun Baru\n2027-05-01,libur_nasional,Hari "Buruh"\n',
    );
    expect(faults).toEqual([{ line: 1, sentence: expect.stringMatching(/kutip/) as string }]);
    expect(days).toMatchObject([{ line: 2, day: '2027-05-01', name: 'Hari "Buruh"' }]);
  });

  it.each(['', '\n\n', '# hanya catatan', 'tanggal;nama'])(
    'says so when there is nothing in it: %j',
    (text) => {
      expect(read(text)).toEqual({
        days: [],
        faults: [{ line: 1, sentence: expect.stringMatching(/tidak berisi/) as string }],
      });
    },
  );

  it('is not read without end, and no picture is taken for one', () => {
    const endless = Array.from({ length: 5000 }, (_, at) => `baris ${at}`).join('\n');
    expect(read(endless).faults).toHaveLength(1001);
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    expect(readHolidayFile(png).days).toEqual([]);
    expect(readHolidayFile(png).faults.length).toBeGreaterThan(0);
  });

  it('keeps formulas and HTML as the names that they are', () => {
    expect(read('2027-01-01;=1+1 <b>x</b>').days).toMatchObject([{ name: '=1+1 <b>x</b>' }]);
  });
});
