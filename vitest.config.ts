import { defineConfig } from 'vitest/config';
import { makeTemporaryFilesQuick } from './test/harness/quick-folder.ts';
import { vitestCounts } from './test/reporter/vitest-counts.ts';

makeTemporaryFilesQuick();

export default defineConfig({
  test: {
    include: ['{kit,platform,domains,extensions,agent,app,web,test,tools}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/browser/**', 'test/bench/**'],
    globalSetup: './test/harness/global-setup.ts',
    setupFiles: ['./test/harness/property-seed.ts', './test/harness/cheap-passwords.ts'],
    // Files share a process: isolating each would cost thirty times the run's own time.
    isolate: false,
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    reporters: ['default', vitestCounts()],
  },
});
