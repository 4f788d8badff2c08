import { expect, it } from 'vitest';
import { tryLimit } from '../../../src/actions/count-try.ts';
import { makeOfficerCode, officerCodeMinutes } from '../../../src/actions/officer-code.ts';
import { officerIn } from '../../support/officer.ts';
import { describeOnEachStore } from '../../support/stores.ts';
import { openDesk } from '../desk/desk-harness.ts';
import { openGroupRoom } from './group-room.ts';

describeOnEachStore('whose Telegram account it is', (store) => {
  const open = async () => {
    const at = await openGroupRoom(store);
    const ana = await officerIn(at.room, 'Ana Benu');
    const code = async () =>
      (await at.room.app.transact((tx) => makeOfficerCode(tx, { officerId: ana.id }))).code;
    const contacts = () =>
      at.room.rows<{ officer_id: string }>(`SELECT officer_id FROM officer_contact WHERE kind = 'telegram'`);
    return { at, ana, code, contacts };
  };

  it('is said by a code, once, in private; and then presses and words are that officer’s', async () => {
    const { at, ana, code, contacts } = await open();
    const account = at.tg.resident({ id: 800_001, name: 'Siapa Saja' });
    const spent = await code();
    const update = await account.says(`/masuk ${spent.toLowerCase().replace('-', ' - ').replace(/ /g, '')}`);
    await account.sees(/Terhubung: akun Telegram ini sekarang Ana Benu/);
    expect(await contacts()).toEqual([{ officer_id: ana.id }]);
    // Telegram was not sure of our yes.
    at.tg.pushAgain(update);
    await account.sees(/Terhubung/);
    expect(await contacts()).toHaveLength(1);
    const other = at.tg.resident({ id: 800_002 });
    await other.says(`/masuk ${spent}`);
    await other.sees(/Kode ini salah, sudah dipakai/);
    await at.settles();
    // No resident came to be of it.
    expect(await at.room.rows(`SELECT 1 FROM message`)).toEqual([]);
    expect(at.room.logged.join('')).not.toContain(spent);

    const warga = await at.room.resident().agrees();
    await warga.says('/petugas');
    await at.settles();
    await at.group.member({ id: 800_001, name: 'Siapa Saja' }).presses('Ambil');
    await at.settles();
    expect(at.group.topic(/^Ana Benu · /)).toBeTruthy();
  });

  it('in the group: the code is removed at once, and an anonymous admin stays unknown', async () => {
    const { at, code, contacts } = await open();
    await at.group.anonymous().says(`/masuk ${await code()}`);
    await at.settles();
    expect(await contacts()).toEqual([]);
    expect(at.group.general().at(-1)?.text).toMatch(/admin anonim/);
    const update = await at.stranger().says(`/masuk ${await code()}`);
    await at.settles();
    expect(at.tg.callsOf('deleteMessage').at(-1)?.payload).toMatchObject({
      message_id: update.message?.message_id,
    });
    expect(at.group.general().at(-1)?.text).toBe('Terhubung: akun Telegram ini sekarang Ana Benu.');
    expect(await contacts()).toHaveLength(1);
  });

  it('refuses codes that are old, made up, replaced or of one who left; and one account for two', async () => {
    const { at, ana, code, contacts } = await open();
    const account = at.tg.resident({ id: 800_003 });
    const tries = async (text: string, answer: RegExp) => {
      await account.says(`/masuk ${text}`);
      await account.sees(answer);
    };
    const old = await code();
    const newer = await code();
    await tries(old, /Kode ini salah/);
    at.room.clock.advance(officerCodeMinutes * 60_000);
    await tries(newer, /Kode ini salah/);
    for (const text of ['ABCD-2345', "x'--", '💣', 'U'.repeat(300)]) await tries(text, /Kode ini salah/);
    const valid = await code();
    await at.room.db.query(`UPDATE officer SET is_active = false WHERE id = $1`, [ana.id]);
    await tries(valid, /Kode ini salah/);
    await at.room.db.query(`UPDATE officer SET is_active = true WHERE id = $1`, [ana.id]);
    await tries(await code(), /Terhubung/);
    const budi = await officerIn(at.room, 'Budi');
    const his = await at.room.app.transact((tx) => makeOfficerCode(tx, { officerId: budi.id }));
    await tries(his.code, /sudah terhubung dengan petugas lain/);
    // His code is still good, for an account of his own.
    const own = at.tg.resident({ id: 800_004 });
    await own.says(`/masuk ${his.code}`);
    await own.sees(/Terhubung: .* Budi/);
    // A new account takes the place of the old one.
    const next = at.tg.resident({ id: 800_005 });
    await next.says(`/masuk ${await code()}`);
    await next.sees(/Terhubung/);
    expect(await contacts()).toHaveLength(2);
  });

  it('is not to be guessed: after ten wrong codes none is looked at for a while, from that account alone', async () => {
    const { at, code, contacts } = await open();
    const guesser = at.tg.resident({ id: 800_010 });
    for (let tries = 0; tries < tryLimit.failures; tries += 1) {
      await guesser.says(`/masuk ABCD-234${tries}`);
      await guesser.sees(/Kode ini salah/);
    }
    const good = await code();
    at.room.clock.set('2026-11-24T10:10:00+08:00');
    await guesser.says(`/masuk ${good}`);
    await guesser.sees(/terlalu banyak kode yang salah.*Coba lagi .*10\.15 WITA/);
    expect(await contacts()).toEqual([]);
    // A restart forgets nothing.
    await at.room.restarts();
    await guesser.says(`/masuk ${good}`);
    await guesser.sees(/terlalu banyak/);
    const colleague = at.tg.resident({ id: 800_011 });
    await colleague.says(`/masuk ${good}`);
    await colleague.sees(/Terhubung/);
    at.room.clock.advance(tryLimit.windowMs);
    await guesser.says(`/masuk ${await code()}`);
    await guesser.sees(/Terhubung/);
    expect(at.room.logged.join('')).not.toContain(good);
  });

  it('on the desk: makes a code, shows the link, lets go of it', async () => {
    const desk = await openDesk(store);
    const ana = await desk.officer('Ana');
    const linked = async () =>
      ((await (await ana.get('/me/telegram')).json()) as { linkedAt: string | null }).linkedAt;
    expect(await linked()).toBeNull();
    const made = (await (await ana.post('/me/telegram/code')).json()) as { code: string; minutes: number };
    expect(made).toEqual({ code: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/) as string, minutes: 15 });
    const rows = await desk.db.query<{ row: string }>(`SELECT t::text AS row FROM officer_code t`);
    expect(rows.rows.map(({ row }) => row).join()).not.toContain(made.code);
    await desk.db.query(
      `INSERT INTO officer_contact (officer_id, kind, value_hash, value_sealed, created_at) VALUES ($1, 'telegram', $2, $2, $3)`,
      [ana.id, new Uint8Array([1]), desk.clock.now()],
    );
    expect(await linked()).toBe(desk.clock.now().toISOString());
    expect((await ana.post('/me/telegram/unlink')).status).toBe(200);
    expect(await linked()).toBeNull();
    expect((await desk.db.query(`SELECT 1 FROM officer_code`)).count).toBe(0);
    const analyst = await desk.officer('Citra', 'analyst');
    expect((await analyst.post('/me/telegram/code')).status).toBe(403);
  });
});
