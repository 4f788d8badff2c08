export type Recording = { stop(): Promise<File | null>; drop(): void; seconds(): number };

const types = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'];

export function canRecord(): boolean {
  return 'MediaRecorder' in window && !!navigator.mediaDevices?.getUserMedia;
}

/** Null when the microphone is refused or absent. */
export async function startRecording(): Promise<Recording | null> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    return null;
  }
  const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type));
  // Speech stays clear at 24 kbit/s: a minute is 180 kB.
  const recorder = new MediaRecorder(stream, {
    ...(mimeType ? { mimeType } : {}),
    audioBitsPerSecond: 24_000,
  });
  const pieces: Blob[] = [];
  const startedAt = performance.now();
  recorder.addEventListener('dataavailable', (event) => pieces.push(event.data));
  const stopped = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve()));
  // In pieces, so that a browser that dies in the middle has not held it all in one buffer.
  recorder.start(1000);

  async function end(): Promise<void> {
    if (recorder.state !== 'inactive') recorder.stop();
    await stopped;
    for (const track of stream.getTracks()) track.stop();
  }

  return {
    async stop() {
      await end();
      const type = (recorder.mimeType || mimeType || 'audio/webm').replace(/\s/g, '');
      const blob = new Blob(pieces, { type });
      const extension = type.includes('ogg') ? 'ogg' : type.includes('mp4') ? 'm4a' : 'webm';
      return blob.size > 0 ? new File([blob], `suara.${extension}`, { type }) : null;
    },
    drop: () => void end(),
    seconds: () => Math.round((performance.now() - startedAt) / 1000),
  };
}
