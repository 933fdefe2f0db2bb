import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, pinnedNode } from './checkout.mjs';

const REPORT_EVERY_MS = 10_000;

/** Makes node_modules what package-lock.json says; does nothing when it is so already. */
export async function installPackages() {
  if (packagesAreInstalled()) return;
  const begin = Date.now();
  const seconds = () => `${Math.round((Date.now() - begin) / 1000)} s`;
  console.log('Installing the packages Stoika is made of (once, about half a minute) …');
  const progress = setInterval(() => console.log(`  … ${seconds()}`), REPORT_EVERY_MS);
  const succeeded = await runNpm();
  clearInterval(progress);
  if (!succeeded) {
    throw new Error('npm could not install the packages. See its words above, then start again.');
  }
  if (!existsSync(pinnedNode)) {
    throw new Error(
      `npm installed no Node for this machine (${process.platform}, ${process.arch}). Stoika runs ` +
        'on Linux and macOS, on x64 and arm64. If this is one of them, run npm install and try again.',
    );
  }
  console.log(`Packages installed in ${seconds()}.`);
}

/** npm keeps a copy of the lock file of what it installed; packages for other machines lack in it. */
export function packagesAreInstalled() {
  const wanted = readPackages(join(checkout, 'package-lock.json'));
  const installed = readPackages(join(checkout, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed || !existsSync(pinnedNode)) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true; // ourselves
    return installed[path] ? installed[path].version === version : optional;
  });
}

function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/**
 * Installs exactly what the lock file names, without writing to it. `npm ci` would refuse a lock
 * file that lacks some optional packages of other machines, which registries do not always carry.
 * No package of ours needs its install script, so none is run.
 */
async function runNpm() {
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const options = ['--no-save', '--ignore-scripts', '--include=dev', '--include=optional'];
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn(command, [...first, 'install', ...options, ...quietly], {
    cwd: checkout,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await Promise.race([
    once(child, 'exit').then(([exitCode]) => exitCode),
    once(child, 'error').then(() => 1),
  ]);
  return code === 0;
}
