import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Init = ReturnType<NodeFS['init']>;
type WasmStream = { nfd?: number; node: unknown };
type WasmModule = {
  NODEFS: { stream_ops: { fsync?: (stream: WasmStream) => number }; realPath(node: unknown): string };
};

/**
 * PGlite's folder on disk, with the fsync that PGlite leaves out: as shipped it runs `fsync=off` and its file
 * system has no fsync at all, so a commit outlives the process but not the machine's power. Here a commit
 * returns after the disk has it, as on any PostgreSQL (see {@link durableStartParams} for the other half).
 */
export class DurableNodeFs extends NodeFS {
  override async init(...args: Parameters<NodeFS['init']>): Init {
    const result = await super.init(...args);
    const { emscriptenOpts } = result;
    const preRun = emscriptenOpts.preRun ?? [];
    emscriptenOpts.preRun = [
      ...(Array.isArray(preRun) ? preRun : [preRun]),
      (module: unknown) => {
        const { NODEFS } = module as WasmModule;
        NODEFS.stream_ops.fsync = (stream) => {
          if (stream.nfd !== undefined) fsyncSync(stream.nfd);
          else syncPath(NODEFS.realPath(stream.node));
          return 0;
        };
      },
    ];
    return result;
  }
}

/** A new or renamed file is only safe once its folder is; the wasm side opens folders without a descriptor. */
function syncPath(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * PGlite's start parameters with fsync on. `fdatasync` is a no-op in its wasm build and would never reach
 * {@link DurableNodeFs}; `fsync` does.
 */
export function durableStartParams(defaults: readonly string[]): string[] {
  return [...defaults.filter((param) => param !== '-F'), '-c', 'wal_sync_method=fsync', ...smallBuffers];
}

/** Fsyncs every file and folder under `root`; `deep: false` only `root` itself. */
export function syncTree(root: string, { deep = true }: { deep?: boolean } = {}): void {
  if (deep) {
    for (const entry of readdirSync(root, { withFileTypes: true })) {
      const path = join(root, entry.name);
      if (entry.isDirectory()) syncTree(path);
      else syncPath(path);
    }
  }
  syncPath(root);
}

/** PGlite sets 128 MB aside where a room of residents needs a tenth; the system caches the files anyway. */
export const smallBuffers: readonly string[] = ['-c', 'shared_buffers=32MB'];
