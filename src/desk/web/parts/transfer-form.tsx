import { Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api.ts';
import type { Me } from '../me.ts';
import { sayDone, sayError } from '../notify.ts';
import { presenceWord } from '../words.ts';

const toQueue = 'antrean';

export function TransferForm({
  id,
  me,
  opened,
  onClose,
  onDone,
}: {
  id: string;
  me: Me;
  opened: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const colleagues = useQuery({
    queryKey: ['colleagues'],
    queryFn: () => ask(api.colleagues.$get()),
    enabled: opened,
  });
  const pass = useMutation({
    mutationFn: () =>
      ask(
        api.conversations[':id'].transfer.$post({
          param: { id },
          json: { toOfficerId: to === toQueue ? null : to, note },
        }),
      ),
    onSuccess: (result) => {
      sayDone(result.to ? `Dialihkan ke ${result.to.name}.` : 'Dikembalikan ke antrean.');
      setNote('');
      setTo(null);
      onClose();
    },
    onError: sayError,
    onSettled: onDone,
  });
  const people = (colleagues.data?.items ?? []).filter((each) => each.id !== me.id);
  return (
    <Modal opened={opened} onClose={onClose} title="Alihkan chat" centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          pass.mutate();
        }}
      >
        <Stack>
          <Select
            label="Kepada"
            required
            data={[
              { value: toQueue, label: 'Kembali ke antrean' },
              ...people.map((each) => ({
                value: each.id,
                label: `${each.name} · ${presenceWord(each.presence)}`,
              })),
            ]}
            value={to}
            onChange={setTo}
          />
          <Textarea
            label="Catatan untuk yang menerima"
            description="Agar warga tidak perlu mengulang ceritanya."
            autosize
            minRows={3}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={pass.isPending} disabled={to === null}>
              Alihkan
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
