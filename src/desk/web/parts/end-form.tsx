import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask } from '../api.ts';
import { sayDone, sayError } from '../notify.ts';

const farewell =
  'Terima kasih sudah bercerita. Chat ini saya tutup dulu. Ketik /petugas kapan saja bila perlu kami lagi.';

/** The last word, then the bot answers again. */
export function EndForm({
  id,
  kind,
  residentName,
  onClose,
  onDone,
}: {
  id: string;
  kind: 'close' | 'return' | null;
  residentName: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const [word, setWord] = useState('');
  useEffect(() => setWord(kind === 'close' ? farewell : ''), [kind]);
  const end = useMutation({
    mutationFn: () => {
      const request = { param: { id }, json: { word } };
      return kind === 'return'
        ? ask(api.conversations[':id'].return.$post(request))
        : ask(api.conversations[':id'].close.$post(request));
    },
    onSuccess: () => {
      sayDone(kind === 'return' ? 'Chat kembali dipegang bot.' : 'Chat ditutup.');
      onClose();
    },
    onError: sayError,
    onSettled: onDone,
  });
  return (
    <Modal
      opened={kind !== null}
      onClose={onClose}
      title={kind === 'return' ? 'Kembalikan ke bot' : `Tutup chat ${residentName}`}
      centered
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          end.mutate();
        }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            {kind === 'return'
              ? 'Bot melanjutkan dari sini. Bila dikosongkan, warga membaca bahwa sekarang asisten otomatis yang menjawab.'
              : 'Warga membaca kata penutup ini. Kosongkan bila tidak perlu.'}
          </Text>
          <Textarea
            label="Kata untuk warga"
            autosize
            minRows={3}
            maxLength={4000}
            value={word}
            data-autofocus
            onChange={(event) => setWord(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Belum
            </Button>
            <Button type="submit" loading={end.isPending}>
              {kind === 'return' ? 'Kembalikan' : 'Tutup chat'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
