// `npm run bench`. What it measures stands in docs or in `--help`; how, in measure.ts.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { shown, table, type Figure, type RunFigures } from './figures.ts';
import { measureApp, measureFloor, measureIdle } from './measure.ts';
import type { AppBuild, Bench, IdleFigures } from './measure.ts';
import { readOptions, usage, type BenchOptions } from './options.ts';
import { prepareStore, type StorePair } from './prepared-store.ts';
import { idleFigures, idleTable, rowFigures, rowTable, type Row } from './report.ts';
import { startServers } from './servers.ts';

const benchFolder = dirname(fileURLToPath(import.meta.url));
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const progress = (text: string): void => void process.stderr.write(`bench: ${text}\n`);

async function main(options: BenchOptions): Promise<void> {
  if (options.only !== null) return writeFigures(options, await runOthers(options.only));
  const workFolder = mkdtempSync(join(tmpdir(), 'bestie-bench-'));
  const { servers, missing } = await startServers();
  for (const line of missing) progress(`skipped: ${line}`);
  try {
    const pairs = options.pairs.filter((pair) => pair === 'embedded' || servers);
    const bench: Bench = {
      ...options,
      benchFolder,
      servers,
      keys: `bench:${randomBytes(32).toString('base64')}`,
    };
    const build = async (folder: string): Promise<AppBuild> => ({
      folder,
      store: await prepareStore({ appFolder: folder, workFolder, keys: bench.keys, servers, pairs }),
    });
    const builds = [{ name: '', build: await build(resolve(options.app ?? projectFolder())) }];
    for (const folder of options.beside)
      builds.push({ name: `, ${basename(folder)}`, build: await build(resolve(folder)) });

    const rows: Row[] = [];
    const floors: RunFigures[] = [];
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const mode of options.modes) {
        for (const pair of pairs) {
          progress(`round ${round} of ${options.rounds}: ${pair}, ${mode}`);
          const floor = servers ? await measureFloor(bench, servers) : null;
          if (floor) floors.push(floor);
          for (const { name, build: of } of builds) {
            const row = rowOf(rows, `${pair}, ${mode}${name}`);
            row.runs.push(
              await measureApp(bench, { build: of, pair, mode }).catch((error: unknown) => {
                throw new Error(`${row.name} could not be measured`, { cause: error });
              }),
            );
            if (floor) row.floors.push(floor);
          }
        }
      }
    }
    if (floors.length > 0) rows.unshift({ name: 'floor (http + pg)', runs: floors, floors });
    say(machine(options));
    say(rowTable(rows));

    const idle = options.idle > 0 ? await measureIdleAll(bench, builds, pairs, options) : [];
    if (idle.length > 0) say(`\n${idleTable(idle, options.quietMs)}`);
    const others = options.all ? await runOthers() : [];
    writeFigures(options, [...rows.flatMap(rowFigures), ...idle.flatMap(idleFigures), ...others]);
  } finally {
    await servers?.stop();
    rmSync(workFolder, { recursive: true, force: true });
  }
}

function writeFigures({ json, residents, concurrency, rounds }: BenchOptions, figures: Figure[]): void {
  if (json === null) return;
  const facts = { at: new Date().toISOString(), node: process.version, cpus: cpus().length };
  const written = { ...facts, residents, concurrency, rounds, figures };
  writeFileSync(json, `${JSON.stringify(written, null, 2)}\n`);
}

function rowOf(rows: Row[], name: string): Row {
  const known = rows.find((row) => row.name === name);
  if (known) return known;
  const row: Row = { name, runs: [], floors: [] };
  rows.push(row);
  return row;
}

/** All at the same time: they are idle. */
async function measureIdleAll(
  bench: Bench,
  builds: readonly { name: string; build: AppBuild }[],
  pairs: readonly StorePair[],
  options: BenchOptions,
): Promise<{ name: string; figures: IdleFigures }[]> {
  progress(`idle: ${options.idle} questions, each after ${options.quietMs / 1000} s of quiet`);
  return Promise.all(
    builds.flatMap(({ name, build }) =>
      pairs.map(async (pair) => {
        const given = { build, pair, times: options.idle, quietMs: options.quietMs };
        return { name: `${pair}${name}`, figures: await measureIdle(bench, given) };
      }),
    ),
  );
}

/** The benches beside this one: each file exports a function `bench...` that gives figures. */
async function runOthers(only?: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  const files = readdirSync(benchFolder).filter((name) => name.endsWith('.bench.mjs'));
  const wanted = only === undefined ? files : files.filter((name) => name === `${only}.bench.mjs`);
  if (wanted.length === 0) throw new Error(`No bench is named ${only}.\n\n${usage}`);
  for (const file of wanted) {
    progress(file.replace(/\.bench\.mjs$/, ''));
    const found = (await import(pathToFileURL(join(benchFolder, file)).href)) as Record<string, unknown>;
    for (const [, bench] of Object.entries(found).filter(([name]) => name.startsWith('bench')))
      figures.push(...(await (bench as () => Promise<Figure[]>)()));
  }
  say(`\n${table(figures.map(({ name, value, unit }) => [name, shown(value), unit]))}`);
  return figures;
}

function machine({ residents, concurrency, rounds }: BenchOptions): string {
  const load = readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 2).join(' and ');
  return [
    `Booking dialog of six updates by ${residents} residents, ${concurrency} at a time; medians of ${rounds} rounds.`,
    `${cpus().length} CPUs shared with load, stub and servers; load average ${load}; Node ${process.version}.`,
    `Trust CPU and the ratios to the floor of the same round (x) more than absolutes.`,
    '',
  ].join('\n');
}

const options = readOptions(process.argv.slice(2));
if (options === 'help') say(usage);
else await main(options);
