// Loaded before a program that run-pinned.mjs started. That one killed with -9 cannot say so: the
// program sees that its parent changed, and ends as if it had been asked to.
import { isMainThread } from 'node:worker_threads';

const CHECK_MS = 500;

if (isMainThread) {
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    process.kill(process.pid, 'SIGTERM');
  }, CHECK_MS);
  check.unref();
}
