import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envSchema, readEnv } from '../../src/env.ts';
import { projectFolder } from '../../src/ops/project-folder.ts';

describe('readEnv', () => {
  it('needs nothing', () => {
    expect(readEnv({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      DATA_DIR: '.data',
      TELEGRAM_MODE: 'polling',
      TELEGRAM_API_ROOT: 'https://api.telegram.org',
      WHATSAPP_MODE: 'off',
      LOG_LEVEL: 'info',
    });
    expect(readEnv({}).DATABASE_URL).toBeUndefined();
  });

  it('takes an empty variable for one that is not set', () => {
    const empty = Object.fromEntries(Object.keys(envSchema.shape).map((name) => [name, ' ']));
    expect(readEnv(empty)).toEqual(readEnv({}));
  });

  it('takes what the README shows', () => {
    const env = readEnv({
      PUBLIC_URL: 'https://bestie.kupangkota.go.id/',
      DATABASE_URL: 'postgres://bestie:p%40ss@db:5432/bestie?sslmode=require',
      REDIS_URL: 'redis://127.0.0.1:6379',
      TELEGRAM_BOT_TOKEN: '123456789:AAEabcdefghijklmnopqrstuvwxyz12345',
      TELEGRAM_API_ROOT: 'http://127.0.0.1:8081',
      TELEGRAM_OFFICER_CHAT_ID: '-1001234567890',
    });
    expect(env.PUBLIC_URL).toBe('https://bestie.kupangkota.go.id');
    expect(env.TELEGRAM_API_ROOT).toBe('http://127.0.0.1:8081');
  });

  it.each([
    [{ PORT: 'abc' }, /PORT must be a number/],
    [{ PORT: '70000' }, /PORT must be at most 65535/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL must be an address such as postgres:/],
    [{ REDIS_URL: '127.0.0.1:6379' }, /REDIS_URL must be an address such as redis:/],
    [{ BESTIE_KEYS: 'abc' }, /BESTIE_KEYS cannot be used: an entry has no name/],
    [{ TELEGRAM_MODE: 'push' }, /TELEGRAM_MODE must be one of: polling, webhook/],
    [{ TELEGRAM_BOT_TOKEN: 'hello world' }, /TELEGRAM_BOT_TOKEN must be the token that @BotFather gave/],
    [
      { TELEGRAM_OFFICER_CHAT_ID: '-100' },
      /TELEGRAM_BOT_TOKEN is needed when TELEGRAM_OFFICER_CHAT_ID is set/,
    ],
    [
      { TELEGRAM_MODE: 'webhook', TELEGRAM_BOT_TOKEN: '123456789:AAEabcdefghijklmnopqrstuvwxyz12345' },
      /PUBLIC_URL is needed when TELEGRAM_MODE is webhook\n.*TELEGRAM_WEBHOOK_SECRET is needed/,
    ],
    [{ WHATSAPP_MODE: 'cloud' }, /WHATSAPP_CLOUD_TOKEN is needed when WHATSAPP_MODE is cloud/],
    [{ LOG_LEVEL: 'loud', PORT: '-1' }, /PORT must be a number\n.*LOG_LEVEL must be one of/],
  ])('refuses %j in words', (variables, message) => {
    expect(() => readEnv(variables)).toThrow(message);
  });

  it('never repeats a secret that it refuses', () => {
    for (const [name, value] of Object.entries({
      TELEGRAM_BOT_TOKEN: 'oops s3cret',
      BESTIE_KEYS: 'k:s3cret',
    })) {
      expect(() => readEnv({ [name]: value })).not.toThrow(/s3cret/);
    }
  });
});

describe('.env.example', () => {
  const text = readFileSync(join(projectFolder(), '.env.example'), 'utf8');
  const shown = new Map(
    [...text.matchAll(/^# ?([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );

  it('shows every variable that env.ts reads, and no other', () => {
    expect([...shown.keys()].sort()).toEqual(Object.keys(envSchema.shape).sort());
  });

  it('shows the defaults as they are', () => {
    const defaults = readEnv({}) as Record<string, string | number | boolean | undefined>;
    for (const [name, value] of shown) {
      if (defaults[name] !== undefined) expect(`${name}=${value}`).toBe(`${name}=${String(defaults[name])}`);
    }
  });

  it('can be taken as it is, and with every line set', () => {
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
    const variables = Object.fromEntries([...shown].filter(([name]) => !name.startsWith('TELEGRAM_W')));
    expect(() => readEnv(variables)).not.toThrow();
  });
});
