import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { basename, join } from 'node:path';
import { build } from 'vite';
import { projectFolder } from '../../src/ops/project-folder.ts';

/**
 * Bundles a TypeScript file (packages stay outside) to where `node` can run it, for tests that need a process
 * of their own to kill. Returns the script's path.
 */
export async function bundleTypescript(file: string): Promise<string> {
  const outDir = join(projectFolder(), 'node_modules', '.bestie-test', 'bundles');
  const name = `${basename(file).replace(/\.ts$/, '')}-${process.pid}.mjs`;
  await build({
    root: projectFolder(),
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: file,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: name } },
    },
  });
  return join(outDir, name);
}

export function spawnScript(
  script: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  return spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'], ...options });
}
