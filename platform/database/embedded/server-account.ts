import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { embeddedPostgresRefusal } from './embedded-postgres-refusal.ts';

/**
 * The account the server runs under. `undefined` means our own: only root must step down, because
 * PostgreSQL refuses to run as root.
 */
export type ServerAccount = { uid: number; gid: number } | undefined;

export function runningAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Chooses the account: ourselves for an ordinary user; for root the owner of an existing cluster
 * (made earlier by an ordinary user, say), else `postgres`, else `nobody`.
 */
export function serverAccount(cluster: string): ServerAccount {
  if (!runningAsRoot()) return undefined;
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  return unprivilegedAccount();
}

export function unprivilegedAccount(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    const uid = accountNumber('-u', name);
    const gid = accountNumber('-g', name);
    if (uid && gid) return { uid, gid };
  }
  throw embeddedPostgresRefusal(
    'no-unprivileged-account',
    'PostgreSQL does not run as root and this machine has neither a "postgres" nor a "nobody" ' +
      'account. Start Stoika as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}

/** Whether the account can pass through the folder and everything above it. */
export function canEnter(account: ServerAccount, folder: string): boolean {
  const probe = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    cwd: '/',
    stdio: 'ignore',
    ...account,
  });
  return probe.status === 0;
}

function accountNumber(flag: '-u' | '-g', name: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
  } catch {
    return undefined; // `id` answers an unknown name with exit code 1
  }
}
