import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { projectFolder } from '../../src/ops/project-folder.ts';
import { describeOnEachStore, type StoreUnderTest } from './stores.ts';

/** How a person sits before the page; a laptop in daylight if nothing is said. */
export type Look = {
  width?: number;
  height?: number;
  isDark?: boolean;
  /** Logged in at the desk: `name=value`. */
  cookie?: string;
  /** Where the page's clock begins; it goes on from there. */
  now?: Date;
  hasScripts?: boolean;
  /** The page lets nothing be put into it, not even what looks at it. */
  ignoresCsp?: boolean;
  /** A worker of its own answers before the server does. */
  hasWorker?: boolean;
};

export const phone = { width: 390, height: 844 };
export const laptop = { width: 1366, height: 768 };

export type Chromium = {
  open(url: string, look?: Look): Promise<Page>;
  /** A browser with nothing in it yet, for what `open` does not do. */
  context(look?: Look): Promise<BrowserContext>;
  /** Serves it on a port of its own. */
  serve(
    fetch: (request: Request) => Response | Promise<Response>,
  ): Promise<{ url: string; close(): Promise<void> }>;
  /** What pages opened here complained of, and whatever they asked of a foreign host. */
  readonly complaints: string[];
  /** What a screen reader or weak eyes would stumble over. */
  stumbles(page: Page): Promise<string[]>;
  /** Nothing to stumble over, and nothing that reaches beyond the screen. */
  expectWell(page: Page): Promise<void>;
};

/** A browser for the suite around it. What a test opens is closed after it, or, in a story of many, at the end. */
export function useChromium({ closes = 'each' }: { closes?: 'each' | 'at the end' } = {}): Chromium {
  let browser: Browser;
  let axe: string;
  const contexts: BrowserContext[] = [];
  const closings: (() => Promise<void>)[] = [];
  const complaints: string[] = [];

  const closeAll = async (): Promise<void> => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    await Promise.all(closings.splice(0).map((close) => close()));
  };
  beforeAll(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    browser = await chromium.launch({
      executablePath: inject('services').chromium?.path ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  });
  afterAll(async () => {
    await closeAll();
    await browser.close();
  });
  if (closes === 'each') {
    beforeEach(() => void complaints.splice(0));
    afterEach(closeAll);
  }

  const newContext = async (look: Look = {}): Promise<BrowserContext> => {
    const context = await browser.newContext({
      viewport: { width: look.width ?? laptop.width, height: look.height ?? laptop.height },
      colorScheme: look.isDark ? 'dark' : 'light',
      javaScriptEnabled: look.hasScripts ?? true,
      // Nothing is judged halfway through a movement.
      reducedMotion: 'reduce',
      serviceWorkers: look.hasWorker ? 'allow' : 'block',
      bypassCSP: look.ignoresCsp ?? false,
    });
    contexts.push(context);
    if (look.now) await context.clock.install({ time: look.now });
    if (look.cookie !== undefined) {
      const [name = '', value = ''] = look.cookie.split('=');
      await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/desk' }]);
    }
    return context;
  };

  const open = async (url: string, look: Look = {}): Promise<Page> => {
    const context = await newContext(look);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (400|401|403|409)/.test(message.text()))
        complaints.push(message.text());
    });
    const home = new URL(url).origin;
    page.on('request', (request) => {
      if (!request.url().startsWith(home) && !/^(data|blob):/.test(request.url()))
        complaints.push(request.url());
    });
    // A picture left behind by a click that came before it is no complaint; whatever is refused or missing is.
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()} ${why}`);
    });
    await page.goto(url);
    return page;
  };

  const stumbles = async (page: Page): Promise<string[]> => {
    await page.evaluate(axe);
    const { violations } = await page.evaluate<{
      violations: { id: string; nodes: { target: unknown }[] }[];
    }>('axe.run()');
    return violations.map(({ id, nodes }) => `${id} ${JSON.stringify(nodes[0]?.target)}`);
  };

  return {
    open,
    context: newContext,
    serve: async (fetch) => {
      const server = await new Promise<ServerType>((resolve) => {
        const opening = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(opening));
      });
      const close = async (): Promise<void> => {
        if (!server.listening) return;
        if ('closeAllConnections' in server) server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      };
      closings.push(close);
      return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
    },
    complaints,
    stumbles,
    expectWell: async (page) => {
      expect(await stumbles(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    },
  };
}

/** A suite on each pair of stores, where there is a browser. One on a busy machine is slow without being wrong. */
export function describeInChromium(name: string, define: (store: StoreUnderTest) => void): void {
  describe(name, { timeout: 180_000 }, () => {
    if (inject('services').chromium) describeOnEachStore('on', define);
    else it.skip('no chromium found', () => {});
  });
}

/** Keeps a picture of the README in step with what is there; only with `UPDATE_SCREENSHOTS=1`. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  // oxlint-disable-next-line no-restricted-properties -- a switch of the tests alone
  if (process.env['UPDATE_SCREENSHOTS'] === undefined) return;
  await expect.poll(() => page.locator('.mantine-Loader-root').count()).toBe(0);
  await page.screenshot({ path: join(projectFolder(), 'docs', `${name}.png`) });
}
