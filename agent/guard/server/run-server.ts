import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { externalRef } from '../../records/names.ts';
import { lockDataFolder } from '../../records/data-lock.ts';
import { writeDurably } from '../mend/write-durably.ts';
import type { GuardOptions } from '../service/guard-state.ts';
import { isOurs, seenOnDisk } from '../service/seen-on-disk.ts';
import { startGuard, type RunningGuard } from '../service/start-guard.ts';
import { guardPolicy, type GuardPolicy } from '../service/wire.ts';
import { watchChanges, type ChangeWatch } from '../watch/watch-changes.ts';
import { openLink } from './open-link.ts';
import { serverAccounts } from './server-accounts.ts';
import { readSettings, saveSettings, type ServerSettings } from './server-settings.ts';
import { newSpoolId, talkToCentre, type CentreSide } from './talk-to-centre.ts';
import { workerUid } from './unix-users.ts';
import { AGENT_VERSION } from './version.ts';

const SLASH = 47;
const ACCOUNTS_EVERY_MS = 60_000;
const START_WITHIN_MS = 60_000;

/** What of our state outlives a restart, beside findings, events and originals. */
const keptState = z.object({
  spool: z.uuid(),
  policyDigest: z.string().nullable(),
  policy: guardPolicy,
});

/**
 * The agent of a server: watches its homes, judges and mends what changes by the policy of the
 * centre, and tells the centre. Root of the processes; the network is elsewhere (`link-main.ts`).
 */
export async function runServer(
  settingsPath: string,
  log: Logger,
): Promise<{ watch: ChangeWatch; stop: () => Promise<void> }> {
  const settings = readSettings(settingsPath);
  mkdirSync(settings.dataFolder, { recursive: true, mode: 0o700 });
  const lock = await lockDataFolder(settings.dataFolder);
  const kept = openKept(settings.dataFolder);
  const homes = realpathSync(settings.homes);
  const uid = workerUid();
  const guard = startGuard(guardOptions(settings, homes, kept.state.policy, uid), log);
  const watch = await watchHomes(homes, guard, log);
  // What happened while nobody watched.
  await guard.call('missed', null, START_WITHIN_MS);
  log.info({ homes, watcher: watch.kind, why: watch.why }, 'watching');
  const link = openLink({ centre: settings.centre, key: settings.key, uid });
  const rules = openRules(guard, settings.rulesKey !== null, log);
  const take: CentreSide['take'] = {
    policy: async ({ digest, node, accounts, paths }) => {
      const policy = guardPolicy.parse({ server: node, accounts, paths });
      kept.save({ policy, policyDigest: digest });
      await guard.call('setPolicy', policy);
    },
    pack: rules.take,
    key: (key) => {
      saveSettings(settingsPath, { ...settings, key });
      settings.key = key;
      link.useKey(key);
    },
  };
  const talk = talkToCentre({
    ...{ guard, link, log, take },
    spool: {
      id: () => kept.state.spool,
      renew: () => kept.save({ spool: newSpoolId() }),
    },
    facts: makeFacts(settings, watch, { policyDigest: () => kept.state.policyDigest, rules }),
    refused: () => {
      // Joined again meanwhile: the key is another one.
      const { key } = readSettings(settingsPath);
      if (key === settings.key) return false;
      settings.key = key;
      link.useKey(key);
      return true;
    },
  });
  return {
    watch,
    stop: async () => {
      watch.stop();
      await talk.stop();
      await guard.stop();
      lock.close();
    },
  };
}

function guardOptions(
  { dataFolder, rulesKey, yaraRules, clamd }: ServerSettings,
  homes: string,
  policy: GuardPolicy,
  uid: number | null,
): GuardOptions {
  const folder = join(dataFolder, 'guard');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const publicKeyPem = rulesKey === null ? null : readFileSync(rulesKey, 'utf8');
  return {
    ...{ folder, homes, owned: true, policy },
    ...(uid !== null && { judgeUid: uid }),
    rules: publicKeyPem === null ? null : { path: join(folder, 'rules'), publicKeyPem },
    outside: { yaraRules, clamd },
    quarantineBytes: 1024 * 1024 * 1024,
    keepDays: 30,
    judgeTimeoutMs: 7000,
    scanEveryMs: 2 * 3_600_000,
    // Some weeks of an ordinary server, days of one under attack; about 20 MB.
    mostEvents: 20_000,
    mostFindings: 100_000,
  };
}

function watchHomes(homes: string, guard: RunningGuard, log: Logger): Promise<ChangeWatch> {
  const failed = (error: unknown) => log.error({ error }, 'watching failed');
  return watchChanges(homes, {
    changed: (path) => {
      const accountRef = accountOf(path);
      if (accountRef === null || isOurs(path)) return;
      const below = path.subarray(path.indexOf(SLASH) + 1);
      const file = { accountRef, path: below, origin: seenOnDisk() };
      guard.call('writtenBytes', file).catch(failed);
    },
    missed: (below) => {
      const accountRef = below && accountOf(below);
      guard.call('missed', accountRef).catch(failed);
    },
    failed,
  });
}

/** Null for what stands in no account's home. */
function accountOf(path: Buffer): string | null {
  const slash = path.indexOf(SLASH);
  const name = externalRef.safeParse(path.toString('latin1', 0, Math.max(0, slash)));
  return name.success ? name.data : null;
}

/** What the centre is told of the server with each call. */
function makeFacts(
  { homes }: ServerSettings,
  watch: ChangeWatch,
  now: { policyDigest: () => string | null; rules: ReturnType<typeof openRules> },
) {
  let told = '';
  let lookedAtMs = 0;
  return async (isFresh: boolean) => {
    const isTime = isFresh || Date.now() - lookedAtMs > ACCOUNTS_EVERY_MS;
    const accounts = isTime ? serverAccounts(homes) : [];
    if (isTime) lookedAtMs = Date.now();
    const isNews = isTime && (isFresh || JSON.stringify(accounts) !== told);
    if (isNews) told = JSON.stringify(accounts);
    return {
      version: AGENT_VERSION,
      homes,
      watcher: watch.kind,
      watcherWhy: watch.why?.slice(0, 300) ?? null,
      ...(isNews && { accounts }),
      policyDigest: now.policyDigest(),
      ...(await now.rules.facts()),
    };
  };
}

function openRules(guard: RunningGuard, takesRules: boolean, log: Logger) {
  let refusedPack: string | null = null;
  return {
    facts: async () => {
      const { version } = await guard.call('rules', undefined);
      return { rules: version, takesRules, refusedPack };
    },
    take: async (pack: string): Promise<void> => {
      const answer = await guard.call('installRules', pack);
      if (answer.kind === 'done') return;
      refusedPack = (JSON.parse(pack) as { version: string }).version;
      log.error({ pack: refusedPack, words: answer.message }, 'a rule pack was refused');
    },
  };
}

function openKept(folder: string) {
  const path = join(folder, 'agent.json');
  let state: z.infer<typeof keptState>;
  try {
    state = keptState.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // Until the centre has said: find and tell.
    const policy = guardPolicy.parse({ server: 'detect' });
    state = { spool: newSpoolId(), policyDigest: null, policy };
  }
  const save = (changes: Partial<typeof state>) => {
    state = { ...state, ...changes };
    writeDurably(path, Buffer.from(JSON.stringify(state)));
  };
  save({});
  return {
    get state() {
      return state;
    },
    save,
  };
}
