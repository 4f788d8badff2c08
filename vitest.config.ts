import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/support/global-setup.ts'],
    env: { TZ: 'UTC', NODE_ENV: 'test' },
    pool: 'forks',
    maxWorkers: 2,
    // Nothing in src works at import time, so files of one worker may share modules, and one booted PGlite.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 15_000,
    reporters:
      process.env['BESTIE_REPORTER'] === 'plain' ? ['default'] : ['default', 'test/support/closing-line.ts'],
  },
});
