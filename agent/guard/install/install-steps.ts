import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AGENT_VERSION } from '../server/version.ts';
import { OWN_USER, userNames } from '../server/unix-users.ts';
import { INSTALLED, UNIT, type Places } from './places.ts';
import { copyProgram } from './program-files.ts';
import { unitFile } from './unit-file.ts';

/** One thing that is to be so; carried out only where it is not. */
export interface Step {
  says: string;
  isDone: () => boolean;
  run: () => void;
}

/** Whether systemd is what runs this machine, and not only installed. */
export function hasSystemd(): boolean {
  return existsSync('/run/systemd/system');
}

/** What makes the agent part of a server. In another root nothing is started and no user made. */
export function installSteps(places: Places): Step[] {
  const release = join(places.program, 'releases', AGENT_VERSION);
  const steps: Step[] = [
    folderStep(places.program, 0o755),
    folderStep(places.settings, 0o700),
    folderStep(places.data, 0o700),
    {
      says: `the program ${AGENT_VERSION} in ${release}`,
      isDone: () => existsSync(join(release, 'package.json')),
      run: () => {
        // Whole or not at all: what a kill leaves is swept with the next attempt.
        copyProgram(`${release}.new`);
        renameSync(`${release}.new`, release);
      },
    },
    linkStep(join(places.program, 'current'), `releases/${AGENT_VERSION}`),
    fileStep(places.command, commandText(), 0o755),
    fileStep(places.unit, unitFile(), 0o644),
  ];
  if (places.root !== '/') return steps;
  return [userStep(), ...steps, ...(hasSystemd() ? systemdSteps() : [])];
}

function userStep(): Step {
  const args = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  return {
    says: `the Unix user ${OWN_USER}, who may do nothing`,
    isDone: () => [...userNames().values()].includes(OWN_USER),
    run: () => command('useradd', [...args, '--shell', '/usr/sbin/nologin', OWN_USER]),
  };
}

function systemdSteps(): Step[] {
  return [
    {
      says: `systemd starts ${UNIT} with the server`,
      isDone: () => spawnSync('systemctl', ['is-enabled', '--quiet', UNIT]).status === 0,
      run: () => {
        command('systemctl', ['daemon-reload']);
        command('systemctl', ['enable', '--quiet', UNIT]);
      },
    },
    {
      says: 'the agent runs, if this server has joined',
      isDone: () =>
        !existsSync(join(INSTALLED.settings, 'server.json')) ||
        spawnSync('systemctl', ['is-active', '--quiet', UNIT]).status === 0,
      run: () => command('systemctl', ['restart', UNIT]),
    },
  ];
}

function commandText(): string {
  const current = join(INSTALLED.program, 'current');
  const main = join(current, 'agent/guard/guard-main.ts');
  return `#!/bin/sh\nexec ${join(current, 'bin/node')} --no-warnings ${main} "$@"\n`;
}

function folderStep(path: string, mode: number): Step {
  return {
    says: `the folder ${path}, mode ${mode.toString(8)}`,
    isDone: () => existsSync(path) && (statSync(path).mode & 0o777) === mode,
    run: () => {
      mkdirSync(path, { recursive: true });
      chmodSync(path, mode);
    },
  };
}

function linkStep(path: string, target: string): Step {
  return {
    says: `${path} leads to ${target}`,
    isDone: () =>
      lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true &&
      readlinkSync(path) === target,
    run: () => {
      rmSync(`${path}.new`, { force: true });
      symlinkSync(target, `${path}.new`);
      renameSync(`${path}.new`, path);
    },
  };
}

function fileStep(path: string, content: string, mode: number): Step {
  return {
    says: path,
    isDone: () =>
      existsSync(path) &&
      readFileSync(path, 'utf8') === content &&
      (statSync(path).mode & 0o777) === mode,
    run: () => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, content, { mode });
      chmodSync(`${path}.new`, mode);
      renameSync(`${path}.new`, path);
    },
  };
}

/** Runs a program of the system; throws with what it said. */
export function command(program: string, args: readonly string[]): void {
  const ran = spawnSync(program, args, { encoding: 'utf8' });
  if (ran.status === 0) return;
  throw new Error(`${program} ${args.join(' ')}: ${ran.error?.message ?? ran.stderr.trim()}`);
}
