import { Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api, ask } from '../api.ts';
import type { Answer } from '../api.ts';
import { useNow } from '../live.ts';
import type { Me } from '../me.ts';
import { sayError } from '../notify.ts';
import { since } from '../time.ts';
import { channelWord, reasonWord } from '../words.ts';

type Offer = Answer<Awaited<ReturnType<typeof api.offers.$get>>>['items'][number];

/** What is asked of this officer right now, on every page: a chat that is their turn, or one that nobody takes. */
export function OfferBanner({ me }: { me: Me }) {
  const offers = useQuery({
    queryKey: ['offers'],
    queryFn: () => ask(api.offers.$get()),
    refetchInterval: 30_000,
  });
  const items = offers.data?.items ?? [];
  // The machine's clock may be wrong; how long is left is the server's to say.
  const skewMs = offers.data ? Date.parse(offers.data.now) - offers.dataUpdatedAt : 0;
  return (
    <>
      {items.length > 0 && (
        <section className="alerts offers" aria-label="Chat untuk Anda" role="status">
          {items.map((offer) => (
            <OfferLine key={offer.id} offer={offer} skewMs={skewMs} />
          ))}
        </section>
      )}
      <ClimbLine me={me} />
    </>
  );
}

function OfferLine({ offer, skewMs }: { offer: Offer; skewMs: number }) {
  const client = useQueryClient();
  const [, go] = useLocation();
  const now = useNow(1000) + skewMs;
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: ['offers'] });
    void client.invalidateQueries({ queryKey: ['queue'] });
  };
  const take = useMutation({
    mutationFn: () => ask(api.conversations[':id'].claim.$post({ param: { id: offer.conversationId } })),
    onSuccess: () => go(`/antrean/${offer.conversationId}`),
    onError: sayError,
    onSettled: refresh,
  });
  const pass = useMutation({
    mutationFn: () => ask(api.offers[':id'].pass.$post({ param: { id: offer.id } })),
    onError: sayError,
    onSettled: refresh,
  });
  const leftMs = Date.parse(offer.expiresAt) - now;
  if (leftMs <= 0) return null;
  return (
    <div className="alert">
      <p>
        Chat <strong>{offer.name}</strong> ditawarkan ke Anda · {reasonWord(offer.reason)} ·{' '}
        {channelWord(offer.channel)} · menunggu {since(offer.since, now)} ·{' '}
        <span className="left">sisa {leftWords(leftMs)}</span>
      </p>
      <Group gap="xs" wrap="nowrap">
        <Button size="sm" loading={take.isPending} onClick={() => take.mutate()}>
          Ambil
        </Button>
        <Button size="sm" variant="default" loading={pass.isPending} onClick={() => pass.mutate()}>
          Lewati
        </Button>
      </Group>
    </div>
  );
}

/** For supervisors and admins: what has climbed to them. */
function ClimbLine({ me }: { me: Me }) {
  const [path, go] = useLocation();
  const queue = useQuery({ queryKey: ['queue'], queryFn: () => ask(api.queue.$get()) });
  const level = me.role === 'supervisor' ? 1 : me.role === 'admin' ? 2 : 3;
  const climbed = (queue.data?.items ?? []).filter(
    (item) => item.status === 'waiting' && item.climbLevel >= level,
  );
  const [first] = climbed;
  if (!first || path === `/antrean/${first.conversationId}`) return null;
  return (
    <section className="alerts channels" aria-label="Belum diambil petugas" role="status">
      <div className="alert">
        <p>
          <strong>{climbed.length} chat</strong> sudah lama menunggu dan belum diambil petugas.
        </p>
        <Button size="sm" variant="default" onClick={() => go(`/antrean/${first.conversationId}`)}>
          Lihat
        </Button>
      </div>
    </section>
  );
}

/** `2 menit`, and the seconds of the last one. */
function leftWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds > 60 ? `${Math.ceil(seconds / 60)} menit` : `${seconds} detik`;
}
