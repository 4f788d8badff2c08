import { Button, Loader } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { MessageView } from '../../reads/message-view.ts';
import { api, ask } from '../api.ts';
import { dayOf, longDay } from '../time.ts';
import { MessageBubble } from './message-bubble.tsx';
import { Trouble } from './trouble.tsx';

/** All messages of a chat, newest at the bottom; only those in sight are in the page. */
export function Thread({
  conversationId,
  onQuote,
}: {
  conversationId: string;
  onQuote?: (message: MessageView) => void;
}) {
  const thread = useInfiniteQuery({
    queryKey: ['thread', conversationId],
    queryFn: ({ pageParam }) =>
      ask(
        api.conversations[':id'].messages.$get({
          param: { id: conversationId },
          query: pageParam === null ? {} : { before: String(pageParam) },
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.hasOlder ? (last.messages[0]?.seq ?? null) : null),
  });
  const messages = useMemo(
    () => (thread.data?.pages ?? []).toReversed().flatMap((page) => page.messages),
    [thread.data],
  );
  if (thread.isPending) return <Loader type="dots" m="xl" />;
  if (thread.error) return <Trouble error={thread.error} again={() => void thread.refetch()} />;
  return (
    <Messages
      key={conversationId}
      messages={messages}
      {...(onQuote ? { onQuote } : {})}
      hasOlder={thread.hasNextPage}
      isLoadingOlder={thread.isFetchingNextPage}
      loadOlder={() => void thread.fetchNextPage()}
    />
  );
}

function Messages({
  messages,
  onQuote,
  hasOlder,
  isLoadingOlder,
  loadOlder,
}: {
  messages: readonly MessageView[];
  onQuote?: (message: MessageView) => void;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  loadOlder: () => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(messages.map((message) => [message.id, message])), [messages]);
  const list = useVirtualizer({
    count: messages.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 76,
    getItemKey: (index) => messages[index]?.id ?? index,
    overscan: 8,
    paddingStart: 48,
    paddingEnd: 12,
    // Older ones come in above without moving what is read, new ones are followed when one is at the end.
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: 120,
  });
  useEffect(() => list.scrollToEnd({ behavior: 'auto' }), [list]);
  const first = list.getVirtualItems()[0]?.index ?? 0;
  useEffect(() => {
    // Not at the very first paint, when the list still stands at its top.
    if (first < 4 && hasOlder && !isLoadingOlder && (list.scrollOffset ?? 0) > 0) loadOlder();
  }, [first, hasOlder, isLoadingOlder, loadOlder, list]);

  return (
    <div ref={scroller} className="thread" role="log" aria-label="Percakapan" tabIndex={0}>
      <div className="thread-inner" style={{ height: list.getTotalSize() }}>
        {hasOlder && (
          <Button
            className="older"
            variant="subtle"
            size="compact-sm"
            loading={isLoadingOlder}
            onClick={loadOlder}
          >
            Pesan lebih lama
          </Button>
        )}
        {list.getVirtualItems().map((item) => {
          const message = messages[item.index];
          if (!message) return null;
          const before = messages[item.index - 1];
          const isNewDay = !before || dayOf(before.sentAt) !== dayOf(message.sentAt);
          return (
            <div
              key={item.key}
              data-index={item.index}
              ref={list.measureElement}
              className="thread-item"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {isNewDay && <p className="day-mark">{longDay(message.sentAt)}</p>}
              <MessageBubble
                message={message}
                quoted={message.quotes === null ? null : (byId.get(message.quotes) ?? null)}
                {...(onQuote ? { onQuote } : {})}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
