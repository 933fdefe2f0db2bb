import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#platform/config.ts';

/**
 * The installation's secret: what cookies are signed with and settings are sealed under. Given as
 * `SECRET`, or made once and kept where only this user reads it.
 */
export async function readSecret(config: Config): Promise<string> {
  if (config.secret) return config.secret;
  if (config.mode === 'production') throw new Error('SECRET must be set in production');
  const file = join(config.dataDir, 'secret');
  await mkdir(config.dataDir, { recursive: true });
  const made = randomBytes(32).toString('base64url');
  await writeFile(file, made, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
}
