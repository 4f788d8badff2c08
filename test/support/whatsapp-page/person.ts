import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { keyOf, pageMessage } from './channel.ts';
import type { PageMessage, SentByPage, WhatsappPage } from './whatsapp-page.ts';

/** Somebody with WhatsApp: writes to the room's number through the stand-in and reads what the page sent to them. */
export class Person {
  readonly chat: string;
  private readonly page: WhatsappPage;
  private readonly now: () => Date;
  private readonly said: string[];
  private read = 0;

  /** `said` collects what is written, for the test that none of it is logged. */
  constructor(given: { page: WhatsappPage; now: () => Date; said: string[] }, phone: string) {
    this.page = given.page;
    this.now = given.now;
    this.said = given.said;
    this.chat = `${phone}@c.us`;
  }

  /** Hands in a message; the stand-in keeps it for a page that is not open. */
  async sends(fields: Partial<PageMessage> & { fromMe?: boolean }): Promise<PageMessage> {
    const t = Math.floor(this.now().getTime() / 1000);
    const message = pageMessage({ from: this.chat, t, ...fields });
    if (typeof message['body'] === 'string') this.said.push(message['body']);
    await this.page.arrive(message);
    return message;
  }

  async says(body: string): Promise<void> {
    this.looksAway();
    await this.sends({ body });
  }

  async sendsFile(
    type: 'image' | 'ptt',
    bytes: Uint8Array,
    more: Partial<PageMessage> = {},
  ): Promise<string> {
    const directPath = `/v/${this.page.media.size}`;
    this.page.media.set(directPath, bytes);
    const mimetype = type === 'ptt' ? 'audio/ogg; codecs=opus' : 'image/jpeg';
    return keyOf(await this.sends({ type, body: '', directPath, size: bytes.byteLength, mimetype, ...more }));
  }

  /** All that reached this person, oldest first. */
  received(): SentByPage[] {
    return this.page.sent.filter(({ chat }) => chat === this.chat);
  }

  /** What reached them since they last said or read something. */
  news(): SentByPage[] {
    return this.received().slice(this.read);
  }

  looksAway(): void {
    this.read = this.received().length;
  }

  /** Resolves with the first message that fits, which counts as read with all before it. */
  async sees(fits: RegExp | ((message: SentByPage) => boolean)): Promise<SentByPage> {
    const isIt = (message: SentByPage) =>
      fits instanceof RegExp ? fits.test(textOf(message)) : fits(message);
    await Promise.race([this.page.until(() => this.news().some(isIt)), this.tooLong(fits)]);
    const found = this.news().findIndex(isIt);
    const message = this.news()[found];
    if (!message) throw new Error('it was there a moment ago');
    this.read += found + 1;
    return message;
  }

  /** Only to say what was seen instead, where a test would hang. */
  private async tooLong(fits: unknown): Promise<never> {
    await setTimeout(60_000, undefined, { ref: false });
    throw new Error(`${String(fits)} was not seen, but:\n${this.news().map(textOf).join('\n---\n')}`);
  }

  /** Answers the newest list of choices by the number before a label. */
  async picks(label: RegExp): Promise<void> {
    const list = this.received().findLast((message) => /^\d+\. /m.test(textOf(message)));
    const lines = list ? textOf(list).split('\n') : [];
    const line = lines.find((one) => /^\d+\. /.test(one) && label.test(one));
    expect(line, `a choice like ${label} among:\n${lines.join('\n')}`).toBeDefined();
    await this.says(line?.split('.')[0] ?? '');
  }
}

export function textOf({ body, caption, loc }: SentByPage): string {
  return body ?? caption ?? loc ?? '';
}
