import type { Channel, ChannelLog, DeliveryUpdate } from '../../bots/channel.ts';
import type { WordsOf } from '../../flows/words/load-words.ts';
import type { CallWay } from '../actions/read-reach.ts';
import type { ChannelName, InboundInput } from '../domain/message.ts';
import type { Clock } from '../ops/clock.ts';
import type { Database } from '../store/database.ts';
import { gather } from '../store/gather.ts';
import type { RoomFactsReader } from '../store/room-facts.ts';
import { ConversationsBusy } from '../store/lock-order.ts';
import type { AfterCommit, Change, Transact } from '../store/transact.ts';
import type { Vault } from '../store/vault.ts';
import { converse } from './converse.ts';
import type { Conversed, ConverseDeps } from './converse.ts';
import { deliver, noteDelivery, noteSent, sendWritten } from './deliver.ts';
import type { DeliverDeps, SentMessage } from './deliver.ts';
import { FailedStep } from './failed-step.ts';
import { giveUpOnMessage } from './give-up.ts';
import { hearSilence } from './hear-silence.ts';
import { keepAttachment } from './keep-attachment.ts';
import { createLanes } from './lanes.ts';
import type { Lanes } from './lanes.ts';
import { createReceiver } from './receive.ts';
import { putOffNotice, sendNotice } from './send-notice.ts';
import { tellLostFile } from './tell-lost-file.ts';

/** What the pipeline asks of the queue: a doorbell for what is due later or belongs to another process. */
export type Ringer = {
  converse(conversationId: string, afterMs: number): void;
  deliver(conversationId: string, afterMs: number): void;
  notice(noticeId: string, dueAt: Date): void;
  attachment(attachmentId: string, afterMs: number): void;
  agency(letterId: string, afterMs: number): void;
  handoff(what: 'queue' | 'pages', dueAt: Date): void;
};

export type PipelineDeps = {
  db: Database;
  vault: Vault;
  clock: Clock;
  transact: Transact;
  facts: RoomFactsReader;
  words: WordsOf;
  log: ChannelLog;
  channels: ReadonlyMap<ChannelName, Channel>;
  files: {
    put(bytes: Uint8Array): Promise<string>;
    get(fileKey: string): Promise<Uint8Array | null>;
  };
  ringer: Ringer;
  /** Moves those who wait for an officer on. */
  walkQueue: () => Promise<void>;
  /** Calls the officers who are to be called. */
  sendPages: () => Promise<void>;
  callWays: readonly CallWay[];
  /** Sends a letter to an agency. */
  mailLetter: (letterId: string) => Promise<void>;
  /** Tells open pages, here and in other processes. */
  publish: (change: Change) => void;
  /** Each attempt to send, for the metrics. */
  onAttempt?: DeliverDeps['onAttempt'];
};

export type Pipeline = {
  /** Stores, commits, and goes on in the background with the step that follows. */
  receive(inbound: InboundInput): Promise<'stored' | 'duplicate'>;
  status(update: DeliveryUpdate): Promise<void>;
  /** Takes in and sends whatever waits in a conversation; resolves when that is done. Safe to call at any time. */
  look(conversationId: string): Promise<void>;
  hearSilence(conversationId: string): Promise<void>;
  notice(noticeId: string): Promise<void>;
  /** Fetches a resident's file, where this process has the channel. */
  keepAttachment(attachmentId: string): Promise<void>;
  afterCommit(after: AfterCommit): void;
  /** For the sweep: what it finds is begun and not waited for. */
  begin: Lanes['begin'];
  /** Resolves when everything that has begun here has ended. */
  idle(): Promise<void>;
};

/** What this process is doing in one conversation. */
type Run = {
  /** Something came meanwhile: it goes round once more. */
  again: boolean;
  /** Replies are on their way, which a slow platform may make last. */
  isSending: boolean;
  /** What comes while they are is being taken in; `again`: more has come since that began to look. */
  hearing: { again: boolean } | null;
  done: Promise<void>;
};

/** The way of a message, in this process: receive, converse, deliver, each going on with what the last committed. */
export function createPipeline(deps: PipelineDeps): Pipeline {
  const { transact, ringer, log, channels } = deps;
  const running = new Map<string, Run>();
  const background = new Set<Promise<unknown>>();
  const lanes = createLanes({
    atOnce: 4,
    onError: (error) => log.error({ err: error }, 'what the sweep began failed; the next one follows'),
  });
  const holds = (channel: ChannelName) => channels.has(channel);

  const deliverDeps: DeliverDeps = {
    db: deps.db,
    vault: deps.vault,
    clock: deps.clock,
    channel: (name) => channels.get(name),
    heldChannels: () => [...channels.keys()],
    noteSent: gather((batch: readonly SentMessage[]) => noteSent(deps, batch)),
    loadFile: (fileKey) => deps.files.get(fileKey),
    ringLater: (conversationId, afterMs) => ringer.deliver(conversationId, afterMs),
    onChange: (conversationId) => deps.publish({ kind: 'conversation', id: conversationId }),
    templates: async () => (await deps.facts.read()).calendar.room.whatsappTemplates,
    inFlight: new Set(),
    onAttempt: deps.onAttempt,
  };

  const converseDeps = async (): Promise<ConverseDeps> => ({
    words: deps.words,
    facts: await deps.facts.read(),
    holds,
    callWays: deps.callWays,
  });

  const store = createReceiver({
    db: deps.db,
    vault: deps.vault,
    clock: deps.clock,
    keepFile: async (bytes) => {
      const { calendar } = await deps.facts.read();
      return bytes.length > calendar.room.maxFileBytes ? null : deps.files.put(bytes);
    },
  });

  const inBackground = (work: Promise<unknown>): void => {
    background.add(work);
    void work.finally(() => background.delete(work));
  };

  const send = (conversationId: string, { messages, to }: Pick<Conversed, 'messages' | 'to'>) =>
    sendWritten(deliverDeps, { conversationId, to, messages });

  /** One step; one that needs conversations of others, too, is begun anew with all of them. */
  const step = async (conversationId: string): Promise<Conversed | null> => {
    const given = await converseDeps();
    let needed: readonly string[] = [];
    for (let round = 0; ; round += 1) {
      try {
        return await transact((tx) => converse(tx, given, conversationId, needed));
      } catch (error) {
        // Each round knows of all that there were in the last.
        if (!(error instanceof ConversationsBusy) || round === 5) throw error;
        needed = error.conversationIds;
      }
    }
  };

  /** Takes in the oldest message that has not been; null when there is none. */
  const takeIn = (conversationId: string): Promise<Conversed | null> =>
    step(conversationId).catch(async (error: unknown): Promise<never> => {
      if (error instanceof FailedStep) {
        const { messageId } = error;
        await giveUpOnMessage({ ...deps, ...(await converseDeps()) }, { conversationId, messageId });
      }
      throw error;
    });

  /** Answers whether the last step's replies are all out, so that nothing is left to look for. */
  const takeInAll = async (conversationId: string, run: Run): Promise<boolean> => {
    for (;;) {
      const conversed = await takeIn(conversationId);
      if (!conversed) return false;
      run.isSending = true;
      if (conversed.hasMore || run.again) inBackground(hear(conversationId, run));
      const isAllOut = await send(conversationId, conversed).finally(() => {
        run.isSending = false;
      });
      if (!conversed.hasMore) return isAllOut;
    }
  };

  /**
   * Takes in what comes while replies are still on their way, for it may be a cry for help. What it is answered queues up
   * behind them, help before the rest; the run that sends finds it.
   */
  const hear = async (conversationId: string, run: Run): Promise<void> => {
    if (run.hearing) {
      run.hearing.again = true;
      return;
    }
    const hearing = { again: true };
    run.hearing = hearing;
    try {
      while (hearing.again) {
        hearing.again = false;
        const conversed = await takeIn(conversationId);
        if (conversed?.hasMore) hearing.again = true;
        if (conversed && conversed.messages.length > 0) await send(conversationId, conversed);
      }
    } catch (error) {
      log.warn({ err: error, conversationId }, 'a message could not be heard beside a reply; its turn comes');
    } finally {
      run.hearing = null;
    }
  };

  const goOn = async (conversationId: string, run: Run): Promise<void> => {
    try {
      do {
        run.again = false;
        try {
          const isAllOut = await takeInAll(conversationId, run);
          if (!isAllOut) await deliver(deliverDeps, conversationId);
        } catch (error) {
          log.error({ err: error, conversationId }, 'a conversation could not go on; it is tried again');
          ringer.converse(conversationId, 2_000);
        }
      } while (run.again);
    } finally {
      // In the same breath as the last look at `again`: whoever comes later begins a run of their own.
      running.delete(conversationId);
    }
  };

  /** One run a conversation in this process; what comes meanwhile makes it go round once more. */
  const look = (conversationId: string): Promise<void> => {
    const current = running.get(conversationId);
    if (current) {
      current.again = true;
      if (current.isSending) inBackground(hear(conversationId, current));
      return current.done;
    }
    const run: Run = { again: false, isSending: false, hearing: null, done: Promise.resolve() };
    running.set(conversationId, run);
    run.done = goOn(conversationId, run);
    return run.done;
  };

  /** Sent outside a run: what queued up behind it meanwhile is looked for afterwards. */
  const sendAndLook = async (conversationId: string, conversed: Pick<Conversed, 'messages' | 'to'>) => {
    await send(conversationId, conversed);
    await look(conversationId);
  };

  const notice = async (noticeId: string): Promise<void> => {
    const given = await converseDeps();
    const outcome = await transact((tx) => sendNotice(tx, given, noticeId)).catch(
      async (error: unknown): Promise<never> => {
        const { isGivenUp } = await putOffNotice(deps, noticeId);
        if (isGivenUp) log.error({ noticeId }, 'a notice that cannot be written is given up');
        throw error;
      },
    );
    if (outcome.kind === 'later') ringer.notice(noticeId, outcome.dueAt);
    if (outcome.kind === 'sent') await sendAndLook(outcome.conversationId, outcome);
  };

  const keep = async (attachmentId: string): Promise<void> => {
    const { calendar } = await deps.facts.read();
    const kept = await keepAttachment(
      {
        db: deps.db,
        vault: deps.vault,
        clock: deps.clock,
        channel: (name) => channels.get(name),
        putFile: deps.files.put,
        maxFileBytes: calendar.room.maxFileBytes,
      },
      attachmentId,
    );
    if (kept.kind === 'retry') ringer.attachment(attachmentId, kept.afterMs);
    if (kept.kind === 'lost') await tellLostFile({ ...deps, holds }, { ...kept, attachmentId });
    if ('conversationId' in kept) deps.publish({ kind: 'conversation', id: kept.conversationId });
  };

  const inBackgroundOrLater = (work: Promise<unknown>, what: string): void =>
    inBackground(work.catch((error: unknown) => log.error({ err: error }, `${what}; the sweep tries again`)));

  return {
    look,
    notice,
    keepAttachment: keep,
    receive: async (inbound) => {
      const received = await store(inbound);
      if (received.kind === 'duplicate') return 'duplicate';
      if (received.attachmentId)
        inBackgroundOrLater(keep(received.attachmentId), 'a file could not be fetched');
      inBackground(look(received.conversationId));
      return 'stored';
    },
    status: (update) => noteDelivery(deliverDeps, update),
    hearSilence: async (conversationId) => {
      const given = await converseDeps();
      const conversed = await transact((tx) => hearSilence(tx, given, conversationId));
      if (conversed) await sendAndLook(conversationId, conversed);
    },
    afterCommit: ({ bells, changes }) => {
      // First, so that what is rung for is done with the room as it has just become.
      for (const change of changes) deps.publish(change);
      const rung = new Set<string>();
      const duties = new Set<'queue' | 'pages'>();
      for (const bell of bells) {
        if (bell.kind === 'converse' || bell.kind === 'deliver') rung.add(bell.conversationId);
        if (bell.kind === 'attachment')
          inBackgroundOrLater(keep(bell.attachmentId), 'a file could not be fetched');
        if (bell.kind === 'letter')
          inBackgroundOrLater(deps.mailLetter(bell.letterId), 'a letter to an agency could not be sent');
        if (bell.kind === 'queue' || bell.kind === 'pages') {
          if (bell.dueAt && bell.dueAt > deps.clock.now()) ringer.handoff(bell.kind, bell.dueAt);
          else duties.add(bell.kind);
        }
        if (bell.kind === 'notice') {
          if (bell.dueAt > deps.clock.now()) ringer.notice(bell.noticeId, bell.dueAt);
          else inBackgroundOrLater(notice(bell.noticeId), 'a notice could not be sent');
        }
      }
      // Once, however often it was rung for.
      if (duties.has('queue')) inBackgroundOrLater(deps.walkQueue(), 'the queue could not be walked');
      if (duties.has('pages')) inBackgroundOrLater(deps.sendPages(), 'officers could not be called');
      for (const conversationId of rung) {
        inBackground(look(conversationId));
        deps.publish({ kind: 'ring', id: conversationId });
      }
    },
    begin: lanes.begin,
    idle: async () => {
      while (running.size > 0 || background.size > 0 || lanes.isBusy()) {
        await Promise.allSettled([
          lanes.idle(),
          ...background,
          ...[...running.values()].map((one) => one.done),
        ]);
      }
    },
  };
}
