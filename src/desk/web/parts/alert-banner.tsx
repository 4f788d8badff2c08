import { ActionIcon, Button } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { api, ask } from '../api.ts';
import { useNow } from '../live.ts';
import { sayDone, sayError } from '../notify.ts';
import { clock, since } from '../time.ts';
import { dangerWord, severityWord } from '../words.ts';
import { DownIcon, UpIcon, WarningIcon } from './icons.tsx';
import { useUnsentPages } from './unsent-pages.tsx';

/** Named one by one where there is room. */
const most = 3;

/**
 * Danger that nobody has answered for yet. On every page, until a person presses the button. Once it was seen it can be
 * folded to one line, on a phone it is no more; what is new or graver opens it again.
 */
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
  const isPhone = useMediaQuery('(max-width: 820px)', matchMedia('(max-width: 820px)').matches);
  const [seen, see] = useLocalStorage<string[]>({ key: 'bestie.alerts.seen', defaultValue: [] });
  const items = alerts.data?.items ?? [];
  const signs = items.map(({ id, severity }) => `${id} ${severity}`);
  const isFolded = signs.every((sign) => seen.includes(sign));
  const unsent = useUnsentPages().data?.items.filter((page) => page.isDanger && page.isOpen).length ?? 0;
  if (items.length === 0) return null;
  const shown = items.slice(0, isPhone || isFolded ? 1 : most);
  const others = items.length - shown.length;
  const more = others > 0 && (
    <>
      dan bahaya di <Link href="/antrean">{others} chat lain</Link>
    </>
  );
  const calls = unsent > 0 && (
    <>
      {unsent} panggilan ke petugas <strong>tidak terkirim</strong>. Telepon mereka.{' '}
      <Link href="/belum-terkirim">Lihat</Link>
    </>
  );
  const isOneLine = isFolded && !isPhone;
  return (
    <section className="alerts danger" aria-label="Tanda bahaya" role="alert">
      {shown.map((alert, at) => (
        <div key={alert.id} className="alert">
          <WarningIcon />
          <p>
            {isPhone ? (
              <>
                <strong>{severityWord(alert.severity)}</strong> · {alert.name} · {dangerWord(alert.kind)}
              </>
            ) : (
              <>
                <strong>
                  {severityWord(alert.severity)}: {dangerWord(alert.kind)}
                </strong>{' '}
                · {alert.name} · {since(alert.at, now)}
              </>
            )}
            {alert.signs > 1 && ` · ${alert.signs} tanda, terakhir ${clock(alert.lastAt)}`}
            {isOneLine && more && <> · {more}</>}
            {isOneLine && calls && <> · {calls}</>}
          </p>
          <Button
            size="sm"
            color="bata"
            loading={acknowledge.isPending && acknowledge.variables === alert.id}
            onClick={() => acknowledge.mutate(alert.id)}
          >
            Saya urus
          </Button>
          {at === 0 && !isPhone && (items.length > 1 || unsent > 0) && (
            <ActionIcon
              variant="subtle"
              color="bata"
              aria-expanded={!isFolded}
              aria-label={isFolded ? 'Tampilkan semua tanda bahaya' : 'Ringkas tanda bahaya'}
              onClick={() => see(isFolded ? [] : signs)}
            >
              {isFolded ? <DownIcon /> : <UpIcon />}
            </ActionIcon>
          )}
        </div>
      ))}
      {!isOneLine && (more || calls) && (
        <p className="more">
          {more}
          {more && calls && ' · '}
          {calls}
        </p>
      )}
    </section>
  );
}
