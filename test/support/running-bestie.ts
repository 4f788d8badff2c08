import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectFolder } from '../../src/ops/project-folder.ts';

/** Bestie as an operator runs it: the built program in a process of its own. */
export type RunningBestie = {
  readonly url: string;
  /** The first admin's one-time link, if this start printed one. */
  readonly setupLink: string | null;
  /** All it printed. */
  readonly output: () => string;
  /** SIGKILL: nothing is finished, nothing is said goodbye to. */
  kill(): Promise<void>;
  /** SIGTERM, as a service manager does; resolves with the exit code. */
  stop(): Promise<number | null>;
};

/** Starts it and resolves when it says that it is ready; rejects with its output when it ends before. */
export async function runBestie(env: Record<string, string>): Promise<RunningBestie> {
  const port = env['PORT'] ?? String(await freePort());
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', join(projectFolder(), 'dist', 'src', 'main.js')],
    {
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', PORT: port, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const lines: string[] = [];
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const keepLast = () => child.kill('SIGKILL');
  process.once('exit', keepLast);
  void ended.then(() => process.off('exit', keepLast));
  await new Promise<void>((ready, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (line.includes('Bestie is ready')) ready();
      });
    }
    void ended.then((code) => failed(new Error(`Bestie ended with ${code}:\n${lines.join('\n')}`)));
  });
  const link = lines.find((line) => line.includes('/desk/mulai#'));
  return {
    url: `http://127.0.0.1:${port}`,
    setupLink: link?.trim() ?? null,
    output: () => lines.join('\n'),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => done(port));
    });
  });
}
