import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { transformWithOxc } from 'vite';
import type { Plugin } from 'vite';

/** Of the files that are not built, those that the worker keeps, too. */
const alsoKept = ['offline.html', 'icon.svg', 'icon-192.png', 'badge-96.png', 'scheme.js'];

/** Writes `sw.js` with the names of everything that was built and a hash over it all, which names its cache. */
export function serviceWorker(here: string): Plugin {
  return {
    name: 'desk-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const source = await readFile(join(here, 'worker', 'service-worker.ts'), 'utf8');
        // The names of built files hold a hash of their content.
        const built = Object.keys(bundle)
          .filter((name) => name.startsWith('assets/') && !name.endsWith('.map'))
          .sort();
        const hash = createHash('sha256').update(source).update(built.join());
        for (const name of alsoKept) hash.update(await readFile(join(here, 'public', name)));
        const shell = { hash: hash.digest('hex').slice(0, 16), files: [...built, ...alsoKept] };
        const { code } = await transformWithOxc(source, 'service-worker.ts', {
          define: { __SHELL__: JSON.stringify(shell) },
        });
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: code });
      },
    },
  };
}

const compressible = /\.(js|css|svg|html|webmanifest)$/;

/** Beside each text its `.br` and `.gz`: pressed once, hard, instead of for every officer. */
export function compressed(): Plugin {
  let outDir = '';
  return {
    name: 'desk-compressed',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => void (outDir = config.build.outDir),
    async closeBundle() {
      for (const name of await readdir(outDir, { recursive: true })) {
        if (!compressible.test(name)) continue;
        const bytes = await readFile(join(outDir, name));
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        await writeFile(join(outDir, `${name}.br`), await promisify(brotliCompress)(bytes, { params }));
        await writeFile(join(outDir, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }));
      }
    },
  };
}
