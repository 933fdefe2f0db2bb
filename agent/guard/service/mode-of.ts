import type { GuardMode, GuardPolicy } from './wire.ts';

/**
 * The mode of a file: the longest path that holds it, else its account, else the server. `path` is
 * below the home, one character a byte.
 */
export function modeOf(policy: GuardPolicy, accountRef: string, path: string): GuardMode {
  const paths = policy.paths.filter((entry) => entry.accountRef === accountRef);
  return modeBelow(accountMode(policy, accountRef), paths, path);
}

/** As modeOf, of one account: its own mode, and those of paths in it. */
export function modeBelow(
  mode: GuardMode,
  paths: readonly { prefix: string; mode: GuardMode }[],
  path: string,
): GuardMode {
  let best: { length: number; mode: GuardMode } | null = null;
  for (const entry of paths) {
    const prefix = Buffer.from(entry.prefix).toString('latin1');
    const holds = path === prefix || path.startsWith(`${prefix}/`);
    if (holds && (!best || prefix.length > best.length)) {
      best = { length: prefix.length, mode: entry.mode };
    }
  }
  return best?.mode ?? mode;
}

export function accountMode(policy: GuardPolicy, accountRef: string): GuardMode {
  const own = policy.accounts.find((entry) => entry.accountRef === accountRef);
  return own?.mode ?? policy.server;
}

/** Whether anything of the account may be protected, so that its PHP needs watching. */
export function mayProtect(policy: GuardPolicy, accountRef: string): boolean {
  const paths = policy.paths.filter((entry) => entry.accountRef === accountRef);
  const modes = [accountMode(policy, accountRef), ...paths.map(({ mode }) => mode)];
  return modes.includes('protect');
}

/** Whether the file stands in a folder where visitors' uploads go. */
export function inUploadFolder(policy: GuardPolicy, path: string): boolean {
  return policy.uploadFolders.some((folder) => {
    return `/${path}`.includes(`/${Buffer.from(folder).toString('latin1')}/`);
  });
}
