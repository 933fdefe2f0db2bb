import { workerData } from 'node:worker_threads';

/**
 * Watches the account's process from a thread of its own, because PHP keeps the main one busy:
 * ends it when it takes more memory than allowed or when the node that started it is gone.
 */
const { parentPid, maxRssBytes } = workerData as { parentPid: number; maxRssBytes: number };

setInterval(() => {
  const orphaned = process.ppid !== parentPid;
  if (orphaned || process.memoryUsage.rss() > maxRssBytes) process.kill(process.pid, 'SIGKILL');
}, 100);
