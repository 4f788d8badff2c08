import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api.ts';
import { sayDone, sayError } from '../notify.ts';
import { moment } from '../time.ts';

/** Says which Telegram account is this officer's, so that the group knows who speaks. */
export function TelegramLink() {
  const client = useQueryClient();
  const linked = useQuery({
    queryKey: ['me', 'telegram'],
    queryFn: () => ask(api.me.telegram.$get()),
    // The other half happens in Telegram.
    refetchInterval: (query) => (query.state.data?.linkedAt === null ? 5_000 : false),
  });
  const make = useMutation({ mutationFn: () => ask(api.me.telegram.code.$post()), onError: sayError });
  const unlink = useMutation({
    mutationFn: () => ask(api.me.telegram.unlink.$post()),
    onSuccess: async () => {
      make.reset();
      sayDone('Telegram dilepas. Yang Anda tulis di grup tidak lagi sampai ke warga.');
      await client.invalidateQueries({ queryKey: ['me', 'telegram'] });
    },
    onError: sayError,
  });
  if (!linked.data) return null;
  const { linkedAt } = linked.data;
  return (
    <Stack gap="xs" mt="xl" className="form">
      <Title order={2} size="h4">
        Telegram
      </Title>
      {linkedAt === null ? (
        <Text>
          Hubungkan akun Telegram Anda supaya bisa menjawab warga dari grup petugas, dan dipanggil bila ada
          bahaya.
        </Text>
      ) : (
        <Text>Terhubung sejak {moment(linkedAt)}.</Text>
      )}
      {make.data && linkedAt === null && (
        <Alert role="status">
          Kirim ini ke bot Bestie di Telegram, dalam chat pribadi, paling lama {make.data.minutes} menit lagi:
          <Text component="code" fz="xl" fw={700} display="block" mt="xs">
            /masuk {make.data.code}
          </Text>
        </Alert>
      )}
      <Group>
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
          {linkedAt === null ? 'Hubungkan Telegram' : 'Ganti akun Telegram'}
        </Button>
        {linkedAt !== null && (
          <Button variant="subtle" color="bata" loading={unlink.isPending} onClick={() => unlink.mutate()}>
            Lepas
          </Button>
        )}
      </Group>
    </Stack>
  );
}
