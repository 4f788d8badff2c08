import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { createWebChannel, type WebChannel } from '../../../bots/web/web-channel.ts';
import { outboundSchema, type InboundInput, type OutboundInput } from '../../../src/domain/message.ts';
import { systemClock } from '../../../src/ops/clock.ts';
import { createFakeHistory, type FakeHistory } from './fake-history.ts';

/**
 * The web chat over a room that answers from a table, on a real port: for the browser test and for looking at
 * the page (`node test/bots/web/look.ts`). It knows nothing of the real flows.
 */
export type FakeRoom = {
  url: string;
  channel: WebChannel;
  rows: FakeHistory;
  received: readonly InboundInput[];
  /** The next `times` messages are not stored, as by a database that is down. */
  refuse(times: number): void;
  close(): Promise<void>;
};

const menu = [
  { token: 'book', label: 'Pesan jadwal' },
  { token: 'concern', label: 'Curhat' },
  { token: 'officer', label: 'Bicara dengan petugas' },
];

const answers: Record<string, OutboundInput[]> = {
  '/start': [
    {
      kind: 'text',
      text: 'Halo, saya Bestie, teman dari Ruang Curhat di Mall Pelayanan Publik Kota Kupang. Ceritamu dicatat, disambungkan ke instansi yang bisa bertindak, dan dikawal sampai beres.\n\nRuangnya buka Senin dan Rabu. Kalau keadaan darurat, jangan menunggu: hubungi SAPA 129 atau 08111-129-129.',
    },
    { kind: 'text', text: 'Mau mulai dari mana?', choices: menu },
  ],
  book: [
    {
      kind: 'text',
      text: 'Hari apa yang cocok?',
      choices: [
        { token: 'd1', label: 'Senin, 30 November (sisa 9)' },
        { token: 'd2', label: 'Rabu, 2 Desember (sisa 14)' },
        { token: 'd3', label: 'Hari lain' },
      ],
    },
  ],
  d2: [
    {
      kind: 'text',
      text: 'Jam berapa?',
      choices: ['08.00 (sisa 2)', '09.00 (sisa 2)', '09.30 (sisa 1)', '10.00 (sisa 2)', '13.30 (sisa 1)'].map(
        (label, index) => ({ token: `t${index}`, label }),
      ),
    },
  ],
  t1: [
    {
      kind: 'text',
      text: 'Sudah dicatat. Kode Anda BST-7K2M9Q.\nRabu, 2 Desember 2026, pukul 09.00 WITA.',
    },
    {
      kind: 'venue',
      latitude: -10.1494,
      longitude: 123.6098,
      title: 'Mall Pelayanan Publik Kota Kupang',
      address: 'Jl. Timor Raya No. 124, Kota Kupang',
    },
    {
      kind: 'file',
      name: 'BST-7K2M9Q.ics',
      mime: 'text/calendar',
      source: { from: 'text', text: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n' },
    },
    { kind: 'text', text: 'Ada lagi yang bisa saya bantu?', choices: menu },
  ],
};

export async function startFakeRoom(pageRoot: string, port = 0): Promise<FakeRoom> {
  const rows = createFakeHistory(systemClock);
  const received: InboundInput[] = [];
  let refusals = 0;
  const quiet = () => {};
  // The port is known only once it listens; the origin check then goes by the Host header.
  const channel = createWebChannel({
    ...rows,
    clock: systemClock,
    log: { info: quiet, warn: quiet, error: quiet },
    speaksOfDanger: () => false,
    room: async () => ({
      openWeekdays: [1, 3],
      hours: { opens: '08:00', closes: '16:00' },
      place: 'Mall Pelayanan Publik Kota Kupang',
      address: 'Jl. Timor Raya No. 124, Kota Kupang',
    }),
    publicUrl: 'http://127.0.0.1',
    pageRoot,
  });

  await channel.start({
    async receive(inbound) {
      if (refusals > 0) {
        refusals -= 1;
        throw new Error('the database is down');
      }
      received.push(inbound);
      if (rows.addIn(inbound) === 'duplicate') return 'duplicate';
      for (const answer of answersTo(inbound)) {
        rows.addOut(inbound.address, outboundSchema.parse(answer), { ref: `r${rows.all().length + 1}` });
      }
      return 'stored';
    },
    async status({ messageRef, status }) {
      const row = rows.all().find(({ ref }) => ref === messageRef);
      if (row) Object.assign(row, { status });
    },
  });

  const server = serve({ fetch: channel.routes.fetch, hostname: '127.0.0.1', port });
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}/`,
    channel,
    rows,
    received,
    refuse: (times) => void (refusals = times),
    async close() {
      await channel.stop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answersTo({ content }: InboundInput): OutboundInput[] {
  if (content.kind === 'text')
    return answers[content.text] ?? [{ kind: 'text', text: 'Saya dengar. Lanjutkan saja.' }];
  if (content.kind === 'choice') return answers[content.token] ?? [{ kind: 'text', text: 'Baik.' }];
  if (content.kind === 'media') return [{ kind: 'text', text: 'Berkasnya sudah saya terima.' }];
  return [];
}
