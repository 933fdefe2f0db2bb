import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { hasSystemd, installSteps, type Step } from './install-steps.ts';
import { placesIn } from './places.ts';
import { removeSteps } from './remove-steps.ts';

type Print = (line: string) => void;

interface Options {
  /** Of an image that is being made; `/` is this server. */
  root?: string | undefined;
  dryRun?: boolean | undefined;
  /** What becomes of originals; null asks. */
  originals?: string | undefined;
}

/** `stoika-guard install`: makes so what is not so yet, and says each. */
export function installCommand({ root = '/', dryRun = false }: Options, print: Print): number {
  const code = carryOut(installSteps(placesIn(root)), root, dryRun, print);
  if (code !== 0 || root !== '/') return code;
  if (!hasSystemd()) print('systemd does not run here: start the agent with “stoika-guard serve”');
  print('next: stoika-guard join https://CENTRE CODE');
  return 0;
}

/** `stoika-guard remove`: nothing is left but originals, if they are to be kept. */
export async function removeCommand(
  { root = '/', dryRun = false, originals }: Options,
  print: Print,
): Promise<number> {
  const places = placesIn(root);
  const answer = originals ?? (await askOriginals(join(places.data, 'guard'), print));
  if (answer !== 'keep' && answer !== 'delete') {
    print('say --originals keep or --originals delete');
    return 2;
  }
  return carryOut(removeSteps(places, answer), root, dryRun, print);
}

function carryOut(steps: readonly Step[], root: string, dryRun: boolean, print: Print): number {
  if (!dryRun && root === '/' && process.getuid?.() !== 0) {
    print('this takes root: run it with sudo');
    return 1;
  }
  for (const step of steps) {
    const isDone = step.isDone();
    print(`${isDone ? 'so already' : dryRun ? 'to do     ' : 'done      '}  ${step.says}`);
    if (isDone || dryRun) continue;
    try {
      step.run();
    } catch (error) {
      print(error instanceof Error ? error.message : String(error));
      return 1;
    }
  }
  return 0;
}

async function askOriginals(folder: string, print: Print): Promise<string> {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return 'delete';
  print(`${folder} holds what was taken out of files: without it nothing can be put back.`);
  if (!process.stdin.isTTY) return '';
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question('Originals: keep or delete? ');
  asking.close();
  return answer.trim().toLowerCase();
}
