import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createApp, prepareDatabase } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import type { ChannelName, Choice, InboundContent, InboundInput } from '../../src/domain/message.ts';
import { createLog } from '../../src/ops/log.ts';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { parseKeyRing } from '../../src/store/key-ring.ts';
import { createScriptedChannel } from './scripted-channel.ts';
import type { ScriptedChannel } from './scripted-channel.ts';
import type { StoreUnderTest } from './stores.ts';
import { createTestClock } from './test-clock.ts';
import type { TestClock } from './test-clock.ts';

/** The whole of Bestie but its platforms: real stores, real pipeline, a held clock and a channel that is a script. */
export type RoomUnderTest = {
  app: App;
  clock: TestClock;
  telegram: ScriptedChannel;
  /** Every line that was logged. */
  logged: string[];
  resident(name?: string): Resident;
  /** Moves the clock and lets everything that has come due happen. */
  passes(to: Date | string): Promise<void>;
  close(): Promise<void>;
};

/** A Tuesday, ten in the morning WITA: the room opens the next day. */
export const aTuesday = '2026-11-24T10:00:00+08:00';

export async function openRoom(
  store: StoreUnderTest,
  options: { now?: string; roles?: ('web' | 'worker')[] } = {},
): Promise<RoomUnderTest> {
  const clock = createTestClock(options.now ?? aTuesday);
  const logged: string[] = [];
  const log = createLog({ level: 'debug', write: (line) => void logged.push(line) });
  const opened = store.opened();
  const dataDir = await mkdtemp(join(tmpdir(), 'bestie-room-'));
  await prepareDatabase({ opened, projectFolder: projectFolder(), clock, log });
  const telegram = createScriptedChannel('telegram');
  const redisUrl = store.redisUrl();
  const app = await createApp({
    opened,
    keyRing: parseKeyRing(`test:${randomBytes(32).toString('base64')}`, 'the test'),
    queue: redisUrl ? { redisUrl } : { sql: opened.queueSql },
    queuePrefix: `test-${randomUUID()}`,
    clock,
    log,
    dataDir,
    projectFolder: projectFolder(),
    publicUrl: 'http://127.0.0.1:3000',
    roles: new Set(options.roles ?? []),
    channels: [{ name: 'telegram', isExclusive: false, make: () => telegram }],
  });
  await app.start();
  let residents = 0;
  const settle = async () => {
    await app.pipeline.idle();
  };
  return {
    app,
    clock,
    telegram,
    logged,
    resident: (name = `Warga ${(residents += 1)}`) =>
      new Resident(telegram, settle, clock, `${9000 + residents++}`, name),
    passes: async (to) => {
      clock.set(to);
      await app.sweep();
      await settle();
    },
    close: async () => {
      await app.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Somebody who writes and reads. Each call waits until all that it caused has happened. */
export class Resident {
  readonly chat: string;
  private readonly telegram: ScriptedChannel;
  private readonly settle: () => Promise<void>;
  private readonly clock: TestClock;
  private readonly name: string;
  private read = 0;
  private refs = 0;

  constructor(
    telegram: ScriptedChannel,
    settle: () => Promise<void>,
    clock: TestClock,
    chat: string,
    name: string,
  ) {
    this.telegram = telegram;
    this.settle = settle;
    this.clock = clock;
    this.chat = chat;
    this.name = name;
  }

  says(text: string): Talk {
    return this.sends({ kind: 'text', text });
  }

  /** Presses a button of the newest message that has one with this label (or part of it). */
  presses(label: string | RegExp): Talk {
    return new Talk(this, async () => {
      const choice = this.choices().findLast((one) =>
        typeof label === 'string' ? one.label === label : label.test(one.label),
      );
      if (!choice)
        throw new Error(
          `No button ${String(label)} among: ${this.choices()
            .map((one) => one.label)
            .join(' | ')}`,
        );
      await this.deliver({ kind: 'choice', token: choice.token });
    });
  }

  /** Presses a button by what it carries, as from an old message. */
  pressesToken(token: string): Talk {
    return new Talk(this, () => this.deliver({ kind: 'choice', token }));
  }

  sends(content: InboundInput['content'], extra: Partial<InboundInput> = {}): Talk {
    return new Talk(this, () => this.deliver(content, extra));
  }

  async deliver(content: InboundInput['content'], extra: Partial<InboundInput> = {}): Promise<void> {
    this.read = this.received().length;
    await this.telegram.receive(this.inbound(content, extra));
    await this.settle();
  }

  inbound(
    content: InboundInput['content'] | InboundContent,
    extra: Partial<InboundInput> = {},
  ): InboundInput {
    this.refs += 1;
    return {
      externalId: randomUUID(),
      address: { channel: 'telegram' as ChannelName, kind: 'chat', value: this.chat },
      messageRef: String(this.refs),
      profileName: this.name,
      sentAt: this.clock.now(),
      content,
      ...extra,
    };
  }

  /** Everything this resident has received, oldest first. */
  received() {
    return this.telegram.sentTo(this.chat);
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

  choices(): Choice[] {
    return this.received().flatMap((message) => (message.kind === 'text' ? message.choices : []));
  }

  sees(...patterns: RegExp[]): void {
    const news = this.news().join('\n---\n');
    for (const pattern of patterns) expect(news).toMatch(pattern);
  }

  seesNothing(): void {
    expect(this.news()).toEqual([]);
  }

  /** Reads on from here. */
  looksAway(): void {
    this.read = this.received().length;
  }

  /** Through the greeting and the consent. */
  async agrees(): Promise<void> {
    await this.says('/start');
    await this.presses('Setuju');
  }
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
