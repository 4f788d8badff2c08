import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api.ts';
import type { Me } from '../me.ts';
import { sayDone, sayError } from '../notify.ts';
import { presenceWord } from '../words.ts';
import type { ConversationView } from './conversation.tsx';

/** Who else reads this chat; the holder ends it for anybody, a guest for themself. */
export function Guests({ view, me, onDone }: { view: ConversationView; me: Me; onDone: () => void }) {
  const remove = useMutation({
    mutationFn: (officerId: string) =>
      ask(api.conversations[':id'].guests.remove.$post({ param: { id: view.id }, json: { officerId } })),
    onError: sayError,
    onSettled: onDone,
  });
  if (view.guests.length === 0) return null;
  return (
    <div className="guests" role="status">
      {view.guests.map((guest) => (
        <span key={guest.id}>
          {guest.id === me.id ? 'Anda' : guest.name} ikut membaca
          {(view.may.write || guest.id === me.id) && (
            <Button
              variant="subtle"
              size="compact-xs"
              loading={remove.isPending && remove.variables === guest.id}
              onClick={() => remove.mutate(guest.id)}
              aria-label={guest.id === me.id ? 'Akhiri ikut membaca' : `Akhiri untuk ${guest.name}`}
            >
              Akhiri
            </Button>
          )}
        </span>
      ))}
    </div>
  );
}

export function InviteForm({
  view,
  me,
  opened,
  onClose,
  onDone,
}: {
  view: ConversationView;
  me: Me;
  opened: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const [who, setWho] = useState<string | null>(null);
  const colleagues = useQuery({
    queryKey: ['colleagues'],
    queryFn: () => ask(api.colleagues.$get()),
    enabled: opened,
  });
  const invite = useMutation({
    mutationFn: () =>
      ask(api.conversations[':id'].guests.$post({ param: { id: view.id }, json: { officerId: who ?? '' } })),
    onSuccess: (result) => {
      sayDone(`${result.name} sekarang ikut membaca.`);
      setWho(null);
      onClose();
    },
    onError: sayError,
    onSettled: onDone,
  });
  const people = (colleagues.data?.items ?? []).filter(
    (each) => each.id !== me.id && !view.guests.some((guest) => guest.id === each.id),
  );
  return (
    <Modal opened={opened} onClose={onClose} title="Ajak rekan membaca" centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate();
        }}
      >
        <Stack>
          <Select
            label="Rekan"
            description="Ia bisa membaca chat ini dan menulis catatan, tetapi tidak bisa menjawab warga. Berakhir saat chat ditutup."
            required
            data={people.map((each) => ({
              value: each.id,
              label: `${each.name} · ${presenceWord(each.presence)}`,
            }))}
            value={who}
            onChange={setWho}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={invite.isPending} disabled={who === null}>
              Ajak
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
