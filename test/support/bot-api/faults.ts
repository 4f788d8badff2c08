/** What can go wrong between a bot and Telegram. */
export type Fault =
  /** 429; Telegram did not do it. */
  | { kind: 'too_many'; retryAfter: number }
  /** An error answer; Telegram did not do it. */
  | { kind: 'error'; status: number; description?: string }
  /** The page of a proxy in trouble instead of an answer. */
  | { kind: 'page'; status: number }
  /** The connection breaks when the request has been read; Telegram did not do it. */
  | { kind: 'drop_before' }
  /** Telegram did it, and the connection breaks before it says so. */
  | { kind: 'drop_after' }
  /** Telegram did it; the answer comes when `release` resolves. */
  | { kind: 'slow'; release: Promise<void> };

export type FaultRule = {
  /** A method's name, or `*`. */
  readonly method: string;
  readonly chatId?: number | undefined;
  readonly fault: Fault;
  left: number;
};

export const takeFault = (rules: FaultRule[], method: string, payload: Payload): Fault | null => {
  if (rules.length === 0) return null;
  const index = rules.findIndex(
    (rule) =>
      (rule.method === '*' || rule.method === method) &&
      (rule.chatId === undefined || rule.chatId === Number(payload.chat_id)),
  );
  const rule = rules[index];
  if (!rule) return null;
  rule.left -= 1;
  if (rule.left <= 0) rules.splice(index, 1);
  return rule.fault;
};

export type Payload = Record<string, unknown>;

/** Answered as Telegram answers it. */
export class Refusal extends Error {
  readonly status: number;
  readonly retryAfter: number | null;
  constructor(status: number, description: string, retryAfter: number | null = null) {
    super(description);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export const badRequest = (what: string): Refusal => new Refusal(400, `Bad Request: ${what}`);
