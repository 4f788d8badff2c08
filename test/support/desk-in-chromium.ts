import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach } from 'vitest';
import { build } from 'vite';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { openDesk, type Desk } from '../src/desk/desk-harness.ts';
import { useChromium, type Chromium, type Look } from './chromium.ts';
import type { StoreUnderTest } from './stores.ts';

// One build for all files of a worker: it takes seconds, and nothing changes in between.
let built: Promise<string> | undefined;

/** The folder of the desk's browser app as it stands in the sources. */
export function builtDesk(): Promise<string> {
  built ??= buildDesk();
  return built;
}

async function buildDesk(): Promise<string> {
  const webRoot = await mkdtemp(join(tmpdir(), 'desk-web-'));
  process.once('exit', () => rmSync(webRoot, { recursive: true, force: true }));
  await build({
    configFile: join(projectFolder(), 'src/desk/web/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: webRoot },
  });
  return webRoot;
}

/** The real desk on the store, a new one for each test, and a browser before it. */
export type DeskInChromium = Omit<Chromium, 'open' | 'context' | 'serve'> & {
  readonly desk: Desk;
  readonly url: string;
  /** A page of the desk, as an officer or as somebody who is not logged in. */
  open(path: string, officer?: { cookie: string } | null, look?: Look): Promise<Page>;
};

export function useDeskInChromium(store: StoreUnderTest): DeskInChromium {
  const { open, serve, ...browser } = useChromium();
  let desk: Desk;
  let url: string;
  let webRoot: string;
  beforeAll(async () => {
    webRoot = await builtDesk();
  });
  beforeEach(async () => {
    desk = await openDesk(store, { webRoot });
    const app = new Hono().route('/desk', desk.app);
    ({ url } = await serve((request) => app.fetch(request)));
  });
  return {
    ...browser,
    get desk() {
      return desk;
    },
    get url() {
      return url;
    },
    open: (path, officer = null, look = {}) =>
      open(`${url}/desk${path}`, {
        now: desk.clock.now(),
        ...look,
        ...(officer ? { cookie: officer.cookie } : {}),
      }),
  };
}
