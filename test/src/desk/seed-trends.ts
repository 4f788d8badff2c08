import { closeMonths } from '../../../src/insight/close-months.ts';
import type { Desk } from './desk-harness.ts';

/** Out of so many, in turn; what is rare stands at the end. */
const kinds = {
  category:
    'bansos bansos bansos adminduk infrastruktur bansos kesehatan adminduk infrastruktur pendidikan bansos infrastruktur adminduk kesehatan ketenagakerjaan lingkungan bansos infrastruktur lainnya pribadi_keluarga perlindungan_perempuan_anak bansos adminduk infrastruktur bansos pendidikan kesehatan infrastruktur adminduk perizinan',
  kelurahan: '04 02 04 01 05 - 04 02 06 03 04 05 02 - 04 01 02',
  channel: 'whatsapp telegram whatsapp none whatsapp web whatsapp telegram none whatsapp',
  agency: 'dinsos dinsos pupr dinsos pupr dukcapil dlhk',
};

const pick = (list: string): string => {
  const all = list.split(' ').map((one) => `'${one}'`);
  return `(ARRAY[${all.join(',')}])[1 + n % ${all.length}]`;
};
const id = (of: string): string => `md5($1 || '${of}' || n)::uuid`;
const every = `generate_series(0, $2::int - 1) AS n`;
/** Days of the month, in the morning in Kupang. */
const at = `($1 || '-01 02:00+00')::timestamptz + make_interval(days => (n % 26), mins => (n % 50))`;

/** So many concerns of so many invented residents in a month, and what became of them. Nobody wrote a word. */
export async function seedMonth(desk: Desk, yearMonth: string, concerns: number): Promise<void> {
  const run = (sql: string, ...more: unknown[]) => desk.db.query(sql, [yearMonth, concerns, ...more]);
  await run(`INSERT INTO agency (id, name, short, level, categories, handles, source)
    SELECT one, upper(one), initcap(one), 'kota', '{}', '', $1 || '-' || $2::int
      FROM unnest(ARRAY['dinsos', 'pupr', 'dukcapil', 'dlhk']) AS one ON CONFLICT (id) DO NOTHING`);
  await run(`INSERT INTO resident (id, created_at, is_walk_in)
    SELECT ${id('r')}, ${at}, ${pick(kinds.channel)} = 'none' FROM ${every}`);
  await run(`INSERT INTO address (id, resident_id, channel, kind, value_hash, value_sealed, created_at)
    SELECT ${id('a')}, ${id('r')}, ${pick(kinds.channel)}, 'chat', decode(md5($1 || n), 'hex'), '\\x00', ${at}
      FROM ${every} WHERE ${pick(kinds.channel)} <> 'none'`);
  await run(`INSERT INTO conversation (id, address_id, created_at)
    SELECT ${id('c')}, ${id('a')}, ${at} FROM ${every} WHERE ${pick(kinds.channel)} <> 'none'`);
  await run(`INSERT INTO concern (id, code, resident_id, conversation_id, status, category, kelurahan_code, created_at,
                                  received_at, settled_at)
    SELECT ${id('k')}, 'CRH-' || $1 || n, ${id('r')}, CASE WHEN ${pick(kinds.channel)} <> 'none' THEN ${id('c')} END,
           CASE WHEN n % 5 < 3 AND n % 26 < 16 THEN 'settled' ELSE 'answered' END, ${pick(kinds.category)},
           nullif('53.71.' || ${pick(kinds.kelurahan)} || '.1001', '53.71.-.1001'), ${at}, ${at},
           CASE WHEN n % 5 < 3 AND n % 26 < 16 THEN ${at} + make_interval(days => 6 + n % 5) END FROM ${every}`);
  await run(`INSERT INTO audit (at, action, subject_kind, subject_id)
    SELECT ${at} + make_interval(days => 1 + n % 3), 'answer_concern', 'concern', ${id('k')}::text
      FROM ${every} WHERE n % 26 < 22`);
  await run(`INSERT INTO audit (at, action, subject_kind, subject_id)
    SELECT ${at} + interval '4 days', 'reopen_concern', 'concern', ${id('k')}::text
      FROM ${every} WHERE n % 11 = 0 AND n % 26 < 20`);
  await run(`INSERT INTO referral (id, concern_id, agency_id, status, summary_sealed, approved_hash, way, created_at, sent_at)
    SELECT ${id('f')}, ${id('k')}, ${pick(kinds.agency)}, 'answered', '\\x00', '\\x00', 'mail', ${at}, ${at}
      FROM ${every} WHERE n % 3 = 0`);
  await run(`INSERT INTO referral_clock (referral_id, clock, due_on, met_at)
    SELECT ${id('f')}, 'answer', (${at})::date, ${at} + make_interval(days => CASE WHEN n % 4 = 0 THEN 2 ELSE -1 END)
      FROM ${every} WHERE n % 3 = 0`);
  await run(`INSERT INTO booking (code, resident_id, session_date, slot_time, seat, status, is_walk_in, created_at, updated_at)
    SELECT 'BST-' || $1 || n, ${id('r')}, (${at})::date, '09:00', n + 1, 'finished', n % 4 = 0, ${at}, ${at}
      FROM ${every} WHERE n % 2 = 0`);
  await run(`INSERT INTO message (id, conversation_id, direction, author, kind, sent_at, created_at, processed_at)
    SELECT ${id('m')}, ${id('c')}, 'in', 'resident', 'text', ${at}, ${at}, ${at}
      FROM ${every} WHERE ${pick(kinds.channel)} <> 'none' AND n % 9 = 1`);
  await run(`INSERT INTO danger_alert (conversation_id, message_id, kind, severity, created_at, last_sign_at, called_from)
    SELECT ${id('c')}, ${id('m')}, ${pick('kekerasan_kdrt self_harm kekerasan_kdrt kekerasan_anak')}, 'tinggi', ${at}, ${at}, ${at}
      FROM ${every} WHERE ${pick(kinds.channel)} <> 'none' AND n % 9 = 1`);
}

/** Half a year that has grown, closed as the nights would have. */
export async function seedTrends(desk: Desk): Promise<void> {
  const sizes = {
    '2026-05': 71,
    '2026-06': 84,
    '2026-07': 92,
    '2026-08': 88,
    '2026-09': 117,
    '2026-10': 131,
  };
  for (const [yearMonth, concerns] of Object.entries(sizes)) await seedMonth(desk, yearMonth, concerns);
  await desk.transact(closeMonths);
}
