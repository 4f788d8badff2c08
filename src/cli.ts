import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { closeDay, openDay } from './actions/close-day.ts';
import { createOfficer } from './actions/create-officer.ts';
import type { OfficerRole } from './actions/create-officer.ts';
import { asJsonLines, exportCorrections } from './actions/export-corrections.ts';
import { importClosures } from './actions/import-closures.ts';
import { ensureSetupLink, makeSetupLink, setupPath } from './actions/setup-link.ts';
import { makeBackup, restore } from './backup-command.ts';
import { readHolidayFile } from './domain/holiday-file.ts';
import { addMonths, formatDay } from './domain/wita.ts';
import { readEnv } from './env.ts';
import { readLastClosed, readTrends } from './insight/read-trends.ts';
import { trendCsv } from './insight/trend-csv.ts';
import { trendText } from './insight/trend-text.ts';
import { examine } from './ops/doctor.ts';
import { systemClock } from './ops/clock.ts';
import { createLog } from './ops/log.ts';
import { OperatorError } from './ops/operator-error.ts';
import { projectFolder } from './ops/project-folder.ts';
import { createChangeFeed } from './store/change-feed.ts';
import { assertKeysFit } from './store/key-marks.ts';
import { loadKeyRing } from './store/key-ring.ts';
import { assertMigrated, migrate, readMigrations } from './store/migrate.ts';
import { openDatabase } from './store/open-database.ts';
import { loadRoomFacts } from './store/room-facts.ts';
import { createTransact } from './store/transact.ts';
import type { Transact } from './store/transact.ts';
import type { Database } from './store/database.ts';
import { createVault } from './store/vault.ts';
import { report, type LabelledLine } from './understanding/report.ts';
import { readLine, readObject, understandLine } from './understanding/understand.ts';

export const roles = ['web', 'worker', 'telegram', 'whatsapp'] as const;
export type Role = (typeof roles)[number];

/** The shell's face: `npm start -- <command>`, which reads .env. Without a command it starts; no other makes a database. */
export function createCli(given: { start: (roles: ReadonlySet<Role>) => Promise<void> }): Command {
  const program = new Command('npm start --').description(
    'Ruang Curhat Bestie: the room on Telegram, WhatsApp and the web',
  );

  program
    .command('start', { isDefault: true })
    .description('run until stopped; all roles, or those named')
    .option('--role <roles>', `of ${roles.join(', ')}, parted by commas`, readRoles, [...roles])
    .action(async ({ role }: { role: Role[] }) => given.start(new Set(role)));

  program
    .command('migrate')
    .description('bring the database to this version')
    .action(async () => {
      const env = readEnv();
      const log = createLog({ level: 'warn' });
      const given = { databaseUrl: env.DATABASE_URL, dataDir: resolve(env.DATA_DIR), log };
      const opened = await openDatabase({ ...given, mustExist: true });
      try {
        const applied = await migrate(opened.db, { log });
        say(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The database is up to date.');
      } finally {
        await opened.close();
      }
    });

  program
    .command('backup <folder>')
    .description('copy the database and the files, not the keys, into a new folder; Bestie may run meanwhile')
    .action(async (folder: string) => say(await makeBackup(readEnv(), folder)));
  program
    .command('restore <folder>')
    .description('put a backup back, where there is no database yet')
    .action(async (folder: string) => say(await restore(readEnv(), folder)));

  const officer = program.command('officer').description('the people of the desk');
  officer
    .command('add')
    .requiredOption('--login <login>')
    .requiredOption('--name <name>')
    .addOption(
      new Option('--role <role>').choices(['officer', 'supervisor', 'admin', 'analyst']).default('officer'),
    )
    .description('add one; prints the one-time link to choose a password')
    .action((input: { login: string; name: string; role: OfficerRole }) =>
      withDatabase(async ({ transact, publicUrl }) => {
        const made = await transact((tx) => createOfficer(tx, { ...input, byOfficerId: null }));
        if (made.kind === 'login_taken')
          throw new OperatorError(`There is an officer with the login ${input.login} already.`);
        say(
          `${input.name} chooses a password here (once, 72 hours):\n${publicUrl}${setupPath}#${made.token}`,
        );
      }),
    );
  officer
    .command('list')
    .description('who there is')
    .action(() =>
      withDatabase(async ({ db }) => {
        const { rows } = await db.query<{ login: string; name: string; role: string; is_active: boolean }>(
          `SELECT login, name, role, is_active FROM officer ORDER BY role, name`,
        );
        for (const row of rows)
          say(`${row.login}\t${row.role}\t${row.name}${row.is_active ? '' : '\t(inactive)'}`);
        if (rows.length === 0)
          say('Nobody yet. `npm start -- setup-link` prints the link for the first admin.');
      }),
    );
  officer
    .command('reset <login>')
    .description('print a one-time link to choose a new password')
    .action((login: string) =>
      withDatabase(async ({ transact, publicUrl }) => {
        const token = await transact(async (tx) => {
          const { rows } = await tx.query<{ id: string }>(
            `SELECT id FROM officer WHERE lower(login) = lower($1)`,
            [login],
          );
          return rows[0] ? makeSetupLink(tx, { purpose: 'reset', officerId: rows[0].id }) : null;
        });
        if (!token) throw new OperatorError(`There is no officer with the login ${login}.`);
        say(`${publicUrl}${setupPath}#${token}`);
      }),
    );

  program
    .command('setup-link')
    .description('print the one-time link that makes the first admin')
    .action(() =>
      withDatabase(async ({ transact, publicUrl }) => {
        const link = await transact(ensureSetupLink);
        say(
          link
            ? `${publicUrl}${link.path}`
            : 'There are officers already; an admin invites more, or use `npm start -- officer reset`.',
        );
      }),
    );

  const closure = program.command('closure').description('days on which the room is closed');
  closure
    .command('list')
    .description('from today on')
    .action(() =>
      withDatabase(async ({ db }) => {
        const { rows } = await db.query<{ day: string; name: string; kind: string }>(
          `SELECT day, name, kind FROM closure WHERE day >= $1 ORDER BY day`,
          [systemClock.now().toISOString().slice(0, 10)],
        );
        for (const row of rows) say(`${row.day}\t${formatDay(row.day, 'id')}\t${row.name} (${row.kind})`);
      }),
    );
  closure
    .command('add <day> <name...>')
    .description('close a day (yyyy-mm-dd); everybody booked on it is told by the running Bestie')
    .action((day: string, name: string[]) =>
      withDatabase(async ({ db, transact }) => {
        const { calendar } = await loadRoomFacts(db);
        const closed = await transact((tx) =>
          closeDay(tx, { day: readDay(day), name: name.join(' '), officerId: null, calendar }),
        );
        if (closed.kind === 'already_closed')
          throw new OperatorError(`${day} is closed already: ${closed.name}.`);
        say(`Closed. ${closed.told} residents are told.`);
        if (closed.withoutPhone.length > 0)
          say(`Without a chat, call them: ${closed.withoutPhone.join(', ')}`);
      }),
    );
  closure
    .command('import <file>')
    .description(
      'add closed days from a CSV of day, kind, name (kind: libur_nasional, cuti_bersama or admin); everybody booked on them is told',
    )
    .action((file: string) =>
      withDatabase(async ({ db, transact }) => {
        const { days, faults } = readHolidayFile(readFileSync(file));
        if (faults.length > 0) {
          const lines = faults.map(({ line, sentence }) => `  baris ${line}: ${sentence}`).join('\n');
          throw new OperatorError(`Nothing was imported. ${file} has lines that cannot be used:\n${lines}`);
        }
        const { calendar } = await loadRoomFacts(db);
        const done = await transact((tx) => importClosures(tx, { days, officerId: null, calendar }));
        say(
          `${done.added} days added, ${done.known} known already, ${done.past} past. ${done.told} residents are told.`,
        );
        if (done.withoutPhone.length > 0) say(`Without a chat, call them: ${done.withoutPhone.join(', ')}`);
      }),
    );
  closure
    .command('remove <day>')
    .description('open a day again')
    .action((day: string) =>
      withDatabase(async ({ transact }) => {
        const opened = await transact((tx) => openDay(tx, { day: readDay(day), officerId: null }));
        say(opened.kind === 'opened' ? 'Open again.' : 'It was not closed.');
      }),
    );

  program
    .command('report')
    .description(
      'print the trends of a month, a quarter or a year: what troubles the city, with nobody in it',
    )
    .addOption(new Option('--month <month>', 'like 2026-11; the last closed one if nothing is said'))
    .addOption(new Option('--quarter <quarter>', 'like 2026-4').conflicts('month'))
    .addOption(new Option('--year <year>', 'like 2026').conflicts(['month', 'quarter']))
    .option('--csv', 'as a table, one figure a line')
    .action((asked: { month?: string; quarter?: string; year?: string; csv?: true }) =>
      withDatabase(async ({ db }) => {
        const period = readPeriod(asked) ?? (await lastClosed(db));
        const { report: trends, months, agencyNames } = await readTrends(db, period);
        say(asked.csv ? trendCsv(months, agencyNames).trimEnd() : trendText(trends));
      }),
    );

  program
    .command('understand')
    .description('read JSON lines {id,text,now}, write what is understood of each')
    .option('--report <file>', 'print precision, recall and confusion for a labelled file')
    .action(async ({ report: file }: { report?: string }) => {
      // A bad line is told of and passed over: a file of thousands must not end at its second line.
      const tell = (at: number, why: string): void => {
        process.stderr.write(`bestie: line ${at} was left out: ${why}.\n`);
        process.exitCode = 1;
      };
      if (file) {
        const labelled: LabelledLine[] = [];
        readText(file)
          .split('\n')
          .forEach((json, at) => {
            if (json.trim() === '') return;
            const read = readObject(json);
            if (read.kind === 'bad') tell(at + 1, read.why);
            // A line without a text heads the file.
            else if (typeof read.line['text'] === 'string') labelled.push(read.line as LabelledLine);
          });
        return say(report(labelled));
      }
      let at = 0;
      for await (const json of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
        at += 1;
        if (json.trim() === '') continue;
        const read = readLine(json);
        if (read.kind === 'bad') tell(at, read.why);
        else say(JSON.stringify(understandLine(read.line)));
      }
    });

  program
    .command('corrections')
    .description('what officers corrected')
    .command('export <file>')
    .description(
      'write them as training lines, without identities; look through them before they go anywhere',
    )
    .action((file: string) =>
      withDatabase(async ({ transact }) => {
        const lines = await transact((tx) => exportCorrections(tx, { officerId: null }));
        writeFileSync(file, asJsonLines(lines), { mode: 0o600 });
        say(`${lines.length} lines in ${file}.`);
      }),
    );

  program
    .command('doctor')
    .description('say what is well and what is not')
    .action(async () => {
      const { lines, isWell } = await examine(readEnv(), projectFolder());
      for (const line of lines) say(line);
      if (!isWell) process.exitCode = 1;
    });
  return program;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new OperatorError(`${file} cannot be read${code === 'ENOENT' ? ': there is no such file' : ''}.`);
  }
}

type Opened = { db: Database; transact: Transact; publicUrl: string };

/** Opens the database, which a start has made, for one command. What the command rings for, the running Bestie's sweep finds. */
async function withDatabase(run: (opened: Opened) => Promise<void>): Promise<void> {
  const env = readEnv();
  const log = createLog({ level: 'warn' });
  const dataDir = resolve(env.DATA_DIR);
  const opened = await openDatabase({ databaseUrl: env.DATABASE_URL, dataDir, log, mustExist: true });
  try {
    await assertMigrated(opened.db, readMigrations(join(projectFolder(), 'prisma', 'migrations')));
    const keyRing = loadKeyRing({ bestieKeys: env.BESTIE_KEYS, dataDir, log, mustExist: true });
    await assertKeysFit(opened.db, keyRing);
    const vault = createVault(keyRing);
    const changes = await createChangeFeed(opened.db, () => undefined);
    const transact = createTransact({
      db: opened.db,
      vault,
      clock: systemClock,
      afterCommit: (after) => after.changes.forEach(changes.publish),
    });
    await run({ db: opened.db, transact, publicUrl: env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}` });
    await changes.close();
  } finally {
    await opened.close();
  }
}

type Period = { from: string; to: string };

function readPeriod(asked: { month?: string; quarter?: string; year?: string }): Period | null {
  const { month, quarter, year } = asked;
  if (month !== undefined) {
    if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(month))
      throw new OperatorError(`${month} is not a month; write it as 2026-11.`);
    return { from: month, to: month };
  }
  if (quarter !== undefined) {
    const [, of, at] = /^(20\d\d)-([1-4])$/.exec(quarter) ?? [];
    if (of === undefined) throw new OperatorError(`${quarter} is not a quarter; write it as 2026-4.`);
    const to = addMonths(`${of}-01`, Number(at) * 3 - 1);
    return { from: addMonths(to, -2), to };
  }
  if (year === undefined) return null;
  if (!/^20\d\d$/.test(year)) throw new OperatorError(`${year} is not a year; write it as 2026.`);
  return { from: `${year}-01`, to: `${year}-12` };
}

async function lastClosed(db: Database): Promise<Period> {
  const month = await readLastClosed(db);
  if (month === null)
    throw new OperatorError('No month is closed yet; one is counted on the first night after it.');
  return { from: month, to: month };
}

function readRoles(text: string): Role[] {
  const named = text.split(',').map((one) => one.trim());
  const unknown = named.find((one) => !roles.some((role) => role === one));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no role ${unknown}; there are ${roles.join(', ')}.`);
  return roles.filter((role) => named.includes(role));
}

function readDay(text: string): string {
  const day = z.iso.date().safeParse(text);
  if (!day.success) throw new OperatorError(`${text} is not a day; write it as 2026-12-24.`);
  return day.data;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
