import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { officerIn } from '../support/officer.ts';
import { openRoom } from '../support/room.ts';
import type { RoomUnderTest } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

const mark = 'PENANDA';
const chat = '7771234567890';

/** Every column of every table, the queue's too, as text. */
async function tablesOf(room: RoomUnderTest): Promise<string[]> {
  const tables = await room.rows<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'pristine')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await room.rows<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    texts.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return texts;
}

async function filesOf(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(
      async (file) => `${file.name} ${(await readFile(join(file.parentPath, file.name))).toString('latin1')}`,
    ),
  );
}

async function redisOf(url: string | undefined, prefix: string): Promise<string[]> {
  if (!url) return [];
  const redis = new Redis(url);
  const texts: string[] = [];
  for (const key of await redis.keys(`*${prefix}*`)) {
    const type = await redis.type(key);
    if (type === 'hash') texts.push(`${key} ${JSON.stringify(await redis.hgetall(key))}`);
    else if (type === 'string') texts.push(`${key} ${await redis.get(key)}`);
    else if (type === 'list') texts.push(`${key} ${(await redis.lrange(key, 0, -1)).join(' ')}`);
    else if (type === 'zset') texts.push(`${key} ${(await redis.zrange(key, '0', '-1')).join(' ')}`);
    else if (type === 'stream') texts.push(`${key} ${JSON.stringify(await redis.xrange(key, '-', '+'))}`);
  }
  await redis.quit();
  return texts;
}

describeOnEachStore('what residents write and who they are', (store) => {
  it('stands nowhere in plain: no table, no queue, no file, no log', async () => {
    const room = await openRoom(store);
    const ana = room.resident(`${mark} Nama`, chat);
    const maria = await officerIn(room);
    await ana.says(`${mark} cerita pertama sebelum setuju`);
    await ana.presses('Setuju');
    await ana.says(`${mark} saya mau bunuh diri`);
    await ana.sendsFile('photo', Buffer.from(`${mark} isi berkas`), `${mark} keterangan`);
    const media = {
      kind: 'document' as const,
      mime: 'text/plain',
      name: `${mark}.txt`,
      size: null,
      ref: null,
    };
    await ana.sends({ kind: 'media', media: { ...media, bytes: Buffer.from(`${mark} isi surat`) } });
    await ana.sends({ kind: 'contact', name: `${mark} Om`, phone: '0812999' });
    await ana.sends({
      kind: 'location',
      latitude: -10.123456,
      longitude: 123.654321,
      title: `${mark} rumah`,
    });
    await ana.sends({ kind: 'edit', messageRef: ana.lastRef(), text: `${mark} diperbaiki` });
    await ana.says('selesai');
    await ana.says(`${mark} jawaban yang bukan pilihan dan cukup panjang untuk ikut disimpan`);
    await ana.presses('Lainnya');
    await ana.says('lewati');
    await ana.says('boleh');
    await ana.presses('Pesan jadwal');
    await ana.presses(/30 November/);
    await ana.presses(/^09\.00/);
    await ana.presses('Ya, pesan');
    const code = ana.code('CRH');
    await maria.takesConcern(code);
    await maria.answers(code, `${mark} jawaban petugas`);
    room.telegram.willAnswer({ ok: false, outcome: 'retry', reason: 'status 500' });
    await ana.says('/data');
    await room.passes('2026-11-24T18:00:00+08:00');
    await ana.says('1').sees(/salinan/);

    const secrets = [mark, chat, '10.123456', '0812999'];
    const hidden = secrets.flatMap((secret) => [
      secret,
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('base64').slice(0, -3),
    ]);
    const kept = [
      ...(await tablesOf(room)),
      ...(await filesOf(room.dataDir)),
      ...(await redisOf(store.redisUrl(), room.queuePrefix)),
      ...room.logged,
    ];
    expect(kept.length).toBeGreaterThan(60);
    for (const secret of hidden) expect(kept.filter((text) => text.includes(secret))).toEqual([]);
    // And yet it is all there, for those who have the keys.
    expect(ana.file()).toContain(`${mark} cerita pertama sebelum setuju`);
  });
});
