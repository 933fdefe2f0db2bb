import { readFileSync } from 'node:fs';

/** Unix user `nobody` of Debian: owns nothing. */
const NOBODY = 65_534;
/** Made when the agent is installed, for its processes that need no rights at all. */
export const OWN_USER = 'stoika-guard';

export function userNames(passwd = '/etc/passwd'): Map<number, string> {
  const lines = readFileSync(passwd, 'utf8').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [name, , uid] = line.split(':');
      return name && uid ? [[Number(uid), name] as const] : [];
    }),
  );
}

/** Who judges files and speaks to the centre; null where we are not root and nobody can be else. */
export function workerUid(): number | null {
  if (process.getuid?.() !== 0) return null;
  for (const [uid, name] of userNames()) if (name === OWN_USER) return uid;
  return NOBODY;
}
