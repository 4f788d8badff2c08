import { constants } from 'node:fs';
import { access } from 'node:fs/promises';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const howToGetOne =
  'install one (Debian: `apt-get install chromium`) or set PUPPETEER_EXECUTABLE_PATH to an existing Chromium or Chrome';

export type BrowserFound = { ok: true; path: string } | { ok: false; reason: string };

/** Nothing is downloaded: either a browser is there, or the reason says how to get one. */
export async function findBrowser(executablePath: string | undefined): Promise<BrowserFound> {
  if (executablePath) {
    if (await isExecutable(executablePath)) return { ok: true, path: executablePath };
    return { ok: false, reason: `there is no Chromium at ${executablePath}; ${howToGetOne}` };
  }
  for (const path of usualPlaces) {
    if (await isExecutable(path)) return { ok: true, path };
  }
  return { ok: false, reason: `there is no Chromium on this machine; ${howToGetOne}` };
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The library's default claims a Chrome of 2022 on a Mac, puppeteer's own says `HeadlessChrome`. WhatsApp
 * turns old browsers away, so this wants raising now and then.
 */
export const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36';

export function browserArgs(isRoot: boolean, extraArgs: readonly string[]): string[] {
  return [
    // Chromium refuses to run as root with its sandbox, which is how containers run it.
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
    ...extraArgs,
  ];
}
