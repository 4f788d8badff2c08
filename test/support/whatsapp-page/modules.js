/* The modules that the library asks for by name. An unknown one throws, as the real `require` does. */
'use strict';

// One after the other: side by side they may arrive in another order than they happened in.
let reporting = Promise.resolve();
const report = (what, detail = {}) => {
  const body = JSON.stringify({ what, ...detail });
  reporting = reporting.then(() => fetch('/report', { method: 'POST', body })).catch(() => {});
  return reporting;
};

const bytesOf = (text) => new TextEncoder().encode(text);
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

async function addAndSend(chat, message) {
  const how = faults.nextSend ?? faults.sends;
  faults.nextSend = null;
  if (how === 'throw') throw new Error('socket is closed');
  const msg = addMessage({ ...message, to: chat.id }, true);
  const file = message.uploaded ? { size: message.size, sha: message.filehash } : null;
  const small = file && file.size < 1_000_000 ? message.mediaBlob.blob : null;
  if (small) file.base64 = base64(new Uint8Array(await small.arrayBuffer()));
  const reported = report('sent', {
    id: msg.id.toString(),
    chat: String(chat.id),
    type: msg.type,
    body: msg.body,
    caption: msg.caption,
    filename: msg.filename,
    lat: msg.lat,
    lng: msg.lng,
    loc: msg.loc,
    quoted: msg.quotedStanzaID,
    file,
  });
  if (how === 'throwAfter') throw new Error('a later step failed');
  if (how === 'hang')
    realSetTimeout(() => {
      for (;;);
    });
  const acks = { fail: [-1], silent: [], ack: faults.ackLevels }[how] ?? [];
  // The test must know of the message before anybody can act on its tick.
  reported.then(() => acks.forEach((ack) => msg.set({ ack })));
  return msg;
}

class OpaqueData {
  static async createFromData(blob, mime) {
    const data = new OpaqueData();
    data.blob = blob;
    data.type = mime;
    return data;
  }
  url() {
    return 'blob:stand-in';
  }
  autorelease() {}
  formData() {
    return this.blob;
  }
}

/* `set` and `toJSON` sit on the prototype: own properties would be spread into the message. */
class MediaData {
  constructor(fields) {
    Object.assign(this, fields);
  }
  set(changes) {
    Object.assign(this, changes);
  }
  toJSON() {
    return { type: this.type, mimetype: this.mimetype, size: this.size, filename: this.filename };
  }
}
const mediaObjects = new Map();

async function prepareMedia(opaque, { asDocument }) {
  const buffer = await opaque.blob.arrayBuffer();
  const hash = base64(new Uint8Array(await crypto.subtle.digest('SHA-256', buffer)));
  const type = asDocument ? 'document' : opaque.type.startsWith('image/') ? 'image' : 'document';
  mediaObjects.set(hash, {
    filehash: hash,
    type,
    size: buffer.byteLength,
    contentInfo: {},
    consolidate() {},
  });
  return new MediaData({
    filehash: hash,
    type,
    mimetype: opaque.type,
    size: buffer.byteLength,
    filename: opaque.blob.name,
    mediaBlob: opaque,
    uploaded: true,
  });
}

async function findChat(id) {
  const number = wid(id);
  if (faults.unknownNumbers.includes(number.user)) throw new Error('No LID for user');
  return { chat: chatOf(number) };
}

const lidOf = (number) => {
  const pair = window.standIn.people.find((one) => one.phone === String(number));
  return pair?.lid ? wid(pair.lid) : null;
};
const phoneOf = (number) => {
  const pair = window.standIn.people.find((one) => one.lid === String(number));
  return pair?.phone ? wid(pair.phone) : null;
};
const findLinks = () => [];

const modules = {
  WAWebSocketModel: { Socket },
  WAWebCmd: { Cmd },
  WAWebConnModel: { Conn },
  WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
  WAWebAltDeviceLinkingApi: {
    setPairingType() {},
    async initializeAltDeviceLinking() {},
    startAltLinkingFlow: async () => 'BEST1E22',
  },
  WABase64: { encodeB64: base64 },
  WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: 'CHROME' },
  WAWebAdvSignatureApi: {},
  WAWebUserPrefsInfoStore: {
    waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: bytesOf('noise') } }) },
  },
  WAWebSignalStoreApi: {
    waSignalStore: {
      getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: bytesOf('identity') } }),
    },
  },
  WAWebUserPrefsMultiDevice: { getADVSecretKey: () => 'secret' },
  WAWebCollections: { Msg: Msgs, Chat: Chats },
  WAWebUserPrefsMeUser: { getMaybeMePnUser: () => me.phone, getMaybeMeLidUser: () => me.lid },
  WAWebSyncGatingUtils: { isPlaceholderMessageResendEnabled: () => false },
  WAWebCallCollection: Object.assign(new Emitter(), { calls: new Map() }),
  WAWebNonMessageDataRequestPlaceholderMessageResendUtils: { handlePlaceholderMsgsSeen() {} },
  WALinkify: { findLinks, findLink: () => null },
  WAWebWidFactory: { createWid: wid, asUserWidOrThrow: wid, createWidFromWidLike: wid },
  WAWebFindChatAction: { findOrCreateLatestChat: findChat },
  WAWebStreamModel: { Stream: { markAvailable() {}, markUnavailable() {} } },
  WAWebUpdateUnreadChatAction: {
    async sendSeen({ chat }) {
      if (faults.seenBroken)
        throw new TypeError("Cannot read properties of undefined (reading 'markedUnread')");
      chat.set({ unreadCount: 0 });
      report('seen', { chat: String(chat.id) });
    },
  },
  WAWebChatGetters: { getIsNewsletter: () => false, getIsBroadcast: () => false },
  WAWebMsgKey: MsgKey,
  WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
  WAWebSendMsgChatAction: {
    addAndSendMsgToChat(chat, message) {
      const sent = addAndSend(chat, message);
      return [sent, sent];
    },
  },
  WAWebMsgReply: { canReplyMsg: () => true },
  WAWebMediaOpaqueData: OpaqueData,
  WAWebPrepRawMedia: { prepRawMedia: (data, how) => ({ waitForPrep: () => prepareMedia(data, how) }) },
  WAWebMediaStorage: { getOrCreateMediaObject: (hash) => mediaObjects.get(hash) },
  WAWebMmsMediaTypes: { msgToMediaType: ({ type }) => type, castToV4: (type) => type },
  WAWebMediaDataUtils: { shouldUseMediaCache: () => true },
  WAWebMediaInMemoryBlobCache: { InMemoryMediaBlobCache: { put() {} } },
  WAWebMediaMmsV4Upload: {
    async uploadMedia() {
      if (faults.uploadFails) return {};
      return {
        mediaEntry: { mmsUrl: 'https://mmg/x', directPath: '/v/x', mediaKey: 'key', uploadHash: 'hash' },
      };
    },
  },
  WAWebDownloadManager: {
    downloadManager: {
      async downloadAndMaybeDecrypt({ directPath }) {
        if (faults.downloads === 'gone') throw Object.assign(new Error('gone'), { status: 404 });
        if (faults.downloads === 'fail') throw new Error('network');
        const answer = await fetch('/media' + directPath);
        if (!answer.ok) throw Object.assign(new Error('gone'), { status: 404 });
        return await answer.arrayBuffer();
      },
    },
  },
  WAWebChatStateBridge: {
    sendChatStateComposing: async (chat) => report('typing', { chat: String(chat) }),
    sendChatStateRecording: async () => {},
    sendChatStatePaused: async () => {},
  },
  WAWebApiContact: {
    getCurrentLid: lidOf,
    getPhoneNumber: phoneOf,
    getAlternateUserWid: (id) => (id.isLid() ? phoneOf(id) : lidOf(id)),
  },
  WAWebQueryExistsJob: { queryWidExists: async (id) => ({ wid: id }) },
  WAWebChatLoadMessages: { loadEarlierMsgs: async () => [] },
};

window.require = (name) => {
  if (!(name in modules) || faults.missingModules.includes(name)) {
    throw new Error(`Requiring unknown module "${name}"`);
  }
  return modules[name];
};
