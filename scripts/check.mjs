// `npm run check`: format, lint with types, types. Import rules and the like are tests (test/architecture.test.ts).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare(['install', 'generate']);
const bin = (name) => join(root, 'node_modules', '.bin', name);
/** @type {Array<[string, string, string[]]>} */
const checks = [
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings']],
  ['types', bin('tsc'), ['--noEmit', '-p', '.']],
  ['types of the desk', bin('tsc'), ['--noEmit', '-p', 'src/desk/web']],
  ["types of the desk's worker", bin('tsc'), ['--noEmit', '-p', 'src/desk/web/worker']],
  ['types of the web chat', bin('tsc'), ['--noEmit', '-p', 'bots/web/page']],
  [
    'imports',
    process.execPath,
    [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '-c', 'test/architecture.config.ts'],
  ],
];
const failed = [];
for (const [name, program, args] of checks) {
  const folder = args.at(-1);
  if (args.includes('-p') && !existsSync(join(root, folder))) continue;
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  process.stdout.write(`check: ${name} ${status === 0 ? 'ok' : 'FAILED'}\n`);
  if (status !== 0) failed.push(name);
}
process.exitCode = failed.length > 0 ? 1 : 0;
