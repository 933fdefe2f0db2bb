import type { GuardMode } from './wire.ts';

/** What an account's PHP process looks at itself, before PHP gets it. */
export interface Watch {
  /** Whatever changed since then, ms since 1970. */
  sinceMs: number;
  mode: GuardMode;
  /** Modes of folders and files below the home. */
  paths: { prefix: string; mode: GuardMode }[];
  /** What the owner wants left alone: SHA-256, a blank, and the path, one character a byte. */
  allowed: string[];
}
