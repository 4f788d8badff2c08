import type { ChannelClock, ChannelLog } from '../channel.ts';

export type WhatsappCloudOptions = {
  /** A system user's token with `whatsapp_business_messaging`. */
  token: string;
  /** The id of the number, not the number. */
  phoneId: string;
  /** Signs what Meta sends us. */
  appSecret: string;
  /** Our own word, repeated by Meta when the webhook is set up. */
  verifyToken: string;
  /** With its version, such as `https://graph.facebook.com/v24.0`. */
  apiRoot: string;
  log: ChannelLog;
  clock: ChannelClock;
  fetch?: typeof fetch;
  /** The word on the button that opens a list, at most 20 characters. */
  listButton?: string;
  webhookPath?: string;
  /** Of one answer of Meta; a file gets more by its size. */
  timeoutMs?: number;
};
