import { Alert, Badge, Button, Group, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask, Refused } from '../../api.ts';
import { sayDone, sentenceOf } from '../../notify.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { myDevice, turnOff, turnOn, whyNoPush } from '../../push.ts';
import { shortDate } from '../../time.ts';

/** The browsers that ring when somebody waits and the desk is closed. */
export function PushDevices() {
  const client = useQueryClient();
  const devices = useQuery({ queryKey: ['push'], queryFn: () => ask(api.me.push.$get()) });
  const mine = useQuery({ queryKey: ['push', 'here'], queryFn: async () => (await myDevice()) ?? '' });
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['push'] });
  const on = useMutation({
    mutationFn: turnOn,
    onSuccess: () => sayDone('Perangkat ini akan berbunyi.'),
    onSettled: refresh,
  });
  const off = useMutation({ mutationFn: turnOff, onSettled: refresh });
  const tryIt = useMutation({
    mutationFn: (id: string) => ask(api.me.push[':id'].test.$post({ param: { id } })),
    onSuccess: () => sayDone('Terkirim. Kalau tidak muncul, periksa mode senyap perangkatnya.'),
    onSettled: refresh,
  });
  if (devices.error) return <Trouble error={devices.error} />;
  if (devices.isPending || mine.isPending) return null;
  const why = whyNoPush();
  const isOnHere = devices.data.items.some((device) => device.id === mine.data);
  const error = on.error ?? off.error ?? tryIt.error;
  return (
    <section className="form">
      <Title order={2} size="h4" mt="xl" mb="xs">
        Pemberitahuan
      </Title>
      <Text size="sm" mb="sm">
        Perangkat ini berbunyi bila ada chat baru menunggu saat Anda bertugas, pesan baru di chat Anda, atau
        bahaya, walau meja ditutup dan Anda sudah keluar. Isinya tidak pernah nama atau kata warga.
      </Text>
      {error && (
        <Alert color="bata" role="alert" mb="sm">
          {error instanceof Refused ? sentenceOf(error) : error.message}
        </Alert>
      )}
      {!isOnHere &&
        (why === null ? (
          <Button mb="sm" loading={on.isPending} onClick={() => on.mutate(devices.data.publicKey)}>
            Nyalakan di perangkat ini
          </Button>
        ) : (
          <Alert color="jagung" mb="sm">
            {why}
          </Alert>
        ))}
      <ul className="cards">
        {devices.data.items.map((device) => (
          <li key={device.id} className="card">
            <div>
              <strong>{device.device}</strong>{' '}
              {device.id === mine.data && <Badge variant="light">perangkat ini</Badge>}
              <p className="faint">sejak {shortDate(device.createdAt)}</p>
            </div>
            <Group gap="xs">
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`Coba bunyikan ${device.device}`}
                loading={tryIt.isPending && tryIt.variables === device.id}
                onClick={() => tryIt.mutate(device.id)}
              >
                Coba
              </Button>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`Matikan ${device.device}`}
                loading={off.isPending && off.variables === device.id}
                onClick={() => off.mutate(device.id)}
              >
                Matikan
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}
