/**
 * Asks the room to ring when something is new. Every ring, and every return of the connection, means one fetch;
 * where a network breaks event streams, a slow poll does the same.
 */
export type Live = { open(): void; close(): void };

const pollMs = 20_000;

export function createLive(on: { look: () => void; connected: (isConnected: boolean) => void }): Live {
  let source: EventSource | null = null;
  let isReady = false;
  let isWanted = false;

  function connect(): void {
    if (source || !isWanted || document.hidden) return;
    const opened = new EventSource('/chat/api/events');
    source = opened;
    opened.addEventListener('ready', () => {
      isReady = true;
      on.connected(true);
      on.look();
    });
    opened.addEventListener('change', () => on.look());
    opened.addEventListener('error', () => {
      isReady = false;
      on.connected(false);
      // A refused stream is not retried by the browser; the poll below opens it again.
      if (opened.readyState === EventSource.CLOSED) disconnect();
    });
  }

  function disconnect(): void {
    source?.close();
    source = null;
    isReady = false;
  }

  setInterval(() => {
    if (!isWanted || isReady || document.hidden) return;
    on.look();
    connect();
  }, pollMs);

  // A page in the background costs the phone nothing.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) disconnect();
    else connect();
  });
  addEventListener('online', () => {
    disconnect();
    connect();
  });

  return {
    open() {
      isWanted = true;
      connect();
    },
    close() {
      isWanted = false;
      disconnect();
    },
  };
}
