import { hash } from 'node:crypto';
import { closeSync, fstatSync, readSync } from 'node:fs';
import { PADDING } from '../guard/lexer/lex-php.ts';
import { readModel } from '../guard/model/model.ts';
import { compileRules } from '../guard/rules/compile-rules.ts';
import { STANDARD_RULES, STANDARD_VERSION } from '../guard/rules/standard-rules.ts';
import { judgePhp, makeJudge } from '../guard/scan/judge-php.ts';
import { MOST_BYTES } from '../guard/scan/read-content.ts';
import { modeBelow } from '../guard/service/mode-of.ts';
import type { Watch } from '../guard/service/watch.ts';
import { errno, openFlags, type NodeFilesystem, type WasmFilesystem } from './emscripten.ts';

const MOST_REMEMBERED = 10_000;
/** Looked at from outside when it is written and by every scan, and mended there. */
const SCRIPT = /\.(php\d?|phtml|pht|inc)$/i;

export type OpenWatcher = { begin(watch: Watch | null): void };

/**
 * A file that a request writes can be included by the same request, before anybody outside could
 * look at it; and code in a picture or a text, which no server runs and nobody may take away, is run
 * by whoever includes it. So these are judged here, on the very descriptor that PHP would read, and
 * certainly malicious code is kept from PHP where the mode is protect. Must come after the other
 * guards of the file system: it stands in front of them.
 */
export function watchOpens(fs: WasmFilesystem): OpenWatcher {
  const judge = makeJudge(compileRules(STANDARD_VERSION, STANDARD_RULES), readModel());
  const host: NodeFilesystem = fs.filesystems.NODEFS;
  const verdicts = new Map<string, boolean>();
  let watch: Watch | null = null;

  const isMalicious = (fd: number, length: number, path: string): boolean => {
    const bytes = Buffer.alloc(length + PADDING);
    let read = 0;
    while (read < length) {
      const got = readSync(fd, bytes, read, length - read, read);
      if (got === 0) break;
      read += got;
    }
    if (!bytes.includes('<?')) return false;
    const sha256 = hash('sha256', bytes.subarray(0, read), 'hex');
    if (watch?.allowed.includes(`${sha256} ${path}`)) return false;
    return judgePhp(judge, bytes, read).actionable;
  };

  const isRefused = (fd: number, path: string): boolean => {
    const stats = fstatSync(fd, { bigint: true });
    const isOld = watch && Number(stats.ctimeNs / 1_000_000n) < watch.sinceMs;
    if (!watch || !stats.isFile() || (isOld && SCRIPT.test(path))) return false;
    const bytes = Buffer.from(path).toString('latin1');
    if (modeBelow(watch.mode, watch.paths, bytes) !== 'protect') return false;
    const key = `${stats.ino} ${stats.ctimeNs} ${stats.size}`;
    const before = verdicts.get(key);
    if (before !== undefined) return before;
    const refused = isMalicious(fd, Math.min(Number(stats.size), MOST_BYTES), bytes);
    if (verdicts.size >= MOST_REMEMBERED) verdicts.clear();
    verdicts.set(key, refused);
    return refused;
  };

  const open = host.stream_ops.open;
  host.stream_ops.open = (stream) => {
    open(stream);
    const writes = (stream.flags & (openFlags.O_WRONLY | openFlags.O_RDWR)) !== 0;
    if (writes || !fs.isFile(stream.node.mode)) return;
    if (!isRefused(stream.nfd, host.realPath(stream.node))) return;
    closeSync(stream.nfd);
    throw new fs.ErrnoError(errno.EACCES);
  };
  return { begin: (given) => (watch = given) };
}
