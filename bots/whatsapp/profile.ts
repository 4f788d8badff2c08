import { chmod, mkdir, readFile, readlink, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Where the library's LocalAuth keeps the Chromium profile below its `dataPath`. */
export function profileDir(dataPath: string): string {
  return join(dataPath, 'session');
}

export type ProfileReady = { ok: true } | { ok: false; reason: string };

/**
 * Makes the profile safe to open: never with a second browser on it, yet not for ever locked by one that is
 * gone. Chromium's lock is a link named `host-pid`.
 */
export async function prepareProfile(dataPath: string): Promise<ProfileReady> {
  await mkdir(dataPath, { recursive: true });
  await chmod(dataPath, 0o700);
  const dir = profileDir(dataPath);
  const holder = await lockHolder(dir);
  if (!holder) return { ok: true };

  // Another host's lock is a container's that was replaced: one process at a time holds this session under
  // the lease in the database, and here that process is us.
  if (holder.host === hostname() && (await usesProfile(holder.pid, dir))) {
    // An orphan's starter died without closing it, and init or some reaper adopted it. A Node that is alive
    // and not us is another Bestie at work.
    if (await isSomebodyElses(holder.pid)) {
      return { ok: false, reason: `the WhatsApp profile is in use by process ${holder.pid}` };
    }
    kill(holder.pid);
    await gone(holder.pid);
  }
  await Promise.all(
    ['SingletonLock', 'SingletonCookie', 'SingletonSocket'].map((name) =>
      rm(join(dir, name), { force: true }),
    ),
  );
  return { ok: true };
}

/** Forgets the pairing. Only called when no browser is open on it. */
export async function wipeProfile(dataPath: string): Promise<void> {
  await rm(profileDir(dataPath), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function lockHolder(dir: string): Promise<{ host: string; pid: number } | null> {
  try {
    const target = await readlink(join(dir, 'SingletonLock'));
    const match = /^(.*)-(\d+)$/.exec(target);
    return match?.[1] !== undefined ? { host: match[1], pid: Number(match[2]) } : null;
  } catch {
    return null;
  }
}

async function usesProfile(pid: number, dir: string): Promise<boolean> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes(dir);
  } catch {
    // No such process, or a system without /proc, where puppeteer's own check has to do.
    return false;
  }
}

async function isSomebodyElses(pid: number): Promise<boolean> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
    if (parent === 1 || parent === process.pid) return false;
    return (await readFile(`/proc/${parent}/cmdline`, 'utf8')).includes('node');
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

async function gone(pid: number): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await delay(20);
  }
}
