import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../../api.ts';
import { sayDone, sayError } from '../../notify.ts';

/** A letter that no mail server sends: the file to send it from, and the word that it was sent. */
export function LetterByHand({ id, isPacket }: { id: string; isPacket: boolean }) {
  const client = useQueryClient();
  const carry = useMutation({
    mutationFn: () => ask(api.letters[':id'].carried.$post({ param: { id } })),
    onSuccess: () =>
      sayDone(isPacket ? 'Tercatat. Warga diberi tahu, dan tenggat instansi mulai berjalan.' : 'Tercatat.'),
    onError: sayError,
    onSettled: async () => {
      await Promise.all(
        ['referral', 'referrals', 'concern', 'concerns'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
  });
  return (
    <Group gap="xs" my="xs">
      <Button variant="default" component="a" href={`/desk/api/letters/${id}/file`} download>
        Unduh suratnya
      </Button>
      <Button loading={carry.isPending} onClick={() => carry.mutate()}>
        Sudah saya kirim
      </Button>
    </Group>
  );
}
