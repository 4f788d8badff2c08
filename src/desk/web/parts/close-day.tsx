import { Alert, Button, Group, Loader, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api.ts';
import { sayError } from '../notify.ts';
import { longDay, slotTime } from '../time.ts';
import { Trouble } from './trouble.tsx';

/** Closing a day, with a look first at whom it touches. */
export function CloseDay({ day, opened, onClose }: { day: string; opened: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const preview = useQuery({
    queryKey: ['closing', day],
    queryFn: () => ask(api.days[':day'].closing.$get({ param: { day } })),
    enabled: opened,
    staleTime: 0,
  });
  const close = useMutation({
    mutationFn: () => ask(api.days[':day'].close.$post({ param: { day }, json: { name } })),
    onError: sayError,
    onSuccess: () => client.invalidateQueries(),
  });
  const leave = (): void => {
    close.reset();
    setName('');
    onClose();
  };
  const people = preview.data?.bookings ?? [];
  return (
    <Modal opened={opened} onClose={leave} title={`Tutup ${longDay(day)}`} centered>
      {close.data ? (
        <Stack>
          <Text>
            Hari ini ditutup. {close.data.told} warga diberi tahu dan ditawari jam lain yang terdekat.
          </Text>
          {close.data.withoutPhone.length > 0 && (
            <Alert color="jagung" title="Tidak punya chat, hubungi sendiri">
              {close.data.withoutPhone.join(', ')}
            </Alert>
          )}
          <Button onClick={leave}>Selesai</Button>
        </Stack>
      ) : preview.error ? (
        <Trouble error={preview.error} />
      ) : preview.isPending ? (
        <Loader type="dots" />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            close.mutate();
          }}
        >
          <Stack>
            {people.length === 0 ? (
              <Text>Tidak ada kunjungan yang masih akan datang hari itu.</Text>
            ) : (
              <>
                <Text>{people.length} kunjungan dibatalkan, dan warganya langsung diberi tahu:</Text>
                <ul className="plain">
                  {people.map((person) => (
                    <li key={person.code}>
                      {slotTime(person.time)} · {person.name} · {person.code}
                      {!person.isTold && ' · tanpa chat'}
                    </li>
                  ))}
                </ul>
              </>
            )}
            <TextInput
              label="Alasan, dibaca warga"
              placeholder="mis. listrik padam di MPP"
              required
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={leave}>
                Jangan
              </Button>
              <Button type="submit" color="bata" loading={close.isPending}>
                Tutup hari ini
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
