import type { RawMessage } from './raw-message.ts';

/** Photos of one person this close together are one outpouring even where WhatsApp names no album. */
const withinSeconds = 15;

/**
 * Gives the photos of an album one id: the album's own where the page names it, otherwise that of the first
 * photo of an unbroken run. Remembers only the last run of each chat.
 */
export function createAlbumFinder(): (raw: RawMessage) => string | null {
  const runs = new Map<string, { id: string; lastAt: number }>();
  return (raw) => {
    const chat = raw.id.remote;
    if (raw.type !== 'image' && raw.type !== 'video') {
      if (raw.type !== 'album') runs.delete(chat);
      return null;
    }
    if (raw.parentMsgKey) return raw.parentMsgKey.serialized.slice(0, 200);
    const at = raw.t ?? 0;
    const run = runs.get(chat);
    const id = run && Math.abs(at - run.lastAt) <= withinSeconds ? run.id : raw.id.serialized.slice(0, 200);
    runs.delete(chat);
    runs.set(chat, { id, lastAt: at });
    if (runs.size > 500) runs.delete(runs.keys().next().value ?? '');
    return id;
  };
}
