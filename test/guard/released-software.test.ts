import { beforeAll, expect, test } from 'vitest';
import { makeScanner, scanPaths } from '#agent/guard/scan/scan-paths.ts';
import { shippedJudge } from '#agent/guard/testing/judge-text.ts';
import { PHP_PACKAGES, unpackDebianPackages } from '../harness/debian-packages.ts';

/** Seconds on an idle machine; a busy one is given time. */
const LONGEST_MS = 600_000;
let folders: string[] = [];
let unreachable = '';
beforeAll(() => {
  try {
    folders = unpackDebianPackages(PHP_PACKAGES);
  } catch (error) {
    unreachable = (error as Error).message.split('\n', 1)[0] ?? 'no answer';
  }
}, LONGEST_MS);

test(
  'nothing of what Debian releases in PHP is acted on, without any list of known good',
  async (context) => {
    context.skip(unreachable !== '', `Debian's packages cannot be had: ${unreachable}`);
    const scanner = makeScanner(shippedJudge());
    const { files, findings } = await scanPaths(
      scanner,
      folders.map((path) => Buffer.from(path)),
    );
    expect(files).toBeGreaterThan(8000);
    const acted = findings.filter(({ verdict }) => verdict.actionable);
    expect(acted.map(({ path, verdict }) => `${path.toString()}: ${verdict.score}`)).toEqual([]);
  },
  LONGEST_MS,
);
