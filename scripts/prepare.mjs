// Installs, generates and builds what is not up to date, told by a hash of what goes into each step. Plain
// JavaScript on node alone: it runs on a fresh clone, before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const marks = join(root, 'node_modules', '.bestie');
const bin = (name) => join(root, 'node_modules', '.bin', name);

const steps = {
  install: {
    says: 'installing packages',
    inputs: ['package-lock.json', '.npmrc'],
    output: 'node_modules',
    run: () => run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']),
  },
  generate: {
    says: 'generating the database client',
    inputs: ['package-lock.json', 'prisma/schema.prisma', 'prisma.config.ts'],
    output: 'src/store/prisma-client',
    // Prisma wants to know where its migration engine is, which it would download and which is not used: any
    // program will do.
    run: () => run(bin('prisma'), ['generate'], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }),
  },
  server: {
    says: 'building',
    inputs: ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'src', 'bots', 'flows', 'prisma'],
    output: 'dist/src/main.js',
    run: () => run(bin('tsc'), ['-p', 'tsconfig.build.json']),
  },
  desk: web('src/desk/web', 'dist/desk-web', 'building the desk'),
  chat: web('bots/web/page', 'dist/web-chat', 'building the web chat'),
};

/** @param {Array<keyof typeof steps>} names in order */
export function prepare(names = ['install', 'generate', 'server', 'desk', 'chat']) {
  for (const name of names) {
    const { says, inputs, output, run: act } = steps[name];
    if (!inputs.some((input) => existsSync(join(root, input)))) continue;
    const mark = join(marks, name);
    const hash = hashOf(inputs);
    const isFresh = existsSync(join(root, output)) && existsSync(mark) && readFileSync(mark, 'utf8') === hash;
    if (isFresh) continue;
    process.stderr.write(`bestie: ${says}\n`);
    act();
    mkdirSync(marks, { recursive: true });
    writeFileSync(mark, hash);
  }
}

/** Runs a program to its end; ends this one where it fails. */
export function run(program, args, env = {}) {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    // What tools say goes beside the app's own output, not into it.
    stdio: ['inherit', 2, 2],
    env: {
      ...process.env,
      PUPPETEER_SKIP_DOWNLOAD: '1',
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      ...env,
    },
  });
  if (status === 0) return;
  process.stderr.write(`bestie: ${program} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}\n`);
  process.exit(status || 1);
}

function web(folder, output, says) {
  const config = `${folder}/vite.config.ts`;
  return {
    says,
    inputs: existsSync(join(root, config))
      ? ['package-lock.json', folder, 'src/understanding/data', 'src/domain']
      : [],
    output,
    run: () => run(bin('vite'), ['build', '-c', config, '--logLevel', 'warn']),
  };
}

function hashOf(inputs) {
  const hash = createHash('sha256').update(process.version);
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) if (name !== 'prisma-client') visit(`${path}/${name}`);
    } else {
      hash.update(path).update(readFileSync(full));
    }
  };
  for (const input of inputs) visit(input);
  return hash.digest('hex');
}
