import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api, ask } from '../api.ts';
import { useNow } from '../live.ts';
import { since } from '../time.ts';
import { channelWord } from '../words.ts';
import { WarningIcon } from './icons.tsx';

/** A channel that needs the admin, or may send no more today: on every page, until it is well again. */
export function ChannelBanner() {
  const [path, go] = useLocation();
  const now = useNow();
  const channels = useQuery({
    queryKey: ['channels'],
    queryFn: () => ask(api.channels.$get()),
    refetchInterval: 60_000,
  });
  const troubled = (channels.data?.items ?? []).filter(
    ({ state, heldBack }) => heldBack !== null || (state !== 'connected' && state !== 'starting'),
  );
  // The page of the channels itself shows it all.
  if (troubled.length === 0 || path.startsWith('/pengaturan/kanal')) return null;
  return (
    <section className="alerts channels" aria-label="Kanal bermasalah" role="status">
      {troubled.map((channel) => (
        <div key={channel.name} className="alert">
          <WarningIcon />
          <p>
            <strong>{channelWord(channel.name)}</strong> ·{' '}
            {channel.heldBack ?? `${channel.words} · ${since(channel.since, now)}`}
          </p>
          <Button size="sm" variant="default" onClick={() => go('/pengaturan/kanal')}>
            Lihat
          </Button>
        </div>
      ))}
    </section>
  );
}
