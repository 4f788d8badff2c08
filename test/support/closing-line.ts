import type { Reporter, TestModule } from 'vitest/node';
import { skippedServices } from './skipped-services.ts';

/**
 * Ends the run with what this machine could not test and why, and `N passed, N failed, N skipped` on a line of
 * its own. With CI set, what was skipped has failed.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    let broken = errors.length;
    for (const module of modules) {
      // A file that fell over before its first test counts as one failure.
      if (module.state() === 'failed' && module.children.size === 0) broken += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === 'pending' ? 'skipped' : state] += 1;
      }
    }
    const missing = skippedServices();
    const isShort = (process.env['CI'] ?? '') !== '' && (missing.length > 0 || counts.skipped > 0);
    if (isShort || broken > 0 || counts.passed === 0) process.exitCode = 1;
    const lines = [
      ...missing.map((sentence) => `skipped: ${sentence}`),
      ...(isShort ? ['With CI set nothing may be skipped: this run has failed.'] : []),
      `${counts.passed} passed, ${counts.failed + broken} failed, ${counts.skipped} skipped`,
    ];
    // After the summary of the default reporter, which writes in the same tick.
    setImmediate(() => process.stdout.write(`\n${lines.join('\n')}\n`));
  }
}
