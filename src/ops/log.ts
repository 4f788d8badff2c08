import pino from 'pino';

/** What the app calls. Fields are ids, counts and names; never anything that a resident wrote or is known by. */
export type Log = {
  debug(fields: Record<string, unknown>, message: string): void;
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
  child(fields: Record<string, unknown>): Log;
};

/** The part of it that most need; every `Log` is one. */
export type PlainLog = Pick<Log, 'info' | 'warn' | 'error'>;

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * Values under these names are never written, however deep they stand. A net under the rule that nobody
 * passes them in the first place.
 */
const secretName =
  /^(text|body|content|caption|label|words|name|profileName|phone|value|address|param(eter)?s|values|query|sql|detail|password|token|secret|authorization|cookie|payload|data|bytes|url|headers)$/i;

/** JSON lines; where `isTerminal`, one readable line each. */
export function createLog(options: {
  level: LogLevel;
  isTerminal?: boolean;
  write?: (line: string) => void;
}): Log {
  const { level, isTerminal = false, write = (line) => process.stdout.write(line) } = options;
  const stream = { write: (line: string) => write(isTerminal ? readable(line) : line) };
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => keepOut(fields, 0) },
      // Errors are described before they come here.
      serializers: { err: (error: unknown) => error },
    },
    stream,
  );
}

function keepOut(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (secretName.test(name) && value !== null && value !== undefined) kept[name] = '[kept out]';
    else if (value instanceof Error) kept[name] = describeError(value);
    else if (value instanceof Uint8Array) kept[name] = '[bytes]';
    else if (isPlain(value)) kept[name] = depth < 4 ? keepOut(value, depth + 1) : '[deep]';
    else if (Array.isArray(value))
      kept[name] = value.map((item) => (isPlain(item) ? keepOut(item, depth + 1) : item));
    else kept[name] = value;
  }
  return kept;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/**
 * An error without what residents wrote: database drivers hang parameters, rows and whole statements on their
 * errors, and PostgreSQL itself quotes values in the messages of some classes.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table, severity } = error as Error & Record<string, unknown>;
  const isDatabase = typeof severity === 'string' || /^[0-9A-Z]{5}$/.test(String(code));
  const isQuoting = (isDatabase && /^(22|23)/.test(String(code))) || error.name === 'ZodError';
  const message = isQuoting ? 'a value was refused' : error.message;
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(typeof table === 'string' ? { table } : {}),
    ...(error.name === 'ZodError' ? { paths: zodPaths(error) } : {}),
    ...(error.name === 'OperatorError' ? {} : { stack: stack.slice(0, 12).join('\n') }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

function zodPaths(error: Error): string[] {
  const { issues } = error as Error & { issues?: Array<{ code: string; path: PropertyKey[] }> };
  return (issues ?? []).map(({ code, path }) => `${path.map(String).join('.')}: ${code}`);
}

function readable(line: string): string {
  const { time, level, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const clock = String(time).slice(11, 19);
  const more = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const error = err as { message?: string; stack?: string } | undefined;
  const told = error ? ` | ${error.message ?? ''}${error.stack ? `\n${error.stack}` : ''}` : '';
  return `${clock} ${String(level).toUpperCase().padEnd(5)} ${String(msg)}${more.length > 0 ? `  ${more.join(' ')}` : ''}${told}\n`;
}
