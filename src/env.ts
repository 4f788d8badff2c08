import { z } from 'zod';
import { OperatorError } from './ops/operator-error.ts';
import { parseKeyRing } from './store/key-ring.ts';

// The only file that reads process.env. `.env.example` shows the same variables, held in step by a test.

/** An empty variable is one that is not set: `.env` files and compose files write them so. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    schema.optional(),
  );

const withDefault = <T extends z.ZodType>(schema: T, fallback: string) =>
  z.preprocess((value) => (typeof value !== 'string' || value.trim() === '' ? fallback : value), schema);

const address = (protocols: string[], example: string) => {
  const message = `must be an address such as ${example}`;
  return z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), { message });
};
const web = (example: string) =>
  address(['http:', 'https:'], example).transform((text) => text.replace(/\/+$/, ''));
const oneOf = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.enum(values, { message: `must be one of: ${values.join(', ')}` });

export const envSchema = z.object({
  HOST: withDefault(
    z.string().regex(/^[\w.:-]+$/, 'must be an IP address or a host name, such as 127.0.0.1'),
    '127.0.0.1',
  ),
  PORT: withDefault(
    z
      .string()
      .regex(/^\d+$/, 'must be a number')
      .transform(Number)
      .pipe(z.int().min(0).max(65_535, 'must be at most 65535')),
    '3000',
  ),
  PUBLIC_URL: optional(web('https://bestie.kupangkota.go.id')),
  DATA_DIR: withDefault(z.string(), '.data'),
  DATABASE_URL: optional(
    address(['postgres:', 'postgresql:'], 'postgres://bestie:PASSWORD@127.0.0.1:5432/bestie'),
  ),
  REDIS_URL: optional(address(['redis:', 'rediss:'], 'redis://127.0.0.1:6379')),
  BESTIE_KEYS: optional(z.string().superRefine(checkKeys)),
  TELEGRAM_BOT_TOKEN: optional(
    z.string().regex(/^[\w:-]+$/, 'must be the token that @BotFather gave, such as 123456789:AAE...'),
  ),
  TELEGRAM_API_ROOT: withDefault(web('https://api.telegram.org'), 'https://api.telegram.org'),
  TELEGRAM_MODE: withDefault(oneOf(['polling', 'webhook']), 'polling'),
  TELEGRAM_WEBHOOK_SECRET: optional(
    z.string().regex(/^[\w-]{1,256}$/, 'must be 1 to 256 letters, digits, _ or - (openssl rand -hex 32)'),
  ),
  TELEGRAM_OFFICER_CHAT_ID: optional(
    z.string().regex(/^-?\d+$/, 'must be the number of a chat, such as -1001234567890'),
  ),
  SMTP_URL: optional(address(['smtp:', 'smtps:'], 'smtps://user:PASSWORD@mail.kupangkota.go.id:465')),
  MAIL_FROM: optional(
    z
      .string()
      .regex(
        /^([^<>@]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
        'must be an address such as Ruang Curhat Bestie <bestie@kupangkota.go.id>',
      ),
  ),
  WHATSAPP_MODE: withDefault(oneOf(['off', 'web', 'cloud']), 'off'),
  PUPPETEER_EXECUTABLE_PATH: optional(z.string()),
  WHATSAPP_CLOUD_TOKEN: optional(z.string()),
  WHATSAPP_CLOUD_PHONE_ID: optional(
    z.string().regex(/^\d+$/, 'must be the number that Meta calls "Phone number ID"'),
  ),
  WHATSAPP_CLOUD_APP_SECRET: optional(z.string()),
  WHATSAPP_CLOUD_VERIFY_TOKEN: optional(z.string().min(8, 'must have at least 8 characters')),
  WHATSAPP_CLOUD_API_ROOT: withDefault(web('https://graph.facebook.com'), 'https://graph.facebook.com'),
  LOG_LEVEL: withDefault(oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent']), 'info'),
});

/** What the variables mean, with the defaults filled in. */
export type Env = z.output<typeof envSchema> & { readonly isTerminal: boolean };

/** Throws an {@link OperatorError} that names every wrong variable, what is wrong and what to write. */
export function readEnv(variables: Record<string, string | undefined> = process.env): Env {
  const parsed = envSchema.safeParse(variables);
  const problems = parsed.success
    ? missingTogether(parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  if (!parsed.success || problems.length > 0) {
    throw new OperatorError(
      `The configuration cannot be used (pengaturan belum benar):\n${problems.map((line) => `  - ${line}`).join('\n')}\n` +
        `.env.example explains every variable.`,
    );
  }
  return { ...parsed.data, isTerminal: process.stdout.isTTY };
}

function missingTogether(env: z.output<typeof envSchema>): string[] {
  const needs = (when: boolean, why: string, names: ReadonlyArray<keyof typeof env>): string[] =>
    when ? names.filter((name) => env[name] === undefined).map((name) => `${name} is needed ${why}`) : [];
  return [
    ...needs(
      env.TELEGRAM_MODE === 'webhook' && env.TELEGRAM_BOT_TOKEN !== undefined,
      'when TELEGRAM_MODE is webhook',
      ['PUBLIC_URL', 'TELEGRAM_WEBHOOK_SECRET'],
    ),
    ...needs(env.TELEGRAM_OFFICER_CHAT_ID !== undefined, 'when TELEGRAM_OFFICER_CHAT_ID is set', [
      'TELEGRAM_BOT_TOKEN',
    ]),
    ...needs(env.SMTP_URL !== undefined, 'when SMTP_URL is set', ['MAIL_FROM']),
    ...needs(env.WHATSAPP_MODE === 'cloud', 'when WHATSAPP_MODE is cloud', [
      'WHATSAPP_CLOUD_TOKEN',
      'WHATSAPP_CLOUD_PHONE_ID',
      'WHATSAPP_CLOUD_APP_SECRET',
      'WHATSAPP_CLOUD_VERIFY_TOKEN',
    ]),
  ];
}

function checkKeys(text: string, context: z.RefinementCtx): void {
  try {
    parseKeyRing(text, 'it');
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message.replace(/^it cannot/, 'cannot') });
  }
}
