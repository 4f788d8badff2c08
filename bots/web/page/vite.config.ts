import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // The page is served at `/`, its assets under the chat's own path, clear of the desk's.
  base: '/chat/',
  publicDir: false,
  build: {
    outDir: '../../../dist/web-chat',
    emptyOutDir: true,
    // Cheap phones keep old browsers; this is Chrome and Safari of 2020.
    target: ['es2020', 'safari14'],
    // Data URIs and an inline polyfill would both need holes in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
