import { defineConfig } from '@playwright/test';
import { makeTemporaryFilesQuick } from './test/harness/quick-folder.ts';
import { findChromium } from './tools/bootstrap/find-chromium.mjs';

/** Without a network, Chromium's own calls home fail many at a time: they are switched off. */
const CHROMIUM_FLAGS = [
  '--no-sandbox', // Chromium does not start as root with it
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

makeTemporaryFilesQuick();

export default defineConfig({
  testDir: './test/browser',
  testMatch: '**/*.browser.ts',
  outputDir: './test-results',
  workers: 2, // each file has a Stoika and a clock of its own
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['./test/reporter/playwright-counts.ts']],
  use: {
    browserName: 'chromium',
    headless: true,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findChromium() ?? '',
      args: CHROMIUM_FLAGS,
    },
  },
});
