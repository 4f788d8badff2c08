import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Choice, InboundInput } from '../../src/domain/message.ts';
import type { ScriptedChannel } from './scripted-channel.ts';
import type { TestClock } from './test-clock.ts';

/** What a resident needs of the room they write to. */
type Surroundings = {
  channel: ScriptedChannel;
  clock: TestClock;
  settle: () => Promise<void>;
  /** Collects everything that is written, for the test that none of it is logged. */
  said: string[];
};

type Content = InboundInput['content'];
export type MediaKind = 'voice' | 'photo' | 'document' | 'sticker' | 'video';

/** Somebody who writes and reads. Each call waits until all that it caused has happened. */
export class Resident {
  readonly chat: string;
  readonly name: string;
  private readonly room: Surroundings;
  private read = 0;
  private refs = 0;

  constructor(room: Surroundings, chat: string, name: string) {
    this.room = room;
    this.chat = chat;
    this.name = name;
    room.said.push(name);
  }

  says(text: string): Talk {
    return this.sends({ kind: 'text', text });
  }

  /** Presses a button of the newest message that has one with this label (or part of it). */
  presses(label: string | RegExp): Talk {
    return new Talk(this, () => this.deliver({ kind: 'choice', token: this.button(label) }));
  }

  /** Presses a button by what it carries, as from an old message. */
  pressesToken(token: string): Talk {
    return new Talk(this, () => this.deliver({ kind: 'choice', token }));
  }

  sends(content: Content, extra: Partial<InboundInput> = {}): Talk {
    return new Talk(this, () => this.deliver(content, extra));
  }

  /** A file that the platform keeps until it is fetched. */
  sendsFile(kind: MediaKind, bytes = new Uint8Array([1, 2, 3]), caption: string | null = null): Talk {
    const ref = `file-${this.chat}-${this.refs}`;
    this.room.channel.keepsFile(ref, bytes);
    const mime = kind === 'voice' ? 'audio/ogg' : kind === 'photo' ? 'image/jpeg' : 'application/pdf';
    const name = kind === 'document' ? `surat-${this.chat}.pdf` : null;
    return this.sends({ kind: 'media', media: { kind, mime, name, size: bytes.length, ref }, caption });
  }

  /** Hands something in without reading it as said now; for the same event twice, or out of order. */
  async deliver(content: Content, extra: Partial<InboundInput> = {}): Promise<void> {
    this.looksAway();
    await this.room.channel.receive(this.inbound(content, extra));
    await this.room.settle();
  }

  inbound(content: Content, extra: Partial<InboundInput> = {}): InboundInput {
    this.refs += 1;
    for (const text of wordsOf(content)) this.room.said.push(text);
    return {
      externalId: randomUUID(),
      address: { channel: this.room.channel.name, kind: 'chat', value: this.chat },
      messageRef: this.lastRef(),
      profileName: this.name,
      sentAt: this.room.clock.now(),
      content,
      ...extra,
    };
  }

  /** The platform's id of what this resident wrote last. */
  lastRef(): string {
    return `${this.chat}-in-${this.refs}`;
  }

  button(label: string | RegExp): string {
    const choice = this.choices().findLast((one) =>
      typeof label === 'string' ? one.label === label : label.test(one.label),
    );
    if (!choice) {
      const labels = this.choices().map((one) => one.label);
      throw new Error(`No button ${String(label)} among: ${labels.join(' | ')}`);
    }
    return choice.token;
  }

  /** Everything this resident has received, oldest first. */
  received() {
    return this.room.channel.sentTo(this.chat);
  }

  /** Texts received since the resident last said something. */
  news(): string[] {
    return this.received()
      .slice(this.read)
      .map((message) =>
        message.kind === 'text'
          ? [message.text, ...message.choices.map((choice) => `[${choice.label}]`)].join('\n')
          : `(${message.kind})`,
      );
  }

  /** The text of the newest file received. */
  file(): string {
    const file = this.received().findLast((message) => message.kind === 'file');
    if (file?.kind !== 'file') throw new Error('No file has been received');
    return Buffer.from(file.bytes).toString('utf8');
  }

  /** The newest code of a kind that was named to this resident. */
  code(prefix: 'BST' | 'CRH'): string {
    const texts = this.received().flatMap((message) => (message.kind === 'text' ? [message.text] : []));
    const codes = texts.join('\n').match(new RegExp(`${prefix}-[0-9A-Z]{6}`, 'g'));
    const code = codes?.at(-1);
    if (!code) throw new Error(`No ${prefix} code has been received`);
    return code;
  }

  choices(): Choice[] {
    return this.received().flatMap((message) => (message.kind === 'text' ? message.choices : []));
  }

  sees(...patterns: RegExp[]): void {
    const news = this.news().join('\n---\n');
    for (const pattern of patterns) expect(news).toMatch(pattern);
  }

  seesNoneOf(...patterns: RegExp[]): void {
    const news = this.news().join('\n---\n');
    for (const pattern of patterns) expect(news).not.toMatch(pattern);
  }

  seesNothing(): void {
    expect(this.news()).toEqual([]);
  }

  /** Reads on from here. */
  looksAway(): void {
    this.read = this.received().length;
  }

  /** Through the greeting and the consent. */
  async agrees(): Promise<this> {
    await this.says('/start');
    await this.presses('Setuju');
    return this;
  }

  /** A booking by the buttons. */
  async books(day: RegExp, time: string | RegExp): Promise<string> {
    await this.says('/pesan');
    await this.presses(day);
    await this.presses(typeof time === 'string' ? new RegExp(`^${time.replace('.', '\\.')} `) : time);
    await this.presses('Ya, pesan');
    return this.code('BST');
  }

  /** A concern poured out and sent in, with the shortest answers to what is asked after it. */
  async poursOut(...texts: string[]): Promise<string> {
    await this.says('/curhat');
    for (const text of texts) await this.says(text);
    await this.presses('Selesai');
    await this.presses('Lainnya');
    await this.presses('Lewati');
    await this.presses('Tidak, rahasiakan');
    await this.presses(/^(Tanpa jadwal|Tidak perlu)$/);
    return this.code('CRH');
  }
}

function wordsOf(content: Content): string[] {
  if (content.kind === 'text' || content.kind === 'edit') return [content.text];
  if (content.kind === 'media') return [content.caption ?? '', content.media.name ?? ''];
  if (content.kind === 'contact') return [content.name ?? '', content.phone ?? ''];
  return [];
}

/** `await resident.says('/pesan').sees(/Senin/)`. */
export class Talk implements PromiseLike<void> {
  private readonly done: Promise<void>;
  private readonly resident: Resident;

  constructor(resident: Resident, act: () => Promise<void>) {
    this.resident = resident;
    this.done = act();
  }

  async sees(...patterns: RegExp[]): Promise<void> {
    await this.done;
    this.resident.sees(...patterns);
  }

  async seesNothing(): Promise<void> {
    await this.done;
    this.resident.seesNothing();
  }

  // oxlint-disable-next-line unicorn/no-thenable -- it is awaited, that is the point
  then<A = void, B = never>(
    onDone?: ((value: void) => A | PromiseLike<A>) | null,
    onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): PromiseLike<A | B> {
    return this.done.then(onDone, onFailed);
  }
}
