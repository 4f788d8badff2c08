import { parseArgs } from 'node:util';
import type { StorePair } from './prepared-store.ts';

export type BenchOptions = {
  residents: number;
  concurrency: number;
  rounds: number;
  modes: readonly ('webhook' | 'polling')[];
  pairs: readonly StorePair[];
  /** How often an idle app is asked something; 0 leaves that part out. */
  idle: number;
  quietMs: number;
  /** A built checkout to measure instead of this one. */
  app: string | null;
  /** Other built checkouts, measured beside this one in the same rounds. */
  beside: readonly string[];
  /** Where to write V8's CPU profiles of the measured app. */
  profile: string | null;
  json: string | null;
  all: boolean;
  /** One of the other benches, by the name of its file, and nothing else. */
  only: string | null;
};

export const usage = `npm run bench -- [name] [options]
  name              as --only
  --residents N     who book in each run (400)
  --concurrency N   of them at the same time (50)
  --rounds N        medians of so many interleaved rounds (3)
  --mode MODE       webhook or polling (both)
  --stores PAIR     servers or embedded (both)
  --idle N          questions to an idle app, 0 for none (20)
  --quiet MS        the quiet before each of them (5000)
  --app FOLDER      measure another built checkout than this
  --beside FOLDER   measure this built checkout in the same rounds, too; may be repeated
  --profile FOLDER  write CPU profiles of the app
  --json FILE       write the figures
  --all             the other benches, too
  --only NAME       one of the other benches and nothing else: understanding, whatsapp
`;

export function readOptions(args: readonly string[]): BenchOptions | 'help' {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      residents: { type: 'string', default: '400' },
      concurrency: { type: 'string', default: '50' },
      rounds: { type: 'string', default: '3' },
      mode: { type: 'string' },
      stores: { type: 'string' },
      idle: { type: 'string', default: '20' },
      quiet: { type: 'string', default: '5000' },
      app: { type: 'string' },
      beside: { type: 'string', multiple: true, default: [] },
      profile: { type: 'string' },
      json: { type: 'string' },
      all: { type: 'boolean', default: false },
      only: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    residents: whole('residents', values.residents, 1),
    concurrency: whole('concurrency', values.concurrency, 1),
    rounds: whole('rounds', values.rounds, 1),
    modes: chosen('mode', values.mode, ['webhook', 'polling']),
    pairs: chosen('stores', values.stores, ['servers', 'embedded']),
    idle: whole('idle', values.idle, 0),
    quietMs: whole('quiet', values.quiet, 0),
    app: values.app ?? null,
    beside: values.beside,
    profile: values.profile ?? null,
    json: values.json ?? null,
    all: values.all,
    only: values.only ?? positionals[0] ?? null,
  };
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new Error(`--${name} must be a whole number of at least ${least}\n\n${usage}`);
  return value;
}

function chosen<const T extends string>(
  name: string,
  text: string | undefined,
  all: readonly T[],
): readonly T[] {
  if (text === undefined) return all;
  const one = all.filter((each) => each === text);
  if (one.length === 0) throw new Error(`--${name} must be one of: ${all.join(', ')}\n\n${usage}`);
  return one;
}
