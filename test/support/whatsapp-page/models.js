/* The models of the stand-in: events, ids, messages, chats. Written for this project from what the library
   was seen to call; nothing of it is WhatsApp's. */
'use strict';

const faults = window.standIn.faults;

// A hundred times faster for long timers, so that the library's 15 s wait for a decryption takes no time.
const realSetTimeout = window.setTimeout.bind(window);
window.setTimeout = (fn, ms, ...args) =>
  realSetTimeout(fn, faults.fastTimers && ms >= 1000 ? ms / 100 : ms, ...args);

class Emitter {
  #listeners = new Map();
  on(names, fn) {
    for (const name of names.split(' ')) {
      if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
      this.#listeners.get(name).add(fn);
    }
  }
  off(names, fn) {
    for (const name of names.split(' ')) this.#listeners.get(name)?.delete(fn);
  }
  once(name, fn) {
    const wrapped = (...args) => {
      this.off(name, wrapped);
      fn(...args);
    };
    this.on(name, wrapped);
  }
  trigger(name, ...args) {
    for (const fn of Array.from(this.#listeners.get(name) ?? [])) fn(...args);
  }
}

class Wid {
  constructor(text) {
    this._serialized = text;
    [this.user, this.server] = text.split('@');
  }
  toString() {
    return this._serialized;
  }
  isLid() {
    return this.server === 'lid';
  }
  isGroup() {
    return this.server === 'g.us';
  }
  isUser() {
    return this.server === 'c.us' || this.server === 'lid';
  }
  isStatus() {
    return this._serialized === 'status@broadcast';
  }
}
const wid = (value) => (value instanceof Wid ? value : new Wid(String(value)));

/* The key's own text stands under a name that the real program has renamed before. */
class MsgKey {
  constructor({ from, to, id, participant, selfDir, fromMe, remote }) {
    this.fromMe = fromMe ?? selfDir === 'out';
    this.remote = wid(remote ?? (this.fromMe ? to : from));
    this.id = id;
    if (participant) this.participant = wid(participant);
    this[faults.idField] = this.toString();
  }
  toString() {
    return [this.fromMe, this.remote, this.id, this.participant]
      .filter((part) => part !== undefined)
      .join('_');
  }
  static async newId() {
    return '3EB0' + crypto.randomUUID().replaceAll('-', '').slice(0, 18).toUpperCase();
  }
}

class Model extends Emitter {
  set(changes) {
    const before = {};
    for (const key of Object.keys(changes)) {
      before[key] = this[key];
      this[key] = changes[key];
    }
    for (const key of Object.keys(changes)) {
      if (before[key] === changes[key]) continue;
      this.trigger(`change:${key}`, this, changes[key], before[key]);
      this.collection?.trigger(`change:${key}`, this, changes[key], before[key]);
      // The library listens to 'change:body change:caption' as one string on a real collection.
    }
    this.trigger('change', this);
    this.collection?.trigger('change', this);
  }
  serialize() {
    const plain = {};
    for (const [key, value] of Object.entries(this)) {
      if (key !== 'collection' && key !== 'mediaData' && typeof value !== 'function') plain[key] = value;
    }
    return plain;
  }
}

class Msg extends Model {
  constructor(raw) {
    super();
    Object.assign(this, raw);
    this.id = raw.id instanceof MsgKey ? raw.id : new MsgKey(raw.id);
    for (const field of ['from', 'to', 'author'])
      if (typeof this[field] === 'string') this[field] = wid(this[field]);
    if (raw.parentMsgKey) this.parentMsgKey = new MsgKey(raw.parentMsgKey);
    if (raw.directPath) this.mediaData = { mediaStage: raw.mediaStage ?? 'INIT' };
  }
  unsafe() {
    return this;
  }
  msgContextInfo() {
    return { quotedStanzaID: this.id.id, quotedParticipant: this.id.fromMe ? me.phone : this.id.remote };
  }
  async downloadMedia() {
    if (this.mediaData.mediaStage !== 'REUPLOADING') this.mediaData.mediaStage = 'RESOLVED';
  }
}

class Collection extends Emitter {
  models = new Map();
  add(model) {
    this.models.set(model.id.toString(), model);
    model.collection = this;
  }
  get(id) {
    // As in the real one, an id that is not there is not looked up but refused.
    if (id === undefined) throw new DOMException('No key or key range specified.', 'DataError');
    return this.models.get(String(id));
  }
  getModelsArray() {
    return [...this.models.values()];
  }
}

class Chat extends Model {
  constructor(id) {
    super();
    this.id = wid(id);
    this.t = 0;
    this.unreadCount = 0;
    this.mute = { expiration: 0 };
    this.formattedTitle = this.id.user;
    this.msgs = new Collection();
  }
  serialize() {
    return { id: this.id, t: this.t, unreadCount: this.unreadCount };
  }
}

const me = { phone: wid(window.standIn.me.phone), lid: wid(window.standIn.me.lid) };
const Socket = Object.assign(new Model(), { state: 'OPENING', hasSynced: false });
const Conn = Object.assign(new Model(), { ref: null, platform: 'android', pushname: 'Bestie' });
Conn.serialize = () => ({ platform: Conn.platform, pushname: Conn.pushname });
const Cmd = new Emitter();
const Msgs = new Collection();
const Chats = new Collection();
Msgs.getMessagesById = async (ids) => ({ messages: ids.map((id) => Msgs.get(id)).filter(Boolean) });

function chatOf(id) {
  const key = String(id);
  if (!Chats.models.has(key)) Chats.add(new Chat(key));
  return Chats.get(key);
}

/* Puts a message into the collections; `isNews` tells the listeners, as for one that arrives now. */
function addMessage(raw, isNews) {
  const msg = new Msg({ ...raw, isNewMsg: isNews });
  const chat = chatOf(msg.id.remote);
  Msgs.add(msg);
  chat.msgs.models.set(msg.id.toString(), msg);
  chat.t = Math.max(chat.t, msg.t);
  if (!msg.id.fromMe) chat.unreadCount += 1;
  if (isNews && !faults.deaf) {
    msg.trigger('add', msg);
    Msgs.trigger('add', msg);
  }
  return msg;
}
