import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, ask } from '../../api.ts';
import { download } from '../../download.ts';
import { sayDone, sayError } from '../../notify.ts';

/** The officers' corrections as lines to train on. */
export function TrainingLines() {
  const fetch = useMutation({
    mutationFn: () => ask(api.corrections.export.$post()),
    onSuccess: ({ count, lines }) => {
      if (count === 0) return sayDone('Belum ada koreksi yang boleh diunduh.');
      download('baris-latihan.jsonl', lines, 'application/jsonl');
      return sayDone(`${count} baris diunduh.`);
    },
    onError: sayError,
  });
  return (
    <Stack className="form">
      <Text>
        Setiap curhat yang dikoreksi petugas menjadi satu baris: isinya, kategorinya, instansinya, dan bahaya
        atau bukan. Begitu pula kata-kata yang membunyikan tanda bahaya, lalu dinyatakan petugas bukan bahaya.
        Nomor, kode, alamat rumah, akun, dan nama yang dikenali sudah dihapus.
      </Text>
      <Text c="dimmed">
        Nama orang lain yang disebut sambil lalu bisa tertinggal: baca dulu sebelum berkas ini dipakai. Hanya
        curhat warga yang setuju dan tidak menghapus datanya. Setiap unduhan dicatat.
      </Text>
      <Button loading={fetch.isPending} onClick={() => fetch.mutate()}>
        Unduh baris latihan
      </Button>
    </Stack>
  );
}
