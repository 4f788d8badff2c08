// A process of its own: the residents of the bench, and the Bot API between them and the bot.
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Button } from '../support/bot-api/validate.ts';
import { bookingDialog, type Heard, type Step } from './dialog.ts';
import { startLoadStub } from './load-stub.ts';
import type { LoadAnswer, LoadRequest, Played } from './load-process.ts';

/** A bot may be slow without being broken. */
const answerLimitMs = 180_000;
const firstChatId = 500_000;
const retryAfterMs = 2_000;

type Listening = { hear: (heard: Heard) => void };

const stub = await startLoadStub();
const listening = new Map<number, Listening>();
let replies = 0;
stub.onSent((chatId, heard) => {
  replies += 1;
  listening.get(chatId)?.hear(heard);
});

/** Resolves with the first message to the chat that is what was waited for. */
function hears(chatId: number, isIt: (heard: Heard) => boolean, what: string): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new Error(`nothing within three minutes: ${what}, chat ${chatId}`)),
      answerLimitMs,
    );
    listening.set(chatId, {
      hear: (heard) => {
        if (!isIt(heard)) return;
        clearTimeout(limit);
        listening.delete(chatId);
        resolve(heard);
      },
    });
  });
}

function updateOf(step: Step['act'], chatId: number, buttons: Button[]): Record<string, unknown> {
  const from = { id: chatId, is_bot: false, first_name: `Warga ${chatId}`, language_code: 'id' };
  const chat = { id: chatId, type: 'private', first_name: from.first_name };
  const date = Math.floor(Date.now() / 1000);
  const message = { message_id: nextId(), from, chat, date, text: '' };
  if ('says' in step) return { message: { ...message, text: step.says } };
  const button = step.presses(buttons, chatId - firstChatId);
  if (!button) throw new Error(`no button to press among: ${buttons.map(({ text }) => text).join(' | ')}`);
  return {
    callback_query: {
      id: String(nextId()),
      from,
      chat_instance: String(chatId),
      message,
      data: button.callback_data,
    },
  };
}

let lastId = 1_000_000;
const nextId = (): number => (lastId += 1);

async function playOne(chatId: number, closingMethod: string, played: Played): Promise<void> {
  let buttons: Button[] = [];
  for (const [at, step] of bookingDialog.entries()) {
    const isLast = at === bookingDialog.length - 1;
    const update = updateOf(step.act, chatId, buttons);
    const sentAt = performance.now();
    let isReplied = false;
    const done = hears(
      chatId,
      (heard) => {
        if (!isReplied && step.isReply(heard)) {
          isReplied = true;
          played.replyMs.push(performance.now() - sentAt);
        }
        return isReplied && (!isLast || heard.method === closingMethod);
      },
      `step ${at + 1}`,
    );
    const [heard] = await Promise.all([
      done,
      stub.send(update).then(() => played.ackMs.push(performance.now() - sentAt)),
    ]);
    ({ buttons } = heard);
  }
}

async function play(request: Extract<LoadRequest, { kind: 'play' }>): Promise<Played> {
  const played: Played = { elapsedMs: 0, replies: 0, ackMs: [], replyMs: [], cpuMs: 0 };
  let next = request.from;
  const last = request.from + request.residents;
  const repliesBefore = replies;
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const turn = async (): Promise<void> => {
    while (next < last) await playOne(firstChatId + next++, request.closingMethod, played);
  };
  await Promise.all(Array.from({ length: request.concurrency }, turn));
  const cpu = process.cpuUsage(cpuBefore);
  return {
    ...played,
    elapsedMs: performance.now() - startedAt,
    replies: replies - repliesBefore,
    cpuMs: (cpu.user + cpu.system) / 1000,
  };
}

/** One question after a quiet time, from sending it to the answer. */
async function idle({ times, quietMs }: Extract<LoadRequest, { kind: 'idle' }>): Promise<number[]> {
  const latencies: number[] = [];
  for (let time = 0; time < times; time += 1) {
    await delay(quietMs);
    const chatId = firstChatId + 400_000 + time;
    const heard = hears(chatId, ({ method }) => method === 'sendMessage', 'an answer after quiet');
    const update = updateOf({ says: '/bantuan' }, chatId, []);
    const sentAt = performance.now();
    await Promise.all([heard.then(() => latencies.push(performance.now() - sentAt)), stub.send(update)]);
  }
  return latencies;
}

/** How late an idle queue wakes for a job: an answer that was refused is due again two seconds later. */
async function wake({ times }: Extract<LoadRequest, { kind: 'wake' }>): Promise<number[]> {
  const lateness: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const chatId = firstChatId + 450_000 + time;
    const refused = stub.refuseNext(chatId);
    const heard = hears(chatId, ({ method }) => method === 'sendMessage', 'a second attempt');
    await stub.send(updateOf({ says: '/bantuan' }, chatId, []));
    await refused;
    const refusedAt = performance.now();
    await heard;
    lateness.push(performance.now() - refusedAt - retryAfterMs);
  }
  return lateness;
}

async function act(request: LoadRequest): Promise<unknown> {
  switch (request.kind) {
    case 'connected':
      return stub.connected;
    case 'play':
      return play(request);
    case 'idle':
      return idle(request);
    case 'wake':
      return wake(request);
  }
}

const tell = (answer: LoadAnswer): void => void process.send?.(answer);
process.on('message', (request: LoadRequest) => {
  act(request).then(
    (value) => tell({ kind: 'done', value }),
    (error: unknown) => tell({ kind: 'failed', reason: error instanceof Error ? error.message : 'failed' }),
  );
});
process.on('disconnect', () => process.exit());
tell({ kind: 'ready', url: stub.url });
