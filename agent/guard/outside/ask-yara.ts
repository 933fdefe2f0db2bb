import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inertWords, type OutsideAnswer, type OutsideSource } from './outside-source.ts';
import { readYaraRules, type YaraRules } from './read-yara-rules.ts';
import type { FromYara, ToYara } from './yara-messages.ts';

/** Unix user `nobody` of Debian: owns nothing. */
const NOBODY = 65_534;
const SCAN_WITHIN_MS = 10_000;
/** Thousands of rules take seconds to compile. */
const START_WITHIN_MS = 60_000;

interface Worker {
  child: ChildProcess;
  digest: string;
  /** What it says when its rules are compiled. */
  ready: Promise<OutsideAnswer | 'ready'>;
  hear: (message: FromYara | 'gone') => void;
}

/**
 * A folder of YARA rules, run by YARA-X where its package is installed (it has binaries for some
 * machines only). A rule that takes too long, or brings its engine down, costs one content.
 */
export function yaraSource(folder: string, withinMs = SCAN_WITHIN_MS): OutsideSource {
  let worker: Worker | null = null;
  let number = 0;

  const giveUp = () => {
    worker?.child.kill('SIGKILL');
    worker = null;
  };

  const ask = async (content: Uint8Array): Promise<OutsideAnswer> => {
    const rules = readYaraRules(folder);
    if (worker && worker.digest !== rules.digest) giveUp();
    worker ??= startWorker(rules);
    const asked = worker;
    const ready = await asked.ready;
    if (ready !== 'ready') {
      giveUp();
      return ready;
    }
    number += 1;
    const id = number;
    const answer = await new Promise<OutsideAnswer>((resolve) => {
      const timer = setTimeout(() => {
        resolve({ kind: 'passed-by', words: `no answer within ${withinMs / 1000} s` });
      }, withinMs);
      asked.hear = (message) => {
        if (message !== 'gone' && (message.kind !== 'scanned' || message.id !== id)) return;
        clearTimeout(timer);
        if (message === 'gone') resolve({ kind: 'passed-by', words: 'its process ended' });
        else resolve({ kind: 'hits', names: message.names.map((name) => inertWords(name, 80)) });
      };
      asked.child.send({ kind: 'scan', id, content } satisfies ToYara, () => undefined);
    });
    if (answer.kind !== 'hits') giveUp();
    return answer;
  };

  return {
    id: 'yara',
    ask: (content) =>
      ask(content).catch((error: unknown) => {
        const words = error instanceof Error ? error.message : String(error);
        return { kind: 'down' as const, words: inertWords(words, 200) };
      }),
    stop: giveUp,
  };
}

function startWorker({ digest, files }: YaraRules): Worker {
  const child = spawn(
    process.execPath,
    ['--no-warnings', fileURLToPath(new URL('./yara-worker-main.ts', import.meta.url))],
    { env: {}, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced' },
  );
  const worker: Worker = { child, digest, hear: () => undefined, ready: Promise.resolve('ready') };
  worker.ready = new Promise((resolve) => {
    const down = (words: string) => resolve({ kind: 'down', words: inertWords(words, 200) });
    const timer = setTimeout(() => down('its rules take too long to compile'), START_WITHIN_MS);
    worker.hear = (message) => {
      clearTimeout(timer);
      if (message === 'gone') return down('its process ended');
      if (message.kind === 'missing') return down('YARA-X is not installed on this machine');
      if (message.kind !== 'ready') return;
      if (message.files > 0) return resolve('ready');
      down(message.words ?? 'there are no rules in its folder');
    };
  });
  child.on('message', (message: FromYara) => worker.hear(message));
  child.once('exit', () => worker.hear('gone'));
  child.once('error', () => worker.hear('gone'));
  const uid = process.getuid?.() === 0 ? NOBODY : null;
  child.send({ kind: 'setup', uid, rules: files() } satisfies ToYara, () => undefined);
  return worker;
}
