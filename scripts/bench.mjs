// `npm run bench`: everything that a fresh clone lacks, then the bench, bundled to where node can run it.
import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
const { build } = await import('vite');
const folder = join(root, 'test', 'bench');
const outDir = join(root, 'node_modules', '.bestie-test', `bench-${process.pid}`);
const entries = readdirSync(folder).filter((name) => /^(run|load|floor)\.ts$|\.bench\.ts$/.test(name));
await build({
  root,
  configFile: false,
  logLevel: 'error',
  build: {
    ssr: true,
    outDir,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: {
      input: Object.fromEntries(entries.map((name) => [name.replace(/\.ts$/, ''), join(folder, name)])),
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunk-[hash].mjs' },
    },
  },
});
const child = spawn(process.execPath, [join(outDir, 'run.mjs'), ...process.argv.slice(2)], {
  cwd: process.cwd(),
  stdio: 'inherit',
});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// Ctrl-C reaches the bench by itself; this one only has to outlive it.
process.on('SIGINT', () => {});
child.on('exit', (code) => {
  rmSync(outDir, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});
