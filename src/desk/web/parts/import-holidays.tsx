import { Alert, Badge, Button, FileInput, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api.ts';
import { sayError, sentenceOf } from '../notify.ts';
import { longDay } from '../time.ts';

const states: Record<string, string> = { known: 'sudah ada', past: 'sudah lewat' };

/** Next year's holidays out of a file, with a look first at what it would do. */
export function ImportHolidays({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const preview = useMutation({
    mutationFn: async (file: File) =>
      ask(api.closures.preview.$post({ json: { file: await asBase64(file) } })),
  });
  const fresh = preview.data?.items.filter((item) => item.state === 'new') ?? [];
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.closures.import.$post({
          json: { days: fresh.map(({ day, kind, name }) => ({ day, kind, name })) },
        }),
      ),
    onError: sayError,
    onSuccess: () => client.invalidateQueries(),
  });
  const sum = (key: 'told' | 'toCall' | 'waiting'): number =>
    fresh.reduce((total, item) => total + item[key], 0);
  return (
    <Modal opened onClose={onClose} title="Hari libur dari berkas" size="lg" centered>
      {save.data ? (
        <Stack>
          <Text>
            {save.data.added} hari ditutup. {save.data.told} warga diberi tahu dan ditawari jam lain yang
            terdekat.
          </Text>
          {save.data.withoutPhone.length > 0 && (
            <Alert color="jagung" title="Tidak punya chat, hubungi sendiri">
              {save.data.withoutPhone.join(', ')}
            </Alert>
          )}
          <Button onClick={onClose}>Selesai</Button>
        </Stack>
      ) : (
        <Stack>
          <Text size="sm">
            Berkas CSV dari Excel dengan kolom <strong>tanggal</strong>, <strong>jenis</strong> (libur
            nasional, cuti bersama, atau admin), dan <strong>nama</strong>. Belum ada yang ditutup sebelum
            Anda menekan tombol di bawah.
          </Text>
          <FileInput
            label="Berkas"
            placeholder="Pilih berkas…"
            accept=".csv,text/csv,text/plain"
            onChange={(file) => {
              if (file) preview.mutate(file);
              else preview.reset();
            }}
          />
          {preview.error && (
            <Alert color="bata" role="alert">
              {sentenceOf(preview.error)}
            </Alert>
          )}
          {preview.data && preview.data.faults.length > 0 && (
            <Alert color="jagung" title={`${preview.data.faults.length} baris tidak terbaca`}>
              <ul className="plain">
                {preview.data.faults.slice(0, 50).map((fault) => (
                  <li key={`${fault.line} ${fault.sentence}`}>
                    Baris {fault.line}: {fault.sentence}
                  </li>
                ))}
              </ul>
            </Alert>
          )}
          {preview.data && preview.data.items.length > 0 && (
            <ul className="plain import-days">
              {preview.data.items.map((item) => (
                <li key={item.day}>
                  <strong>
                    {longDay(item.day)} {item.day.slice(0, 4)}
                  </strong>{' '}
                  · {item.name}{' '}
                  {item.state !== 'new' && (
                    <Badge variant="light" color="gray">
                      {states[item.state]}
                    </Badge>
                  )}
                  {item.told + item.toCall > 0 && (
                    <Badge variant="light" color="bata">
                      {item.told + item.toCall} kunjungan
                    </Badge>
                  )}
                </li>
              ))}
            </ul>
          )}
          {preview.data && sum('told') + sum('toCall') + sum('waiting') > 0 && (
            <Alert color="bata" role="status">
              {sum('told')} warga langsung diberi tahu dan ditawari jam lain.
              {sum('toCall') > 0 && ` ${sum('toCall')} tanpa chat, hubungi sendiri.`}
              {sum('waiting') > 0 && ` ${sum('waiting')} di daftar tunggu diberi tahu.`}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Jangan
            </Button>
            <Button
              color="bata"
              disabled={fresh.length === 0}
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              Tutup {fresh.length} hari
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

async function asBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  // In pieces: a spread of a large file is more arguments than a call takes.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
