/* The life of the stand-in: pairing kept in localStorage (so the profile decides), what the test's phone says
   (server-sent events), and the order in which things come up. */
'use strict';

const paired = () => localStorage.getItem('paired') === 'yes';
let qrCount = 0;

function newQr() {
  qrCount += 1;
  Conn.set({ ref: `ref-${qrCount}-${crypto.randomUUID()}` });
}
Cmd.refreshQR = () => {
  report('refreshQr');
  Socket.set({ state: 'UNPAIRED' });
  newQr();
};

async function sync() {
  Socket.set({ state: 'CONNECTED' });
  Socket.set({ hasSynced: true });
}

/* The library is through with its injection when it listens for this; no hand scans a code faster. */
const listening = new Promise((resolve) => {
  const listen = Cmd.on.bind(Cmd);
  Cmd.on = (name, fn) => {
    listen(name, fn);
    if (name === 'logout_from_bridge') resolve();
  };
});

const leave = () => {
  localStorage.removeItem('paired');
  report('left');
  location.href = '/?post_logout=1';
};
Socket.logout = async () => {
  localStorage.removeItem('paired');
  report('loggedOutByUs');
};

/* What the test's phone does. Each order is confirmed, so that a test can wait for it. An order may
   return what is to be done after that. */
const orders = {
  async scan() {
    await listening;
    localStorage.setItem('paired', 'yes');
    Socket.set({ state: 'PAIRING' });
    sync();
  },
  resync() {
    Socket.set({ hasSynced: false });
    Socket.set({ hasSynced: true });
  },
  unlink() {
    Cmd.trigger('logout');
    return leave;
  },
  arrive: ({ message }) => void addMessage(message, true),
  change({ id, changes }) {
    const msg = Msgs.get(id);
    if (changes.protocolMessageKey) changes.protocolMessageKey = new MsgKey(changes.protocolMessageKey);
    msg.set(changes);
    if (changes.body !== undefined) return;
  },
  ack: ({ id, ack }) => Msgs.get(id).set({ ack }),
  state: ({ state }) => Socket.set({ state }),
  call({ call }) {
    modules.WAWebCallCollection.calls.set(call.id, { ...call, peerJid: wid(call.from) });
  },
  faults: ({ changes }) => void Object.assign(faults, changes),
  breakKeys() {
    Object.defineProperty(MsgKey.prototype, '_serialized', { value: 'not-an-id' });
  },
  reload: () => () => location.reload(),
  iframe() {
    const frame = document.createElement('iframe');
    frame.src = '/empty';
    document.body.append(frame);
    return new Promise((resolve) => (frame.onload = () => resolve()));
  },
  /* Whether this browser gets out to anywhere but here. */
  async reach({ url }) {
    const isReached = await fetch(url, { mode: 'no-cors', cache: 'no-store' }).then(
      () => true,
      () => false,
    );
    report('reach', { url, isReached });
  },
  throwError({ text }) {
    realSetTimeout(() => {
      throw new Error(text);
    });
  },
  hang() {
    return () => {
      for (;;);
    };
  },
};

const source = new EventSource('/orders');
source.onmessage = async (event) => {
  const { number, order, ...args } = JSON.parse(event.data);
  let error = null;
  let after;
  try {
    after = await orders[order](args);
  } catch (failure) {
    error = String(failure);
  }
  await report('done', { number, error });
  // What ends this document may only begin once the order is confirmed.
  after?.();
};

source.onopen = () => {
  if (faults.boot === 'never') return;
  for (const message of window.standIn.history) if (paired()) addMessage(message, false);
  if (!paired()) {
    Socket.state = 'UNPAIRED';
    newQr();
  } else if (faults.syncBeforeInjection) {
    // The program is up and synced before the library's first look at `Debug.VERSION`.
    Socket.state = 'CONNECTED';
    Socket.hasSynced = true;
  } else if (!faults.stuckOpening) {
    Socket.state = 'CONNECTED';
    listening.then(sync);
  }
  window.Debug = { VERSION: '2.3000.9999999999' };
  report('booted', { paired: paired(), userAgent: navigator.userAgent });
};
