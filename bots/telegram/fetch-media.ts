import type { Api } from 'grammy';
import type { MediaResult } from '../channel.ts';
import { isTokenRefused, readCallFailure, type CallFailure } from './call-failure.ts';
import { TransportError, type Transport } from './transport.ts';

/** What the Bot API hands out; larger files it only names. */
const maxDownloadBytes = 20 * 1024 * 1024;

export type FetchMediaOptions = {
  readonly api: Api;
  readonly transport: Transport;
  /** Where files lie, with the token in it: never part of a reason. */
  readonly fileRoot: string;
  readonly idleTimeoutMs: number;
};

export const fetchMedia = async (
  { api, transport, fileRoot, idleTimeoutMs }: FetchMediaOptions,
  ref: string,
  maxBytes: number,
): Promise<MediaResult> => {
  const limit = Math.min(maxBytes, maxDownloadBytes);
  const tooLarge: MediaResult = { ok: false, outcome: 'too_large', reason: `more than ${limit} bytes` };
  let path: string;
  try {
    const file = await api.getFile(ref);
    if ((file.file_size ?? 0) > limit) return tooLarge;
    if (!file.file_path)
      return { ok: false, outcome: 'gone', reason: 'Telegram gave no place to fetch it from' };
    path = file.file_path.split('/').map(encodeURIComponent).join('/');
  } catch (error) {
    return fromGetFile(readCallFailure(error));
  }

  try {
    const response = await transport.request(`${fileRoot}/${path}`, { method: 'GET', idleTimeoutMs });
    const status = response.statusCode ?? 0;
    if (status !== 200) {
      response.resume();
      const gone = status === 404 || status === 410;
      return { ok: false, outcome: gone ? 'gone' : 'retry', reason: `download answered HTTP ${status}` };
    }
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      // Leaving the loop closes the connection: what was announced smaller is not read to its end.
      if (size > limit) return tooLarge;
      chunks.push(chunk);
    }
    return { ok: true, bytes: Buffer.concat(chunks), mime: typeOf(response.headers['content-type']) };
  } catch (error) {
    const code = error instanceof TransportError ? error.code : 'CUT';
    return { ok: false, outcome: 'retry', reason: `the download broke off (${code})` };
  }
};

const fromGetFile = (failure: CallFailure): MediaResult => {
  const { status, reason } = failure;
  if (/too big/i.test(reason)) return { ok: false, outcome: 'too_large', reason };
  const passing =
    status === null ||
    status === 429 ||
    status >= 500 ||
    isTokenRefused(failure) ||
    /temporarily/i.test(reason);
  return { ok: false, outcome: passing ? 'retry' : 'gone', reason };
};

/** Telegram's file server calls most things `application/octet-stream`; that says nothing. */
const typeOf = (header: string | undefined): string | null => {
  const type = header?.split(';')[0]?.trim().toLowerCase();
  return type && type !== 'application/octet-stream' ? type : null;
};
