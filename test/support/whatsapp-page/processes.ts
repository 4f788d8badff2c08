import { readdir, readFile } from 'node:fs/promises';

/** The browser processes (not their children) that have this directory's profile open. */
export async function chromiumPids(dataDir: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(`--user-data-dir=${dataDir}`) && !command.includes('--type='))
      found.push(Number(name));
  }
  return found;
}
