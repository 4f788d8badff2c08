import { defineConfig } from 'vitest/config';

/** The import rules alone, for `npm run check`: no services, no database. */
export default defineConfig({ test: { include: ['test/architecture.test.ts'], reporters: ['dot'] } });
