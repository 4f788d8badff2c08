import { Badge, Button, Loader } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { api, ask } from '../api.ts';
import type { Answer } from '../api.ts';
import { useNow } from '../live.ts';
import type { Me } from '../me.ts';
import { sayError } from '../notify.ts';
import { Conversation } from '../parts/conversation.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { minutesSince, since, slotTime } from '../time.ts';
import { categoryWord, channelWord, dangerWord, reasonWord } from '../words.ts';

type QueueItem = Answer<Awaited<ReturnType<typeof api.queue.$get>>>['items'][number];
type Row = { kind: 'head'; label: string; n: number } | { kind: 'item'; item: QueueItem };

/** Who waits for a person, and the chat that is open beside it. */
export function QueuePage({ me, openId }: { me: Me; openId: string | null }) {
  const [, go] = useLocation();
  const queue = useQuery({
    queryKey: ['queue'],
    queryFn: () => ask(api.queue.$get()),
    refetchInterval: 60_000,
  });
  const rows = useMemo(() => intoRows(queue.data?.items ?? [], me.id), [queue.data, me.id]);
  const items = rows.flatMap((row) => (row.kind === 'item' ? [row.item] : []));
  const step = (by: number): void => {
    const at = items.findIndex((item) => item.conversationId === openId);
    const next = items[at === -1 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))];
    if (next) go(`/antrean/${next.conversationId}`);
  };
  useHotkeys([
    ['j', () => step(1)],
    ['k', () => step(-1)],
    ['ArrowDown', () => step(1)],
    ['ArrowUp', () => step(-1)],
  ]);

  return (
    <div className={openId === null ? 'split list-only' : 'split'}>
      <section className="queue" aria-label="Antrean">
        <h1 className="queue-title">Antrean</h1>
        {queue.isPending && <Loader type="dots" m="lg" />}
        {queue.error && <Trouble error={queue.error} again={() => void queue.refetch()} />}
        {queue.data && items.length === 0 && (
          <p className="empty">
            Tidak ada yang menunggu.
            <small>Warga yang meminta petugas muncul di sini dengan sendirinya.</small>
          </p>
        )}
        <QueueList rows={rows} openId={openId} me={me} />
        <p className="keys no-phone" aria-hidden="true">
          <kbd>j</kbd> <kbd>k</kbd> pindah · <kbd>a</kbd> ambil · <kbd>r</kbd> balas
        </p>
      </section>
      <div className="open-chat">
        {openId === null ? (
          <p className="pick">Pilih satu chat. Yang paling atas paling perlu.</p>
        ) : (
          <Conversation key={openId} id={openId} me={me} />
        )}
      </div>
    </div>
  );
}

function intoRows(items: readonly QueueItem[], myId: string): Row[] {
  const mine = items.filter((item) => item.officer?.id === myId);
  const waiting = items.filter((item) => item.status === 'waiting');
  const others = items.filter((item) => item.status === 'held' && item.officer?.id !== myId);
  const groups = [
    // Whoever has written and got no answer stands first among one's own, and one's own before what nobody has.
    { label: 'Saya pegang', items: mine.toSorted((a, b) => b.unread - a.unread) },
    { label: 'Menunggu petugas', items: waiting },
    { label: 'Dipegang rekan', items: others },
  ];
  return groups.flatMap((group): Row[] =>
    group.items.length === 0
      ? []
      : [
          { kind: 'head', label: group.label, n: group.items.length },
          ...group.items.map((item): Row => ({ kind: 'item', item })),
        ],
  );
}

function QueueList({ rows, openId, me }: { rows: readonly Row[]; openId: string | null; me: Me }) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow();
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'head' ? 38 : 92),
    getItemKey: (index) => {
      const row = rows[index];
      return row?.kind === 'item' ? row.item.handoffId : (row?.label ?? index);
    },
    overscan: 6,
  });
  const openIndex = rows.findIndex((row) => row.kind === 'item' && row.item.conversationId === openId);
  useEffect(() => {
    if (openIndex >= 0) list.scrollToIndex(openIndex, { align: 'auto' });
  }, [openIndex, list]);
  return (
    <div ref={scroller} className="queue-list">
      <div style={{ height: list.getTotalSize(), position: 'relative' }}>
        {list.getVirtualItems().map((virtual) => {
          const row = rows[virtual.index];
          if (!row) return null;
          return (
            <div
              key={virtual.key}
              data-index={virtual.index}
              ref={list.measureElement}
              className="thread-item"
              style={{ transform: `translateY(${virtual.start}px)` }}
            >
              {row.kind === 'head' ? (
                <h2 className="queue-head">
                  {row.label} <span>{row.n}</span>
                </h2>
              ) : (
                <QueueCard item={row.item} isOpen={row.item.conversationId === openId} now={now} me={me} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function QueueCard({ item, isOpen, now, me }: { item: QueueItem; isOpen: boolean; now: number; me: Me }) {
  const client = useQueryClient();
  const [, go] = useLocation();
  const [isTold, setTold] = useState(false);
  const claim = useMutation({
    mutationFn: () => ask(api.conversations[':id'].claim.$post({ param: { id: item.conversationId } })),
    onSuccess: () => go(`/antrean/${item.conversationId}`),
    onError: (error) => {
      setTold(true);
      sayError(error);
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['queue'] });
      void client.invalidateQueries({ queryKey: ['conversation', item.conversationId] });
      void client.invalidateQueries({ queryKey: ['alerts'] });
    },
  });
  const isWaiting = item.status === 'waiting';
  const isMine = item.officer?.id === me.id;
  const isOnPhone = item.status === 'held' && item.officer === null;
  // What matters in a held chat is how long the last word of the resident stands unanswered.
  const from = isWaiting ? item.requestedAt : item.unread > 0 ? (item.lastInAt ?? item.requestedAt) : null;
  const isLong = from !== null && minutesSince(from, now) >= 15;
  return (
    <article className={`queue-card ${item.isDanger ? 'danger' : ''} ${isOpen ? 'open' : ''}`}>
      <Link
        href={`/antrean/${item.conversationId}`}
        className="queue-link"
        aria-current={isOpen ? 'true' : undefined}
      >
        <span className="queue-top">
          <strong>{item.name}</strong>
          {from !== null ? (
            <span className={isLong ? 'wait long' : 'wait'}>
              {isWaiting ? 'menunggu ' : 'belum dijawab '}
              {since(from, now)}
            </span>
          ) : (
            <span className="wait calm">sudah dijawab</span>
          )}
        </span>
        <span className="queue-about">
          {item.isDanger
            ? `Bahaya${item.danger ? `: ${dangerWord(item.danger.kind)}` : ''}`
            : [reasonWord(item.reason), item.category === null ? null : categoryWord(item.category)]
                .filter(Boolean)
                .join(' · ')}
          {' · '}
          {channelWord(item.channel)}
        </span>
        <span className="queue-tags">
          {item.unread > 0 && (
            <Badge size="sm" color={item.isDanger ? 'bata' : 'laut'}>
              {item.unread} pesan baru
            </Badge>
          )}
          {item.bookingToday !== null && (
            <Badge size="sm" color="jagung" variant="light">
              datang {slotTime(item.bookingToday)}
            </Badge>
          )}
          {item.isUnreachable && (
            <Badge size="sm" color="bata" variant="light">
              hubungi orang ini
            </Badge>
          )}
          {isWaiting && item.climbLevel > 0 && (
            <Badge size="sm" color="jagung">
              {item.climbLevel === 1 ? 'supervisor diberi tahu' : 'admin diberi tahu'}
            </Badge>
          )}
          {isWaiting && item.offeredTo !== null && (
            <small className="faint">ditawarkan ke {item.offeredTo}</small>
          )}
          {item.officer && !isMine && <small className="faint">{item.officer.name}</small>}
          {item.guests.length > 0 && <small className="faint">{item.guests.join(', ')} ikut membaca</small>}
        </span>
      </Link>
      {(isWaiting || isOnPhone) && !isTold && (
        <Button
          size="compact-sm"
          className="claim"
          {...(item.isDanger ? { color: 'bata' } : {})}
          loading={claim.isPending}
          onClick={() => claim.mutate()}
          aria-label={`Ambil chat ${item.name}`}
        >
          Ambil
        </Button>
      )}
    </article>
  );
}
