import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressed, serviceWorker } from './worker/vite-plugin.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** `vite build -c src/desk/web/vite.config.ts` → dist/desk-web, which the desk serves below /desk. */
export default defineConfig({
  root: here,
  base: '/desk/',
  plugins: [react(), serviceWorker(here), compressed()],
  build: {
    outDir: fileURLToPath(new URL('../../../dist/desk-web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
  },
});
