import type { Reporter, TestModule } from 'vitest/node';
import { type Counts, printCounts } from './print-counts.ts';

/** Counts tests; a file that could not be loaded and an error outside any test fail as one each. */
export function vitestCounts(): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
      for (const module of modules) count(module, counts);
      printCounts(counts);
    },
  };
}

function count(module: TestModule, counts: Counts): void {
  const before = counts.failed;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed' || state === 'failed') counts[state] += 1;
    else counts.skipped += 1;
  }
  if (module.state() === 'failed' && counts.failed === before) counts.failed += 1;
}
