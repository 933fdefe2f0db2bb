/**
 * Runs a synchronous task with the account's rights: whatever link, mount or rename it meets, the
 * kernel gives it nothing that the account could not reach itself. `uid` null: the program is not
 * root and stays what it is. The task must not wait for anything: rights are the whole process's.
 */
export function asAccount<T>(uid: number | null, task: () => T): T {
  if (uid === null || process.geteuid?.() !== 0) return task();
  process.setegid?.(uid);
  process.seteuid?.(uid);
  try {
    return task();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
