import type { ChannelClock, MediaResult } from '../channel.ts';
import type { SessionClient } from './client.ts';
import { settleWithin } from './deadline.ts';
import * as scripts from './page-scripts.ts';
import { parseRawMessage } from './raw-message.ts';

/** The sender's phone is asked for the file again; it may come. */
const passingStages = new Set(['REUPLOADING', 'FETCHING', 'NEED_POKE', 'PREPARING']);

/** The file of a message by the message's id, never more than `maxBytes` of it. */
export async function fetchMedia(
  client: SessionClient,
  ref: string,
  maxBytes: number,
  clock: ChannelClock,
  timeoutMs: number,
): Promise<MediaResult> {
  const found = await settleWithin(client.library.getMessageById(ref), timeoutMs, clock);
  if (found.done === 'timeout') return again('the page did not answer in time');
  if (found.done === 'error') {
    const isOurFault = /Invalid serialized message id/.test(String(found.error));
    return isOurFault
      ? { ok: false, outcome: 'gone', reason: 'no such message' }
      : again('the page did not answer');
  }
  const message = found.value;
  if (!message) return { ok: false, outcome: 'gone', reason: 'WhatsApp has no such message any more' };
  const raw = parseRawMessage(message.rawData);
  // Known before a byte is moved: a film of 60 MB would go through the page as text.
  if (raw?.size !== undefined && raw.size > maxBytes) return tooLarge(raw.size, maxBytes);
  message.id._serialized ??= ref;

  const loaded = await settleWithin(message.downloadMedia(), timeoutMs + (raw?.size ?? 0) / 100, clock);
  if (loaded.done === 'timeout') return again('the download took too long');
  if (loaded.done === 'error') return again('the download failed');
  if (!loaded.value) {
    const stage = await settleWithin(client.run(scripts.mediaStage, ref), timeoutMs, clock);
    if (stage.done === 'value' && !passingStages.has(String(stage.value))) {
      return { ok: false, outcome: 'gone', reason: 'WhatsApp has the file no longer' };
    }
    return again('WhatsApp is asking the phone for the file again');
  }
  const bytes = new Uint8Array(Buffer.from(loaded.value.data, 'base64'));
  if (bytes.byteLength > maxBytes) return tooLarge(bytes.byteLength, maxBytes);
  return { ok: true, bytes, mime: loaded.value.mimetype ?? raw?.mimetype ?? null };
}

function again(reason: string): MediaResult {
  return { ok: false, outcome: 'retry', reason };
}

function tooLarge(size: number, maxBytes: number): MediaResult {
  return { ok: false, outcome: 'too_large', reason: `${size} bytes, the limit is ${maxBytes}` };
}
