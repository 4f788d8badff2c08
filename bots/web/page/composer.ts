import { byId } from './element.ts';
import { shrinkPhoto } from './photo.ts';
import { canRecord, startRecording, type Recording } from './recorder.ts';

/** Where a resident writes, attaches and records. */
export type Composer = { write(text: string): void; focus(): void; empty(): void };

export function createComposer(on: {
  text: (text: string) => void;
  file: (file: File, voice: { seconds: number } | null) => void;
  noMicrophone: () => void;
}): Composer {
  const form = byId('composer', HTMLFormElement);
  const box = byId('text', HTMLTextAreaElement);
  const file = byId('file', HTMLInputElement);
  const send = byId('send', HTMLButtonElement);
  const record = byId('record', HTMLButtonElement);
  const recordingBar = byId('recording');
  let recording: Recording | null = null;
  let ticking: ReturnType<typeof setInterval> | undefined;

  function fit(): void {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, innerHeight / 3)}px`;
    const isEmpty = box.value.trim() === '';
    record.hidden = !isEmpty || !canRecord();
    send.hidden = !record.hidden;
  }

  function submit(): void {
    const text = box.value.trim();
    if (text === '') return;
    box.value = '';
    fit();
    for (const part of splitText(text)) on.text(part);
  }

  async function begin(): Promise<void> {
    recording = await startRecording();
    if (!recording) return on.noMicrophone();
    showRecording(true);
    ticking = setInterval(() => {
      const seconds = recording?.seconds() ?? 0;
      byId('record-time').textContent =
        `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    }, 500);
    byId('record-send').focus();
  }

  async function finish(keep: boolean): Promise<void> {
    const current = recording;
    recording = null;
    clearInterval(ticking);
    showRecording(false);
    byId('record-time').textContent = '0:00';
    if (!current) return;
    if (!keep) return current.drop();
    const seconds = current.seconds();
    const voice = await current.stop();
    if (voice) on.file(voice, { seconds });
  }

  function showRecording(isOn: boolean): void {
    recordingBar.hidden = !isOn;
    form.hidden = isOn;
    if (!isOn) record.focus();
  }

  box.addEventListener('input', fit);
  box.addEventListener('keydown', (event) => {
    // On a phone the key is the only way to a new line; the send button is right there.
    const isDesktop = matchMedia('(hover: hover) and (pointer: fine)').matches;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !isDesktop) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    box.focus();
  });
  file.addEventListener('change', () => {
    const chosen = [...(file.files ?? [])];
    file.value = '';
    void (async () => {
      for (const one of chosen) on.file(await shrinkPhoto(one), null);
    })();
  });
  record.addEventListener('click', () => void begin());
  byId('record-send').addEventListener('click', () => void finish(true));
  byId('record-drop').addEventListener('click', () => void finish(false));
  fit();

  return {
    write(text) {
      box.value = text;
      fit();
      box.focus();
    },
    focus: () => box.focus(),
    empty() {
      box.value = '';
      void finish(false);
      fit();
    },
  };
}

/** In parts that the room takes whole, cut at a paragraph, a sentence or a word. */
export function splitText(text: string, limit = 8000): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const head = rest.slice(0, limit);
    const cut = [head.lastIndexOf('\n\n'), head.lastIndexOf('. '), head.lastIndexOf(' ')].find(
      (at) => at > limit / 2,
    );
    // Never between the halves of one sign.
    const at = cut ?? (/[\uD800-\uDBFF]$/.test(head) ? limit - 1 : limit);
    parts.push(rest.slice(0, at + (cut === undefined ? 0 : 1)).trim());
    rest = rest.slice(at + (cut === undefined ? 0 : 1)).trim();
  }
  return rest === '' ? parts : [...parts, rest];
}
