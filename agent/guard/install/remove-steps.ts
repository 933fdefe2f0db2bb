import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { OWN_USER, userNames } from '../server/unix-users.ts';
import { command, hasSystemd, type Step } from './install-steps.ts';
import { UNIT, type Places } from './places.ts';

/** What is kept of the data: originals and findings of what was mended, to be put back by hand. */
const KEPT = 'guard';

/** What takes the agent off a server: nothing of it is left, but originals that are to be kept. */
export function removeSteps(places: Places, originals: 'keep' | 'delete'): Step[] {
  const isHere = places.root === '/';
  return [
    ...(isHere && hasSystemd() ? [stopStep()] : []),
    goneStep(places.unit),
    goneStep(places.command),
    goneStep(places.program),
    goneStep(places.settings),
    originals === 'delete' ? goneStep(places.data) : keepStep(places.data),
    ...(isHere ? [userGoneStep()] : []),
  ];
}

function stopStep(): Step {
  return {
    says: `${UNIT} is stopped, and systemd forgets it`,
    isDone: () => spawnSync('systemctl', ['cat', UNIT]).status !== 0,
    run: () => command('systemctl', ['disable', '--now', UNIT]),
  };
}

function userGoneStep(): Step {
  return {
    says: `the Unix user ${OWN_USER} is gone`,
    isDone: () => ![...userNames().values()].includes(OWN_USER),
    run: () => command('userdel', [OWN_USER]),
  };
}

function goneStep(path: string): Step {
  return {
    says: `${path} is gone`,
    isDone: () => !existsSync(path),
    run: () => rmSync(path, { recursive: true, force: true }),
  };
}

function keepStep(data: string): Step {
  const others = () => (existsSync(data) ? readdirSync(data).filter((name) => name !== KEPT) : []);
  return {
    says: `of ${data} only the originals are left, in ${join(data, KEPT)}`,
    isDone: () => others().length === 0,
    run: () => {
      for (const name of others()) rmSync(join(data, name), { recursive: true, force: true });
    },
  };
}
