import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, ask } from '../../api.ts';
import { sayDone, sayError } from '../../notify.ts';

/** The officers' corrections as lines to train on. */
export function TrainingLines() {
  const fetch = useMutation({
    mutationFn: () => ask(api.corrections.export.$post()),
    onSuccess: ({ count, lines }) => {
      if (count === 0) return sayDone('Belum ada koreksi yang boleh diunduh.');
      download('baris-latihan.jsonl', lines);
      return sayDone(`${count} baris diunduh.`);
    },
    onError: sayError,
  });
  return (
    <Stack className="form">
      <Text>
        Setiap curhat yang dikoreksi petugas menjadi satu baris: isinya, kategorinya, instansinya, dan bahaya
        atau bukan. Nomor, kode, alamat rumah, akun, dan nama yang dikenali sudah dihapus.
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

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/jsonl' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this turn of the loop.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
