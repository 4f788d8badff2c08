import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { dutyOn } from '../domain/duty.ts';
import type { DutyRow } from '../domain/duty.ts';
import { dayOf } from '../domain/wita.ts';
import type { Env } from '../env.ts';
import { verifyMailServer } from '../mail/smtp-mailer.ts';
import type { Queryable } from '../store/database.ts';
import { FolderInUse } from '../store/folder-lock.ts';
import { assertKeysFit } from '../store/key-marks.ts';
import { loadKeyRing } from '../store/key-ring.ts';
import type { KeyRing } from '../store/key-ring.ts';
import { assertMigrated, readMigrations } from '../store/migrate.ts';
import { openDatabase } from '../store/open-database.ts';
import { backupFolder, nightlyBackups } from './backup-folder.ts';
import { systemClock } from './clock.ts';
import { createLog } from './log.ts';

export type Finding = { isWell: boolean; text: string };

/** Whether danger would reach a person today, outside the desk. */
export async function lookAtOnCall(db: Queryable, now: Date): Promise<Finding> {
  const { rows: officers } = await db.query<{ id: string; name: string; role: string; has_way: boolean }>(
    `SELECT o.id, o.name, o.role,
            EXISTS (SELECT 1 FROM officer_contact k WHERE k.officer_id = o.id AND k.failed_at IS NULL) AS has_way
       FROM officer o WHERE o.is_active AND o.role <> 'analyst' ORDER BY o.name`,
  );
  const { rows } = await db.query<DutyRow>(
    `SELECT officer_id AS "officerId", weekday, session_date AS "sessionDate", is_in_room AS "isInRoom",
            on_call_rank AS "onCallRank" FROM duty`,
  );
  if (officers.length === 0) return { isWell: true, text: 'On call: there are no officers yet' };
  const listed = new Set(dutyOn(rows, dayOf(now)).onCall.map(({ officerId }) => officerId));
  const onCall = officers.filter(({ id }) => listed.has(id));
  const called =
    onCall.length > 0 ? onCall : officers.filter(({ role }) => role === 'supervisor' || role === 'admin');
  const mute = called.filter((officer) => !officer.has_way).map(({ name }) => name);
  const where = 'put them down on the desk (Pengaturan, Piket; contacts under Saya)';
  if (mute.length === called.length)
    return { isWell: false, text: `On call: NOBODY WOULD HEAR OF DANGER today outside the desk; ${where}` };
  if (onCall.length === 0)
    return {
      isWell: false,
      text: `On call: nobody is down for today, supervisors and admins are called instead; ${where}`,
    };
  if (mute.length > 0)
    return { isWell: false, text: `On call: ${mute.join(', ')} cannot be reached; ${where}` };
  return { isWell: true, text: `On call: ${onCall.map(({ name }) => name).join(', ')}` };
}

/** Letters to agencies that nothing but an officer's hand sends. */
export async function countWaitingLetters(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*) AS count FROM agency_letter WHERE status = 'by_hand'`,
  );
  return rows[0]?.count ?? 0;
}

const dayMs = 24 * 60 * 60 * 1000;

/** When the embedded database was last backed up by the night. Throws when that is long ago. */
async function describeNightly(dataDir: string, now: Date): Promise<string> {
  const newest = (await nightlyBackups(dataDir)).at(-1);
  const where = backupFolder(dataDir);
  if (newest === undefined)
    return `none yet in ${where}; the first is made in the night. And elsewhere? (npm start -- backup FOLDER)`;
  const { mtime } = await stat(join(where, newest));
  if (now.getTime() - mtime.getTime() > 2 * dayMs)
    throw new Error(`the newest, ${join(where, newest)}, is of ${mtime.toISOString()}; the log says why`);
  return `${join(where, newest)}; is there one on another disk? (npm start -- backup FOLDER)`;
}

/** Looks at everything that Bestie needs, and says of each in a line whether it is well and what to do if not. */
export async function examine(
  env: Env,
  projectFolder: string,
): Promise<{ lines: string[]; isWell: boolean }> {
  const log = createLog({ level: 'silent' });
  const dataDir = resolve(env.DATA_DIR);
  const findings: Finding[] = [];
  const check = async (name: string, run: () => Promise<string> | string): Promise<void> => {
    try {
      findings.push({ isWell: true, text: `${name}: ${await run()}` });
    } catch (error) {
      findings.push({
        isWell: false,
        text: `${name}: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  };

  let keyRing: KeyRing | null = null;
  await check('Keys', () => {
    keyRing = loadKeyRing({ bestieKeys: env.BESTIE_KEYS, dataDir, log, mustExist: true });
    return env.BESTIE_KEYS
      ? 'from BESTIE_KEYS'
      : `${join(dataDir, 'keys')}; is there a copy of it elsewhere?`;
  });
  let onCall: Finding | null = null;
  let waitingLetters = 0;
  await check('Database', async () => {
    const given = { databaseUrl: env.DATABASE_URL, dataDir, log, mustExist: true };
    const opened = await openDatabase(given).catch((error: unknown) => {
      if (error instanceof FolderInUse) return error;
      throw error;
    });
    if (opened instanceof FolderInUse) {
      onCall = {
        isWell: true,
        text: 'On call: the desk says (Piket); from here it shows only while Bestie is stopped',
      };
      return `pglite in ${join(dataDir, 'db')}, in use by the running Bestie (process ${opened.pid})`;
    }
    try {
      await assertMigrated(opened.db, readMigrations(join(projectFolder, 'prisma', 'migrations')));
      if (keyRing) await assertKeysFit(opened.db, keyRing);
      onCall = await lookAtOnCall(opened.db, systemClock.now());
      waitingLetters = await countWaitingLetters(opened.db);
      return `${opened.db.engine}, up to date`;
    } finally {
      await opened.close();
    }
  });
  if (onCall) findings.push(onCall);
  if (!env.DATABASE_URL && existsSync(join(dataDir, 'db')))
    await check('Backup', () => describeNightly(dataDir, systemClock.now()));
  await check('Queue', async () => {
    if (!env.REDIS_URL) return 'in the database';
    const redis = new Redis(env.REDIS_URL, {
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    try {
      await redis.connect();
      const [, policy] = await redis.config('GET', 'maxmemory-policy');
      if (policy !== 'noeviction')
        throw new Error(`Redis may throw jobs away: set maxmemory-policy to noeviction (it is ${policy})`);
      return 'Redis';
    } finally {
      redis.disconnect();
    }
  });
  await check('Telegram', async () => {
    if (!env.TELEGRAM_BOT_TOKEN) return 'off (TELEGRAM_BOT_TOKEN is not set)';
    const answer = await fetch(`${env.TELEGRAM_API_ROOT}/bot${env.TELEGRAM_BOT_TOKEN}/getMe`).catch(
      () => null,
    );
    if (!answer) throw new Error(`${env.TELEGRAM_API_ROOT} cannot be reached`);
    if (!answer.ok) throw new Error(`the token was refused (${answer.status}); get it from @BotFather again`);
    return 'reachable';
  });
  await check('WhatsApp', () => {
    if (env.WHATSAPP_MODE === 'off') return 'off';
    if (env.WHATSAPP_MODE === 'cloud') return 'official API';
    const browser = env.PUPPETEER_EXECUTABLE_PATH ?? '/usr/bin/chromium';
    if (!existsSync(browser))
      throw new Error(`no browser at ${browser}: apt install chromium, or set PUPPETEER_EXECUTABLE_PATH`);
    return `web, with ${browser}`;
  });
  await check('Letters', async () => {
    const waiting = waitingLetters === 0 ? 'none waits now' : `${waitingLetters} wait now`;
    const links = env.PUBLIC_URL ? '' : '; their links open on this machine alone (PUBLIC_URL is not set)';
    if (!env.SMTP_URL)
      return `wait on the desk (Rujukan) until an officer has sent each by hand, ${waiting} (SMTP_URL is not set)${links}`;
    await verifyMailServer(env.SMTP_URL);
    return waitingLetters === 0
      ? `the mail server answers${links}`
      : `the mail server answers; on the desk (Rujukan) ${waiting} to be sent by hand${links}`;
  });
  return {
    lines: findings.map(({ isWell, text }) => `${isWell ? 'ok ' : 'BAD'}  ${text}`),
    isWell: findings.every((finding) => finding.isWell),
  };
}
