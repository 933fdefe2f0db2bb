import type { Reporter, Suite } from '@playwright/test/reporter';
import { type Counts, printCounts } from './print-counts.ts';

/** Playwright makes a reporter with `new` from a file's default export. */
export default class PlaywrightCounts implements Reporter {
  #suite: Suite | undefined;
  #outsideTests = 0;

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  /** An error that belongs to no test: a file that could not be loaded, say. */
  onError(): void {
    this.#outsideTests += 1;
  }

  onEnd(): void {
    const counts: Counts = { passed: 0, failed: this.#outsideTests, skipped: 0 };
    for (const test of this.#suite?.allTests() ?? []) {
      const outcome = test.outcome();
      if (outcome === 'expected') counts.passed += 1;
      else if (outcome === 'skipped') counts.skipped += 1;
      else counts.failed += 1;
    }
    printCounts(counts);
  }
}
