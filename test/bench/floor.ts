// What the same work costs at least: plain `http` and `pg`, no encryption, no rules, no words. One select and one
// statement (its own transaction) take in the update, move the dialog on and, at the sixth, book a seat; then the
// reply is posted. Its guarantees are the app's: stored before confirmed, an update twice is one, a seat is one's own.
import { Agent, createServer, request as httpRequest } from 'node:http';
import pg from 'pg';

const env = process.env;
const api = `${env['TELEGRAM_API_ROOT']}/bot${env['TELEGRAM_BOT_TOKEN']}`;
const secret = env['TELEGRAM_WEBHOOK_SECRET'];
const pool = new pg.Pool({ connectionString: env['DATABASE_URL'], max: 10 });
const agent = new Agent({ keepAlive: true });

await pool.query(`
  CREATE TABLE IF NOT EXISTS dialog (chat bigint PRIMARY KEY, step int NOT NULL, day int, at text);
  CREATE TABLE IF NOT EXISTS inbound (update_id bigint PRIMARY KEY, chat bigint NOT NULL, body jsonb NOT NULL,
    at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE IF NOT EXISTS booking (code text PRIMARY KEY, chat bigint UNIQUE NOT NULL, day int NOT NULL,
    at text NOT NULL, seat int NOT NULL, UNIQUE (day, at, seat))`);

type Update = {
  update_id: number;
  message?: { chat: { id: number }; text: string };
  callback_query?: { id: string; from: { id: number }; data: string };
};
type Dialog = { step: number; day: number | null; at: string | null };

const take = {
  name: 'take',
  text: `WITH stored AS (
      INSERT INTO inbound (update_id, chat, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING chat
    ), moved AS (
      INSERT INTO dialog (chat, step, day, at) SELECT chat, $4, $5, $6 FROM stored
      ON CONFLICT (chat) DO UPDATE SET step = $4, day = $5, at = $6
    ), booked AS (
      INSERT INTO booking (code, chat, day, at, seat)
      SELECT $7, stored.chat, $5, $6, seat FROM stored, generate_series(1, 50) AS seat
       WHERE $7::text IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.day = $5 AND b.at = $6 AND b.seat = seat.seat)
       ORDER BY seat LIMIT 1
      RETURNING seat
    )
    SELECT (SELECT count(*) FROM stored)::int AS stored, (SELECT seat FROM booked) AS seat`,
};

const days = Array.from({ length: 8 }, (_, day) => ({
  text: `Hari ${day + 1} (sisa 50)`,
  callback_data: `d${day}`,
}));
const times = Array.from({ length: 14 }, (_, at) => {
  const text = `${String(8 + Math.floor(at / 2)).padStart(2, '0')}.${at % 2 ? '30' : '00'}`;
  return { text: `${text} (sisa 50)`, callback_data: `t${text}` };
});

function replyTo(step: number, code: string | null): Record<string, unknown> {
  const keyboard = (...rows: { text: string; callback_data: string }[][]) => ({
    reply_markup: { inline_keyboard: rows },
  });
  const one = (text: string) => keyboard([{ text, callback_data: 'x' }]);
  const replies = [
    { text: 'Selamat datang di Ruang Curhat. Setuju?', ...one('Setuju') },
    { text: 'Terima kasih. Ketik /pesan.' },
    { text: 'Hari apa?', ...keyboard(...days.map((day) => [day])) },
    { text: 'Jam berapa?', ...keyboard(...times.map((time) => [time])) },
    { text: 'Benar?', ...one('Ya, pesan') },
    { text: `Sudah dipesan: ${code}` },
  ];
  return replies[step] ?? { text: 'Ketik /start.' };
}

async function converse(update: Update): Promise<() => Promise<void>> {
  const chat = update.message?.chat.id ?? update.callback_query?.from.id ?? 0;
  const data = update.callback_query?.data ?? '';
  for (;;) {
    const { rows } = await pool.query<Dialog>({
      name: 'read',
      text: 'SELECT step, day, at FROM dialog WHERE chat = $1',
      values: [chat],
    });
    const { step, day, at } = rows[0] ?? { step: 0, day: null, at: null };
    const next = {
      day: data.startsWith('d') ? Number(data.slice(1)) : day,
      at: data.startsWith('t') ? data.slice(1) : at,
    };
    const code = step === 5 ? `BST-${update.update_id.toString(32).toUpperCase().padStart(6, '0')}` : null;
    const values = [update.update_id, chat, JSON.stringify(update), (step + 1) % 6, next.day, next.at, code];
    try {
      await pool.query({ ...take, values });
    } catch (error) {
      // Another took the seat between the look and the insert.
      if ((error as { code?: string }).code === '23505') continue;
      throw error;
    }
    return () => post({ chat_id: chat, ...replyTo(step, code) });
  }
}

function post(message: Record<string, unknown>): Promise<void> {
  const body = JSON.stringify(message);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${api}/sendMessage`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve());
    });
    request.on('error', reject);
    request.end(body);
  });
}

const server = createServer((request, response) => {
  if (request.method === 'GET') return void response.end('ok');
  if (request.headers['x-telegram-bot-api-secret-token'] !== secret)
    return void response.writeHead(401).end();
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    const update = JSON.parse(body) as Update;
    converse(update).then(
      (reply) => {
        const query = update.callback_query;
        const answer = query ? { method: 'answerCallbackQuery', callback_query_id: query.id } : {};
        response.end(JSON.stringify(answer));
        void reply();
      },
      () => response.writeHead(500).end(),
    );
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(env['PORT']), '127.0.0.1', () => {
  const hook = JSON.stringify({
    url: `http://127.0.0.1:${env['PORT']}/telegram/webhook`,
    secret_token: secret,
  });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(hook) };
  httpRequest(`${api}/setWebhook`, { method: 'POST', headers }, (answer) => void answer.resume()).end(hook);
});
process.on('SIGTERM', () => process.exit());
