/** Why nothing was done to a file. */
export type LeftReason =
  /** No such file, or a part of its path is a link or no folder. */
  | 'gone'
  /** Not what was judged any more. */
  | 'changed'
  | 'not-a-file'
  /** It has other names: whose file it is cannot be said. */
  | 'hard-link'
  | 'foreign-owner'
  | 'other-device'
  | 'too-large'
  | 'quarantine-full'
  /** What was kept of the original is there no longer. */
  | 'expired'
  /** The account lets nobody write there, or its disk is full. */
  | 'not-writable';

export type LeftAlone = { kind: 'left'; reason: LeftReason };

export function leave(reason: LeftReason): LeftAlone {
  return { kind: 'left', reason };
}

/** What the kernel's refusal means here; null for the unexpected. */
export function leftBecause(error: unknown): LeftAlone | null {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ELOOP':
    case 'ENXIO':
    case 'ENAMETOOLONG':
    case 'ESTALE':
      return leave('gone');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EISDIR':
    case 'EEXIST':
    case 'ENOTEMPTY':
      return leave('not-writable');
    default:
      return null;
  }
}
