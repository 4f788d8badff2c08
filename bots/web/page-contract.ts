/**
 * What server and page say to each other. Types only and no imports: the page is compiled for a browser, the
 * server for Node, and this file for both.
 */

/**
 * A stored message as the page gets it: only what is drawn. A store key, an .ics text or a token of someone
 * else's message never travels.
 */
export type PresentedMessage = {
  seq: number;
  from: 'resident' | 'bot' | 'officer' | 'system';
  at: string;
  /** Of a message written here: the id the page made, by which it finds its own unsent bubble. */
  clientId?: string;
  edited?: true;
  deleted?: true;
  /** It arrived, and what it said is not kept. */
  emptied?: true;
  text?: string;
  choices?: { token: string; label: string }[];
  venue?: { latitude: number; longitude: number; title: string; address: string };
  files?: PresentedFile[];
};

export type PresentedFile = {
  kind: string;
  mime: string;
  name: string;
  size: number | null;
  href: string | null;
};

/** Answer of `GET /chat/api/messages`. `room` comes with the first one only (no `after`, no `before`). */
export type MessagesAnswer = {
  /** False: this browser has no conversation yet. */
  known: boolean;
  more: boolean;
  messages: PresentedMessage[];
  room?: RoomCard;
};

/** The few facts in the page's header; the page puts them into its words. */
export type RoomCard = {
  /** 0 Sunday … 6 Saturday. */
  openWeekdays: readonly number[];
  /** Each `HH:MM` in WITA. */
  hours: { opens: string; closes: string };
  place: string;
  address: string;
};

/** Any refusal: `code` for the page's own words, `retry` true when it keeps the message and tries again. */
export type RefusalAnswer = { error: { code: string; message: string; retry: boolean } };
