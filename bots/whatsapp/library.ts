/**
 * The little of whatsapp-web.js and puppeteer that is used, typed for what was seen to come back rather than
 * for what their declarations promise. The library is loaded when the channel starts: it is heavy, and a
 * deployment without WhatsApp never pays for it.
 */
export type LibraryMessage = {
  readonly rawData: unknown;
  id: { _serialized?: string };
  downloadMedia(): Promise<{ data: string; mimetype?: string } | undefined>;
};

export type LibraryPage = {
  evaluate(script: string): Promise<unknown>;
  on(event: 'error' | 'pageerror' | 'close', listener: (error?: unknown) => void): unknown;
};

export type LibraryBrowser = {
  on(event: 'disconnected', listener: () => void): unknown;
  process(): import('node:child_process').ChildProcess | null;
};

export type LibraryClient = {
  pupPage: LibraryPage | null;
  pupBrowser: LibraryBrowser | null;
  info?: { wid?: unknown };
  /** Not declared by the library; wrapped where it exists. */
  inject?: () => Promise<void>;
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  initialize(): Promise<void>;
  destroy(): Promise<void>;
  sendMessage(
    chatId: string,
    content: unknown,
    options: Record<string, unknown>,
  ): Promise<LibraryMessage | null | undefined>;
  sendSeen(chatId: string): Promise<boolean>;
  getMessageById(id: string): Promise<LibraryMessage | null>;
  getContactLidAndPhone(ids: string[]): Promise<{ lid?: string; pn?: string }[]>;
  requestPairingCode(phone: string): Promise<string>;
};

type LocalAuthOptions = { dataPath: string };
export type LocalAuth = {
  afterBrowserInitialized(): Promise<void>;
  logout(): Promise<void>;
  disconnect(): Promise<void>;
};

export type Library = {
  Client: new (options: Record<string, unknown>) => LibraryClient;
  LocalAuth: new (options: LocalAuthOptions) => LocalAuth;
  MessageMedia: new (mime: string, base64: string, name?: string | null, size?: number | null) => object;
  Location: new (latitude: number, longitude: number, about: { name: string; address: string }) => object;
};

export async function loadLibrary(): Promise<Library> {
  const library = await import('whatsapp-web.js');
  return library.default as unknown as Library;
}
