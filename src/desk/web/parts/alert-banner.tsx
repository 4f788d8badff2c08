import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { api, ask } from '../api.ts';
import { useNow } from '../live.ts';
import { sayDone, sayError } from '../notify.ts';
import { since } from '../time.ts';
import { dangerWord, severityWord } from '../words.ts';
import { WarningIcon } from './icons.tsx';
import { useUnsentPages } from './unsent-pages.tsx';

/** Danger that nobody has answered for yet. On every page, until a person presses the button. */
export function AlertBanner() {
  const client = useQueryClient();
  const [, go] = useLocation();
  const now = useNow();
  const alerts = useQuery({
    queryKey: ['alerts'],
    queryFn: () => ask(api.alerts.$get()),
    refetchInterval: 60_000,
  });
  const acknowledge = useMutation({
    mutationFn: (id: string) => ask(api.alerts[':id'].acknowledge.$post({ param: { id } })),
    onSuccess: (result) => {
      sayDone(
        result.acknowledgedBy === null
          ? 'Tercatat: Anda yang mengurus tanda bahaya ini.'
          : `Sudah diurus ${result.acknowledgedBy}.`,
      );
      void client.invalidateQueries({ queryKey: ['alerts'] });
      go(`/antrean/${result.conversationId}`);
    },
    onError: sayError,
  });
  const items = alerts.data?.items ?? [];
  const unsent = useUnsentPages().data?.items.filter((page) => page.isDanger && page.isOpen).length ?? 0;
  if (items.length === 0) return null;
  return (
    <section className="alerts" aria-label="Tanda bahaya" role="alert">
      {items.slice(0, 3).map((alert) => (
        <div key={alert.id} className="alert">
          <WarningIcon />
          <p>
            <strong>
              {severityWord(alert.severity)}: {dangerWord(alert.kind)}
            </strong>{' '}
            · {alert.name}
            {alert.signs > 1 && ` · ${alert.signs} tanda`} · {since(alert.at, now)}
          </p>
          <Button
            size="sm"
            color="bata"
            loading={acknowledge.isPending && acknowledge.variables === alert.id}
            onClick={() => acknowledge.mutate(alert.id)}
          >
            Saya urus
          </Button>
        </div>
      ))}
      {unsent > 0 && (
        <p className="more">
          {unsent} panggilan ke petugas <strong>tidak terkirim</strong>. Telepon mereka.{' '}
          <Link href="/belum-terkirim">Lihat</Link>
        </p>
      )}
      {items.length > 3 && <p className="more">dan bahaya di {items.length - 3} chat lain</p>}
    </section>
  );
}
