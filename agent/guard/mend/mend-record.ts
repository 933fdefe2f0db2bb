import { z } from 'zod';
import { externalRef } from '../../records/names.ts';
import { byteRange, guardId } from '../service/wire.ts';

const nanoseconds = z.string().regex(/^-?\d{1,20}$/);

/** What stood there: enough to know the file again and to put it back as it was. */
const fileBefore = z.object({
  dev: z.string(),
  ino: z.string(),
  size: z.int().min(0),
  sha256: z.string(),
  mode: z.int(),
  uid: z.int(),
  gid: z.int(),
  atimeNs: nanoseconds,
  mtimeNs: nanoseconds,
  ctimeNs: nanoseconds,
});
export type FileBefore = z.infer<typeof fileBefore>;

/**
 * What was done to a file, written before it is done. After a kill at any moment the state says, or
 * `recoverMends` finds out, whether the old or the new file stands there.
 *
 * intended → done → restoring → restored; abandoned: the old file stands there; superseded: somebody
 * put a third one there meanwhile; expired: the kept original is deleted.
 */
export const mendRecord = z.object({
  findingId: guardId,
  accountRef: externalRef,
  /** Bytes of the path below the home. */
  pathHex: z.string(),
  act: z.enum(['restored-original', 'cut', 'trimmed', 'quarantined']),
  state: z.enum([
    ...['intended', 'done', 'abandoned', 'superseded', 'restoring', 'restored', 'expired'],
  ] as const),
  before: fileBefore,
  /** Null: no file. */
  after: z.object({ sha256: z.string(), size: z.int() }).nullable(),
  removed: z.array(byteRange),
  /** Opens the kept original. */
  key: z.string(),
  at: z.string(),
  keepUntil: z.string(),
});
export type MendRecord = z.infer<typeof mendRecord>;
