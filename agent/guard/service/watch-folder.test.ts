import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SHELL = `<?php return; eval($_POST['stoika']);`;
const program = fileURLToPath(new URL('../guard-main.ts', import.meta.url));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stoika-watch-'));
  mkdirSync(join(folder, 'site/wp/deep'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `stoika-guard watch` on the site until the task is done. */
async function watching(mode: string, task: (said: () => string) => Promise<void>) {
  const args = [
    program,
    'watch',
    join(folder, 'site'),
    '--mode',
    mode,
    '--data',
    join(folder, 'data'),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  try {
    await once(child.stderr, 'data');
    await task(() => said);
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

const wait = { timeout: 20_000 };

test('a plain server’s folder is guarded: written, moved in, in folders new and old', async () => {
  await watching('protect', async (said) => {
    const site = join(folder, 'site');
    writeFileSync(join(site, 'wp/deep/a.php'), SHELL);
    mkdirSync(join(site, 'new/folder/below'), { recursive: true });
    writeFileSync(join(site, 'new/folder/below/d.php'), `${SHELL} // d`);
    writeFileSync(join(folder, 'b.php'), `${SHELL} // b`);
    renameSync(join(folder, 'b.php'), join(site, 'b.php'));
    await expect.poll(() => readFileSync(join(site, 'wp/deep/a.php'), 'utf8'), wait).toBe('');
    await expect.poll(() => readFileSync(join(site, 'b.php'), 'utf8'), wait).toBe('');
    writeFileSync(join(site, 'new/folder/c.php'), `${SHELL} // c`);
    await expect.poll(() => readFileSync(join(site, 'new/folder/c.php'), 'utf8'), wait).toBe('');
    const d = join(site, 'new/folder/below/d.php');
    await expect.poll(() => readFileSync(d, 'utf8'), wait).toBe('');
    await expect.poll(said, wait).toContain('found\tmalicious\tcertain\tnew/folder/c.php');
  });
});

test('and only told about where the mode is detect', async () => {
  await watching('detect', async (said) => {
    writeFileSync(join(folder, 'site/a.php'), SHELL);
    await expect.poll(said, wait).toContain('found\tmalicious\tcertain\ta.php');
    expect(readFileSync(join(folder, 'site/a.php'), 'utf8')).toBe(SHELL);
    expect(said()).not.toContain('mended');
  });
});
