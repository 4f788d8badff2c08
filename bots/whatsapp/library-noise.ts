import type { ChannelLog } from '../channel.ts';

/**
 * whatsapp-web.js and puppeteer leave promises unwatched inside their own event handlers. When a browser or
 * a page goes away under them these reject, and Node ends the process over an unhandled rejection. The
 * supervisor hears of the same events in its own way, so exactly these may be dropped, and nothing else.
 */
const knownMessages = [
  /Attempted to use detached Frame/,
  /Navigating frame was detached/,
  /Target closed/,
  /Session closed/,
  /Connection closed/,
  /Execution context was destroyed/,
  /Execution context is not available in detached frame/,
  /Protocol error \([\w.]+\): (?:Target|Session|Connection) closed/,
];
const knownStrings = new Set(['auth timeout', 'ready timeout']);

export function isLibraryNoise(reason: unknown): boolean {
  // The library throws bare strings.
  if (typeof reason === 'string') return knownStrings.has(reason);
  if (!(reason instanceof Error)) return false;
  const isTheirs = /[\\/](?:whatsapp-web\.js|puppeteer-core|puppeteer)[\\/]/.test(reason.stack ?? '');
  return (
    isTheirs &&
    (reason.name === 'TargetCloseError' || knownMessages.some((known) => known.test(reason.message)))
  );
}

/**
 * What `main` puts in front of its own handling: `process.on('unhandledRejection', (reason) => {
 * if (!dropLibraryNoise(reason, log)) crash(reason); })`. True if the rejection was the library's known noise.
 */
export function dropLibraryNoise(reason: unknown, log: ChannelLog): boolean {
  if (!isLibraryNoise(reason)) return false;
  log.warn(
    { error: reason instanceof Error ? reason.name : String(reason) },
    'whatsapp library rejection dropped',
  );
  return true;
}
