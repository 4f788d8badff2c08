import { Badge, Button, Group, Loader, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api, ask } from '../api.ts';
import { useNow } from '../live.ts';
import { sayDone, sayError } from '../notify.ts';
import { UnsentPages } from '../parts/unsent-pages.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { moment, since } from '../time.ts';
import { channelWord } from '../words.ts';

/** What residents were told but did not get. */
export function UnsentPage() {
  const client = useQueryClient();
  const now = useNow();
  const unsent = useQuery({ queryKey: ['unsent'], queryFn: () => ask(api.unsent.$get()) });
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['unsent'] });
  const retry = useMutation({
    mutationFn: (id: string) => ask(api.messages[':id'].retry.$post({ param: { id } })),
    onSuccess: () => sayDone('Dikirim lagi. Bila gagal, ia kembali ke daftar ini.'),
    onError: sayError,
    onSettled: refresh,
  });
  const attend = useMutation({
    mutationFn: (id: string) => ask(api.messages[':id'].attend.$post({ param: { id } })),
    onSuccess: () => sayDone('Ditandai sudah diurus.'),
    onError: sayError,
    onSettled: refresh,
  });
  const items = unsent.data?.items ?? [];
  return (
    <div className="page narrow">
      <header className="page-head">
        <div>
          <Title order={1} size="h2">
            Belum terkirim
          </Title>
          <p className="lead">
            Pesan yang belum sampai ke warga. Kirim lagi, atau hubungi orangnya lewat jalan lain.
          </p>
        </div>
      </header>
      <UnsentPages />
      {unsent.isPending && <Loader type="dots" />}
      {unsent.error && <Trouble error={unsent.error} again={() => void unsent.refetch()} />}
      {unsent.data && items.length === 0 && <p className="empty">Semua pesan sudah sampai.</p>}
      <ul className="cards">
        {items.map((item) => (
          <li key={item.id} className={item.isFailed ? 'card red' : 'card'}>
            <div>
              <Group gap="xs">
                <strong>{item.name}</strong>
                <Badge variant="light" color="gray">
                  {channelWord(item.channel)}
                </Badge>
                <Badge variant="light" color={item.author === 'officer' ? 'laut' : 'gray'}>
                  {item.author === 'officer'
                    ? `dari ${item.officer ?? 'petugas'}`
                    : item.author === 'notice'
                      ? 'pengingat'
                      : 'bot'}
                </Badge>
                {item.isOutsideWindow && (
                  <Badge variant="light" color="jagung">
                    di luar jendela 24 jam
                  </Badge>
                )}
              </Group>
              <p>{item.sentence}</p>
              <small className="faint">
                {moment(item.at)} · {since(item.at, now)} lalu · {item.attempts} kali dicoba
              </small>
            </div>
            <Group gap="xs">
              {!item.isOutsideWindow && (
                <Button
                  {...(item.isFailed ? { color: 'bata' } : {})}
                  loading={retry.isPending && retry.variables === item.id}
                  onClick={() => retry.mutate(item.id)}
                >
                  Kirim lagi
                </Button>
              )}
              {item.isFailed && (
                <Button
                  variant="default"
                  loading={attend.isPending && attend.variables === item.id}
                  onClick={() => attend.mutate(item.id)}
                >
                  Sudah saya hubungi
                </Button>
              )}
              <Link className="quiet-link" href={`/antrean/${item.conversationId}`}>
                Buka chat
              </Link>
            </Group>
          </li>
        ))}
      </ul>
    </div>
  );
}
