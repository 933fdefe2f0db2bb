import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { FileWritten } from '../../node-context.ts';
import type { NodeOptions } from '../../node-options.ts';
import { writeDurably } from '../../records/durable-file.ts';
import { showBytes } from '../show-bytes.ts';
import { mayProtect } from './mode-of.ts';
import { startGuard, type RunningGuard } from './start-guard.ts';
import type { Watch } from './watch.ts';
import { guardPolicy, type FindingOrigin, type GuardPolicy } from './wire.ts';

/** busy: the guard gives no answer just now, and without one nothing runs where it protects. */
export type MayRun =
  | { run: true; watch: Watch | null }
  | { run: false; reason: 'malicious' | 'unseen' | 'upload-folder' | 'busy' };

export type NodeGuard = Awaited<ReturnType<typeof openNodeGuard>>;

const megabyte = 1024 * 1024;
/** The engine counts its work; this is for a worker that hangs, also on a busy machine. */
const JUDGE_WITHIN_MS = 7000;
const ANSWER_WITHIN_MS = 10_000;
const LONGEST_REQUEST = 2048;

/** The node's side of its guard: keeps the policy, announces files, asks before PHP runs. */
export async function openNodeGuard(options: NodeOptions, homes: string, log: Logger) {
  const folder = join(options.dataFolder, 'guard');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const policyPath = join(folder, 'policy.json');
  let policy = await readPolicy(policyPath);
  const { guardRulesKey: key } = options;
  const publicKeyPem = key === undefined ? null : await readFile(key, 'utf8');
  const guard: RunningGuard = startGuard(
    {
      ...{ folder, homes, policy },
      rules: publicKeyPem === null ? null : { path: join(folder, 'rules'), publicKeyPem },
      outside: {
        yaraRules: options.guardYaraRules ?? null,
        clamd: options.guardClamd ?? null,
      },
      quarantineBytes: options.guardQuarantineMb * megabyte,
      keepDays: options.guardKeepDays,
      judgeTimeoutMs: JUDGE_WITHIN_MS,
      scanEveryMs: options.guardScanEveryMinutes * 60_000,
      mostEvents: 20_000,
      mostFindings: 100_000,
    },
    log,
  );

  return {
    call: guard.call,
    stop: guard.stop,
    policy: () => policy,
    /** Whether the account's PHP needs watching. */
    mayProtect: (accountRef: string) => mayProtect(policy, accountRef),
    async setPolicy(next: GuardPolicy): Promise<GuardPolicy> {
      if (isDeepStrictEqual(policy, next)) return next;
      await writeDurably(policyPath, JSON.stringify(next));
      policy = next;
      return guard.call('setPolicy', next);
    },
    /** Told after the file is on disk; nobody waits for it. */
    written(event: FileWritten): void {
      const { accountRef, path } = event;
      guard.call('written', { accountRef, path, origin: originOf(event) }).catch((error) => {
        log.error({ error, accountRef }, 'a written file was not announced');
      });
    },
    async mayRun(accountRef: string, path: string): Promise<MayRun> {
      // Nothing would be stopped, so nobody waits: what is written is looked at anyway.
      if (!mayProtect(policy, accountRef)) return { run: true, watch: null };
      try {
        return await guard.call('mayRun', { accountRef, path }, ANSWER_WITHIN_MS);
      } catch (error) {
        log.error({ error, accountRef }, 'the guard was not there to be asked');
        return { run: false, reason: 'busy' };
      }
    },
  };
}

async function readPolicy(path: string): Promise<GuardPolicy> {
  try {
    return guardPolicy.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return guardPolicy.parse({ server: 'detect' });
  }
}

/** The request comes from anybody: it is shown inertly and no longer than it need be. */
function originOf({ by, at, cause }: FileWritten): FindingOrigin {
  const inert = (text: string) => showBytes(Buffer.from(text)).slice(0, LONGEST_REQUEST);
  return {
    by,
    at,
    script: cause ? inert(cause.script) : null,
    request: cause ? inert(cause.request) : null,
    address: cause ? cause.address.slice(0, 64) : null,
  };
}
