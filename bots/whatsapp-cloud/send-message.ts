import { z } from 'zod';
import type { AddressRef } from '../../src/domain/message.ts';
import type { MessageTemplate, OutboundReady, SendResult } from '../channel.ts';
import { layOut } from './choices.ts';
import type { Graph, GraphAnswer } from './graph.ts';
import { toSendResult } from './send-error.ts';

export type Sender = {
  send(to: AddressRef, message: OutboundReady): Promise<SendResult>;
  /** By an approved template with one blank, `{{1}}`. Its choices become numbers in the text: it has no buttons. */
  sendTemplate(to: AddressRef, message: OutboundReady, template: MessageTemplate): Promise<SendResult>;
};

export type SenderOptions = {
  graph: Graph;
  phoneId: string;
  listButton: string;
  maxFileBytes: number;
  /** Every answer of Meta to a send, for the health of the channel. */
  onAnswer(answer: GraphAnswer): void;
};

type Payload = { type: string } & Record<string, unknown>;

const sentSchema = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });
const uploadedSchema = z.object({ id: z.string().min(1) });

export function createSender({ graph, phoneId, listButton, maxFileBytes, onAnswer }: SenderOptions): Sender {
  async function post(to: AddressRef, payload: Payload, replyTo: string | null = null): Promise<SendResult> {
    if (to.channel !== 'whatsapp' || to.kind !== 'phone' || !/^\d{5,20}$/.test(to.value)) {
      return { ok: false, outcome: 'unreachable', reason: 'the official API writes to phone numbers only' };
    }
    const context = replyTo ? { context: { message_id: replyTo } } : {};
    const answer = await graph.post(`${phoneId}/messages`, {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: to.value,
      ...context,
      ...payload,
    });
    onAnswer(answer);
    if (!answer.ok) {
      const result = toSendResult(answer);
      // What it quotes may be gone, and the answer matters more than the quote.
      return replyTo && !result.ok && result.outcome === 'refused' ? await post(to, payload) : result;
    }
    const sent = sentSchema.safeParse(answer.body);
    return { ok: true, messageRef: sent.success ? (sent.data.messages[0]?.id ?? null) : null };
  }

  async function sendFile(
    to: AddressRef,
    file: Extract<OutboundReady, { kind: 'file' }>,
  ): Promise<SendResult> {
    const size = file.bytes.byteLength;
    if (size > maxFileBytes)
      return { ok: false, outcome: 'refused', reason: 'the file is too big for WhatsApp' };
    const isPhoto = /^image\/(?:jpeg|png)$/.test(file.mime) && size <= maxPhotoBytes;
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('type', acceptedMime(file.mime));
    form.set('file', new Blob([new Uint8Array(file.bytes)], { type: acceptedMime(file.mime) }), file.name);
    const answer = await graph.post(`${phoneId}/media`, form, size / 50);
    onAnswer(answer);
    if (!answer.ok) {
      const result = toSendResult(answer);
      // Only the upload is in doubt; no message can have left.
      return !result.ok && result.outcome === 'unknown' ? { ...result, outcome: 'retry' } : result;
    }
    const uploaded = uploadedSchema.safeParse(answer.body);
    if (!uploaded.success) return { ok: false, outcome: 'retry', reason: 'WhatsApp gave no id for the file' };
    const caption = file.caption ? { caption: file.caption } : {};
    const { id } = uploaded.data;
    if (isPhoto) return await post(to, { type: 'image', image: { id, ...caption } });
    return await post(to, { type: 'document', document: { id, filename: file.name, ...caption } });
  }

  return {
    async send(to, message) {
      if (message.kind === 'file') return await sendFile(to, message);
      if (message.kind === 'venue') {
        const { latitude, longitude, title, address } = message;
        return await post(to, { type: 'location', location: { latitude, longitude, name: title, address } });
      }
      const layout = layOut(message.text, message.choices, listButton);
      const payload: Payload =
        layout.as === 'text'
          ? { type: 'text', text: { body: layout.body, preview_url: false } }
          : { type: 'interactive', interactive: layout.interactive };
      return await post(to, payload, message.replyToRef);
    },
    async sendTemplate(to, message, template) {
      if (message.kind !== 'text')
        return { ok: false, outcome: 'window_closed', reason: 'a template holds text only' };
      const choices = message.choices.map(({ label }, at) => `${at + 1}. ${label}`);
      const text = oneLine([message.text, ...choices].join(' '));
      if (text.length > maxBlankLength)
        return { ok: false, outcome: 'window_closed', reason: 'too long for a template' };
      const body = { type: 'body', parameters: [{ type: 'text', text }] };
      return await post(to, {
        type: 'template',
        template: {
          name: template.name,
          language: { code: template.language },
          components: [body],
        },
      });
    },
  };
}

const maxPhotoBytes = 5 * 1024 * 1024;
/** Meta takes 1024 with the template's own words. */
const maxBlankLength = 900;

/** Meta takes a short list of types; a calendar file is plain text by another name, and keeps its own. */
function acceptedMime(mime: string): string {
  return mime.startsWith('text/') ? 'text/plain' : mime;
}

/** A template's parameter may hold no line break, tab or run of spaces. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
