import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DeskEvent } from '../typing.ts';
import { createRefresher } from './refresh.ts';
import { lookForUpdate } from './worker-registration.tsx';

/** Which reads a change makes stale. Keys are the first words of the queries. */
const staleBy: Record<DeskEvent['kind'], readonly string[]> = {
  conversation: ['thread', 'conversation', 'queue', 'unsent'],
  handoff: ['queue', 'conversation', 'offers'],
  booking: ['day', 'closing'],
  concern: ['concerns', 'concern', 'day', 'referral', 'referrals'],
  alert: ['alerts', 'queue', 'conversation', 'pages'],
  room: [
    'room',
    'colleagues',
    'officers',
    'canned',
    'agencies',
    'hotlines',
    'closures',
    'sentences',
    'push',
    'duty',
    'contacts',
    'offers',
    'agency-routes',
    'day',
    'channels',
  ],
  typing: [],
};

type Typing = { conversationId: string; name: string; until: number };

const typingListeners = new Set<(typing: Typing) => void>();
const stateListeners = new Set<(isLive: boolean) => void>();
let isLiveNow = false;

function setLive(isLive: boolean): void {
  isLiveNow = isLive;
  for (const listener of stateListeners) listener(isLive);
}

/** Listens for as long as the officer is logged in; the browser reconnects by itself. */
export function startLive(client: QueryClient): () => void {
  const source = new EventSource('/desk/api/events');
  const refresh = createRefresher(client);
  let hasBeenLive = false;
  source.addEventListener('hello', () => {
    setLive(true);
    // What happened while the line was down was told to nobody: read everything again.
    if (hasBeenLive) {
      void client.invalidateQueries();
      lookForUpdate();
    }
    hasBeenLive = true;
  });
  source.addEventListener('change', (event) => {
    const change = JSON.parse(String(event.data)) as DeskEvent;
    if (change.kind === 'typing') {
      const typing = { conversationId: change.id, name: change.name, until: Date.now() + 6000 };
      for (const listener of typingListeners) listener(typing);
      return;
    }
    const keys = staleBy[change.kind].map((key) => {
      const isOfOne = key === 'thread' || key === 'conversation';
      return isOfOne && change.kind === 'conversation' ? [key, change.id] : [key];
    });
    // Somebody looks at the words; what stands around them can wait for its turn.
    const words = keys.filter(([key]) => key === 'thread').map(refresh);
    void Promise.allSettled(words).then(() => {
      for (const queryKey of keys) if (queryKey[0] !== 'thread') void refresh(queryKey);
    });
  });
  source.addEventListener('signed-out', () => {
    source.close();
    void client.invalidateQueries({ queryKey: ['me'] });
  });
  source.addEventListener('error', () => setLive(false));
  return () => {
    source.close();
    setLive(false);
  };
}

export function useLive(): boolean {
  const [isLive, setIsLive] = useState(isLiveNow);
  useEffect(() => {
    stateListeners.add(setIsLive);
    return () => void stateListeners.delete(setIsLive);
  }, []);
  return isLive;
}

/** Who else types in this conversation right now. */
export function useTyping(conversationId: string): string | null {
  const [typing, setTyping] = useState<Typing | null>(null);
  useEffect(() => {
    const listener = (next: Typing): void => {
      if (next.conversationId === conversationId) setTyping(next);
    };
    typingListeners.add(listener);
    return () => void typingListeners.delete(listener);
  }, [conversationId]);
  useEffect(() => {
    if (!typing) return undefined;
    const timer = setTimeout(() => setTyping(null), Math.max(0, typing.until - Date.now()));
    return () => clearTimeout(timer);
  }, [typing]);
  return typing?.conversationId === conversationId ? typing.name : null;
}

/** The present minute, for waiting times that grow on the page. */
export function useNow(everyMs = 20_000): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
