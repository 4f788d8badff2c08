import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLetterFolder } from '../../../src/mail/letter-folder.ts';
import { createSmtpMailer, resultOf } from '../../../src/mail/smtp-mailer.ts';

const letter = {
  to: 'dinsos@kupang.test',
  subject: 'Rujukan CRH-4K7Q2M dari Ruang Curhat Bestie: „é”',
  text: 'Yth. Dinas Sosial\n\n    Kode: CRH-4K7Q2M\n.\nSatu titik di atas.',
  messageId: '<3f0c@bestie.test>',
};

describe('letters in a folder', () => {
  it('are whole, plain, closed to others, and one file however often they are put there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bestie-mail-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const letters = createLetterFolder({ folder: join(folder, 'mail'), publicUrl: 'https://bestie.test' });
    await letters.put(letter);
    await letters.put(letter);
    expect(await readdir(join(folder, 'mail'))).toEqual(['3f0c@bestie.test.eml']);
    const path = join(folder, 'mail', '3f0c@bestie.test.eml');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const text = await readFile(path, 'utf8');
    expect(text).toContain('Message-ID: <3f0c@bestie.test>\r\n');
    expect(text).toContain('From: Ruang Curhat Bestie <bestie@bestie.test>\r\n');
    expect(text).toContain('To: dinsos@kupang.test\r\n');
    expect(text).toContain('Auto-Submitted: auto-generated\r\n');
    expect(text).toContain('X-Unsent: 1\r\n');
    expect(text).toMatch(/Content-Type: text\/plain; charset=utf-8/);
    expect(text).not.toMatch(/text\/html|multipart/);
  });

  it('cannot be led out of it, nor into another header, by what is in a letter', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bestie-mail-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const letters = createLetterFolder({ folder, publicUrl: 'https://bestie.test' });
    await letters.put({
      ...letter,
      messageId: '<../../etc/x@bestie.test>',
      subject: 'Rujukan\r\nBcc: everybody@kupang.test',
      to: 'a@kupang.test\r\nBcc: else@kupang.test',
    });
    const [name = ''] = await readdir(folder);
    expect(name).toBe('....etcx@bestie.test.eml');
    const [head = ''] = (await readFile(join(folder, name), 'utf8')).split('\r\n\r\n');
    expect(head).not.toMatch(/^Bcc:/im);
  });

  it('are taken away when they wait no longer; what lies there beside them stays', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bestie-mail-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const letters = createLetterFolder({ folder, publicUrl: 'https://bestie.test' });
    const [one, other] = ['0b54c1d4-6f7e-4c0e-9d5e-2f1f6f0e7a11', '7c1c3f62-11d3-4a5c-8a0b-7e2b0f9f0b22'];
    for (const id of [one, other]) await letters.put({ ...letter, messageId: `<${id}@bestie.test>` });
    await writeFile(join(folder, 'catatan.eml'), 'x');
    const asked: string[] = [];
    await letters.tidy(async (ids) => {
      asked.push(...ids);
      return [one];
    });
    expect(asked.sort()).toEqual([one, other]);
    expect((await readdir(folder)).sort()).toEqual([`${other}@bestie.test.eml`, 'catatan.eml']);
    // Before the first letter there is no folder.
    await createLetterFolder({ folder: join(folder, 'none'), publicUrl: 'https://bestie.test' }).tidy(
      async () => [],
    );
  });
});

describe('what a mail server says', () => {
  const failure = (fields: object) => Object.assign(new Error('x'), fields);

  it.each([
    [
      'no such mailbox',
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, permanent: true },
      'refused',
    ],
    ['the letter is not wanted', { code: 'EMESSAGE', command: 'DATA', permanent: true }, 'refused'],
    ['no address at all', { code: 'EENVELOPE', command: 'API' }, 'refused'],
    [
      'come back later',
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451, permanent: false },
      'retry',
    ],
    ['our sender is not allowed', { code: 'EENVELOPE', command: 'MAIL FROM', permanent: true }, 'retry'],
    ['our password is wrong', { code: 'EAUTH', responseCode: 535, permanent: true }, 'retry'],
    ['nobody is there', { code: 'ESOCKET' }, 'retry'],
    ['it takes too long', { code: 'ETIMEDOUT' }, 'retry'],
  ])('%s', (_name, fields, kind) => {
    expect(resultOf(failure(fields)).kind).toBe(kind);
  });

  it('when there is no server: later', async () => {
    // A port that was just free: nothing listens there.
    const server = createServer();
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => void server.close(done));
    const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${port}`, from: 'bestie@kupang.test' });
    expect(await mailer.send(letter)).toMatchObject({
      kind: 'retry',
      reason: expect.stringMatching(/ECONN/) as string,
    });
  });
});
