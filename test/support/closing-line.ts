import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with `N passed, N failed, N skipped` on a line of its own. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    let broken = errors.length;
    for (const module of modules) {
      if (module.state() === 'failed' && module.children.size === 0) broken += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === 'pending' ? 'skipped' : state] += 1;
      }
    }
    const line = `${counts.passed} passed, ${counts.failed + broken} failed, ${counts.skipped} skipped`;
    // After the summary of the default reporter, which writes in the same tick.
    setImmediate(() => process.stdout.write(`\n${line}\n`));
  }
}
