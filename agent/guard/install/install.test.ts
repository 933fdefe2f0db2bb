import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installCommand, removeCommand } from './install-commands.ts';
import { placesIn, type Places } from './places.ts';
import { unitFile } from './unit-file.ts';

let root = '';
let places: Places;
let said: string[] = [];
const print = (line: string) => said.push(line);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stoika-install-'));
  places = placesIn(root);
  said = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;

it('what is planned is said, and nothing is done', () => {
  expect(installCommand({ root, dryRun: true }, print)).toBe(0);
  expect(said.every((line) => line.startsWith('to do'))).toBe(true);
  expect(readdirSync(root)).toEqual([]);
});

it('what is installed runs by itself, is installed once, and is taken off whole', async () => {
  expect(installCommand({ root }, print)).toBe(0);
  expect(modeOf(places.settings)).toBe(0o700);
  expect(modeOf(places.data)).toBe(0o700);
  const current = join(places.program, 'current');
  const main = join(current, 'agent/guard/guard-main.ts');
  const ran = spawnSync(join(current, 'bin/node'), [main, 'rules', 'check'], {
    env: {},
    cwd: '/',
    encoding: 'utf8',
  });
  expect(ran.stdout).toContain('0 at fault');
  said = [];
  expect(installCommand({ root }, print)).toBe(0);
  expect(said.every((line) => line.startsWith('so already'))).toBe(true);

  expect(await removeCommand({ root, originals: 'delete' }, print)).toBe(0);
  const left = [places.program, places.settings, places.data, places.command, places.unit];
  expect(left.filter((path) => existsSync(path))).toEqual([]);
});

it('originals are kept when they are to be, and never thrown away unasked', async () => {
  mkdirSync(join(places.data, 'guard/originals'), { recursive: true });
  writeFileSync(join(places.data, 'guard/originals/one'), 'kept');
  writeFileSync(join(places.data, 'agent.json'), '{}');
  expect(await removeCommand({ root }, print)).toBe(2);
  expect(existsSync(join(places.data, 'agent.json'))).toBe(true);
  expect(await removeCommand({ root, originals: 'keep' }, print)).toBe(0);
  expect(readdirSync(places.data)).toEqual(['guard']);
  expect(readFileSync(join(places.data, 'guard/originals/one'), 'utf8')).toBe('kept');
});

const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0;

it.runIf(hasAnalyze)('systemd finds nothing wrong with the unit', () => {
  const path = join(root, 'stoika-guard.service');
  // The program is not here; that it is executable is all that is asked of it.
  const text = unitFile().replaceAll(/^ExecStart=\S+/gm, `ExecStart=${process.execPath}`);
  writeFileSync(path, text);
  const ran = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' });
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
});
