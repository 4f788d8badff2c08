import type { InboundMedia } from '../../src/domain/message.ts';
import { storable } from './storable.ts';

/**
 * An uploaded file as the room's media. The browser's word on the type is only a claim: it decides how the file
 * is drawn, never how it is served (see `send-file.ts`).
 */
export function toInboundMedia(
  file: File,
  bytes: Uint8Array<ArrayBuffer>,
  recording: { isVoice: boolean; seconds: number | null },
): InboundMedia {
  const mime = /^[\w.+-]+\/[\w.+-]+(\s*;[\w\s.=+"-]*)?$/.test(file.type) ? file.type.slice(0, 200) : null;
  return {
    kind: kindOf(mime, recording.isVoice),
    mime,
    name: cleanName(file.name),
    size: bytes.byteLength,
    ref: null,
    bytes,
    durationSeconds: recording.seconds,
  };
}

function kindOf(mime: string | null, isVoice: boolean): InboundMedia['kind'] {
  const [type, subtype] = (mime ?? '').toLowerCase().split('/');
  if (type === 'audio') return isVoice ? 'voice' : 'audio';
  if (type === 'video') return 'video';
  // SVG is a document that can run scripts, not a photo.
  if (type === 'image' && !subtype?.startsWith('svg')) return 'photo';
  return 'document';
}

/** The last part of whatever path the browser gave, well-formed, without signs that reorder or hide the rest. */
function cleanName(name: string): string | null {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return clean === '' || clean === 'blob' ? null : storable(clean.slice(-300));
}
