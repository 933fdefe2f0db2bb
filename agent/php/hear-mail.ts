import type { WasmFilesystem } from './emscripten.ts';
import { mailLogPath } from './php-ini.ts';

const FLUSH_BYTES = 16 * 1024;
const FLUSH_AFTER_MS = 250;
/** Of one line: enough for thousands of recipients. */
const MOST_BYTES = 64 * 1024;

/**
 * PHP writes a line for each call of `mail()`. Its log is a device here, so that no script can take
 * a line back; and lines go out while the script still runs, because one that is killed for taking
 * too long tells nothing at its end. Must run before PHP opens the log.
 */
export function hearMail(fs: WasmFilesystem, mailed: (text: string) => void): void {
  let waiting = '';
  let toldAtMs = 0;
  const flush = () => {
    if (waiting !== '') mailed(waiting);
    waiting = '';
    toldAtMs = performance.now();
  };
  const device = fs.makedev(64, 25);
  fs.registerDevice(device, {
    open: () => undefined,
    close: () => undefined,
    read: () => 0,
    llseek: () => 0,
    write(_stream, buffer, offset, length) {
      const bytes = buffer.subarray(offset, offset + Math.min(length, MOST_BYTES));
      waiting += Buffer.from(bytes).toString('latin1');
      const isOld = performance.now() - toldAtMs > FLUSH_AFTER_MS;
      if (isOld || waiting.length > FLUSH_BYTES) flush();
      else queueMicrotask(flush);
      return length;
    },
  });
  fs.mkdev(mailLogPath, 0o222, device);
}
