import type { Libc } from './libc.ts';

const NOBODY = 65_534;
const PR_SET_KEEPCAPS = 8;
const CAPABILITY_VERSION_3 = 0x20080522;
/** CAP_DAC_READ_SEARCH: folders by their handles. CAP_SYS_ADMIN: marks on file systems. */
const KEPT = (1 << 2) | (1 << 21);

/**
 * Root becomes nobody, with the two rights that watching takes: whoever turned this process against
 * its server could look at names, and write nothing.
 */
export function keepTwoRights(libc: Libc): void {
  if (process.getuid?.() !== 0) return;
  libc.prctl(PR_SET_KEEPCAPS, 1n, 0n, 0n, 0n);
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(CAPABILITY_VERSION_3);
  const rights = Buffer.alloc(24);
  rights.writeUInt32LE(KEPT, 0);
  rights.writeUInt32LE(KEPT, 4);
  if (libc.capset(head, rights) !== 0 || process.getuid?.() !== NOBODY) {
    throw new Error('the rights of root could not be laid down');
  }
}
