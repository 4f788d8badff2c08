/**
 * What is run inside WhatsApp's page, as text: it belongs to another program with another global scope. Each
 * is one function that must not throw for a missing module, because that page changes without notice.
 */
export function callInPage(script: string, ...args: unknown[]): string {
  return `(${script})(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
}

/** True if this document already carries our mark; marks it. One atomic turn, so only one caller gets false. */
export const markInjected = `() => {
  if (window.bestieInjected) return true;
  window.bestieInjected = true;
  return false;
}`;

/**
 * Since July 2026 a message key has no \`_serialized\` any more, which the library looks messages up by. The
 * setter lets a version that still assigns it work as before.
 */
export const restoreSerializedKey = `() => {
  try {
    const module = window.require('WAWebMsgKey');
    const prototype = (module.default ?? module).prototype;
    if (!prototype || '_serialized' in prototype) return;
    Object.defineProperty(prototype, '_serialized', {
      configurable: true,
      get() {
        const text = String(this);
        if (/^(true|false)_/.test(text)) return text;
        return [this.fromMe, this.remote, this.id, this.participant].filter((part) => part != null).join('_');
      },
      set(value) {
        Object.defineProperty(this, '_serialized', { value, writable: true, enumerable: true, configurable: true });
      },
    });
  } catch {}
}`;

/** The state of the session, and the keys of what residents wrote since \`since\` (seconds). */
export const probe = `(since) => {
  const socket = window.require('WAWebSocketModel').Socket;
  const result = {
    waState: socket.state ?? null,
    hasSynced: socket.hasSynced === true,
    isInjected: typeof window.WWebJS !== 'undefined',
    arrived: [],
  };
  try {
    const { Chat } = window.require('WAWebCollections');
    for (const chat of result.isInjected ? Chat.getModelsArray() : []) {
      if (!(chat.t >= since)) continue;
      for (const msg of chat.msgs.getModelsArray().slice(-50)) {
        if (!msg.id.fromMe && msg.t >= since && result.arrived.length < 500) {
          const { fromMe, remote, id, participant } = msg.id;
          result.arrived.push({ t: msg.t, type: msg.type, id: {
            fromMe, remote: String(remote), id, participant: participant ? String(participant) : null,
          } });
        }
      }
    }
  } catch {}
  return result;
}`;

/** The library listens for a change; if the session had synced before it listened, it never hears of it. */
export const announceSync = `() => {
  if (typeof window.onAppStateHasSyncedEvent !== 'function') return false;
  window.onAppStateHasSyncedEvent();
  return true;
}`;

export const refreshQr = `() => {
  window.require('WAWebCmd').Cmd.refreshQR();
}`;

export const unpair = `() => window.require('WAWebSocketModel').Socket.logout()`;

export const showTyping = `(chat) => window.WWebJS.sendChatstate('typing', chat)`;

/** Everything since \`since\` (seconds) in the chats of people, as the library's own serialisation has it. */
export const readSince = `async (since, perChat) => {
  const { Chat } = window.require('WAWebCollections');
  const found = [];
  for (const chat of Chat.getModelsArray()) {
    try {
      if (!(chat.t >= since) || !/@(c\\.us|lid)$/.test(String(chat.id))) continue;
      let rounds = 0;
      const oldest = () => Math.min(...chat.msgs.getModelsArray().map((msg) => msg.t));
      while (oldest() > since && rounds < 20 && chat.msgs.getModelsArray().length < perChat) {
        rounds += 1;
        const loaded = await window.require('WAWebChatLoadMessages').loadEarlierMsgs({ chat });
        if (!loaded || !loaded.length) break;
      }
      for (const msg of chat.msgs.getModelsArray().slice(-perChat)) {
        if (msg.t >= since) found.push(window.WWebJS.getMessageModel(msg));
      }
    } catch {}
  }
  return found;
}`;

/** Our own latest messages of a chat with the page's time: what became of a send that gave no answer. */
export const readOwn = `(chatId) => {
  const { Chat } = window.require('WAWebCollections');
  const chat = Chat.get(window.require('WAWebWidFactory').createWid(chatId));
  const own = chat ? chat.msgs.getModelsArray().filter((msg) => msg.id.fromMe).slice(-20) : [];
  return { now: Date.now() / 1000, messages: own.map((msg) => window.WWebJS.getMessageModel(msg)) };
}`;

export const mediaStage = `(id) => {
  const msg = window.require('WAWebCollections').Msg.get(id);
  return msg?.mediaData?.mediaStage ?? null;
}`;

/** Our own ids, phone and lid. */
export const readMe = `() => {
  const me = window.require('WAWebUserPrefsMeUser');
  return [me.getMaybeMePnUser(), me.getMaybeMeLidUser()].filter(Boolean).map(String);
}`;
