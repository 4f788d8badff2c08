import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadWords } from '../../flows/words/load-words.ts';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { openRoom } from '../support/room.ts';
import { describeOnEachStore } from '../support/stores.ts';

describeOnEachStore('plain English', (store) => {
  it('as the first word is answered in English, from the consent to the booking', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('I want to book an appointment on Monday at 9').sees(/Do you agree\?/);
    await ana.says('yes').sees(/Monday, 30 November 2026, 09\.00 WITA\. Shall I book it\?/);
    const text = loadWords(join(projectFolder(), 'flows', 'words'))('en')('consent');
    expect(await room.rows(`SELECT text_version, text_hash FROM consent`)).toEqual([
      { text_version: '1.en', text_hash: createHash('sha256').update(text).digest('hex') },
    ]);
    await ana.says('monday 30 november 9am').sees(/Shall I book it/);
    await ana.says('yes').sees(/Your booking is made/);
    await ana.says('what time do you open').sees(/The room is open every/);
    await ana.says('can I come without an appointment?').sees(/without an appointment/);
    await ana.says('who reads my messages?').sees(/every reading is recorded/);
    await ana.says('change my booking').sees(/Which day suits you/);
    await ana.says('never mind').sees(/we leave that/);
    await ana.says('cancel my booking').sees(/Cancel booking BST-/);
    await ana.says('yes').sees(/is cancelled/);
    await ana.says('how long do I have to wait').sees(/on record/);
    await ana.says('bahasa indonesia').sees(/lanjut dalam Bahasa Indonesia/);
    await ana.says('what time do you open').sees(/Ruang Curhat buka/);
  });

  it('does not consent to a text in another language: the question is asked anew', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana.says('hi').sees(/Setuju\?/);
    await ana.says('I agree to this, can you speak english').sees(/Do you agree\?/, /What we keep/);
    expect(await room.rows(`SELECT 1 FROM consent`)).toEqual([]);
    await ana.says('is this free?').sees(/It is free/, /Do you agree\?/);
    await ana.says('I agree').sees(/Thank you for your trust/);
    expect(await room.rows(`SELECT text_version FROM consent`)).toEqual([{ text_version: '1.en' }]);
  });

  it('is not guessed where the platform or the resident has said otherwise, nor from a few words', async () => {
    const room = await openRoom(store);
    const ana = room.resident();
    await ana
      .sends({ kind: 'text', text: 'hello, where is the office of this room' }, { languageHint: 'id' })
      .sees(/Alamat:/);
    await ana.says('how long is the meeting here?').sees(/Satu pertemuan/);
    await ana.says('/start').sees(/Setuju\?/);
    await ana.says('english please').sees(/Do you agree\?/);
    const budi = room.resident();
    await budi.says('hello').sees(/Setuju\?/);
    await budi.says('thanks admin').sees(/Setuju\?/);
    await budi.says('bahasa indonesia').sees(/lanjut dalam Bahasa Indonesia/, /Setuju\?/);
    await budi.says('is this for free here?').sees(/Gratis/, /Setuju\?/);
  });

  it('in a web chat whose visitor pressed no language, danger too', async () => {
    const room = await openRoom(store, { residentsOn: 'web' });
    const ana = room.resident();
    await ana
      .says('my husband beats me every night and I am scared')
      .sees(/is not your fault|Are you safe/, /24 hours/);
    ana.seesNoneOf(/24 jam|Polisi|bukan salah Anda/);
  });

  it('is no question that shuts out the next: what is no language lets it go', async () => {
    const room = await openRoom(store);
    const ana = await room.resident().agrees();
    await ana.says('/bahasa').sees(/Which language/);
    await ana.says('bayar ko?').sees(/gratis|biaya/i);
    ana.seesNoneOf(/Which language/);
    await ana.says('lampu jalan di depan rumah mati').sees(/Saya dengarkan/);
    await ana.says('/bahasa').sees(/Which language/);
    await ana.says('sudah dua bulan begini terus').sees(/\[Selesai\]/);
    await ana.says('selesai').sees(/2 pesan tulisan/);
  });
});
