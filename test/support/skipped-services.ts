// The setup and the reporter run in one process but are loaded apart, so they share this by a global.
const key = Symbol.for('bestie.skipped-services');
const shared = globalThis as { [key]?: string[] };

export function rememberSkipped(sentences: string[]): void {
  shared[key] = sentences;
}

/** What this machine lacks for the tests, one plain sentence each. */
export function skippedServices(): readonly string[] {
  return shared[key] ?? [];
}
