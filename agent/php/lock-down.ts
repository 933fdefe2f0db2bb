/**
 * Gives up what starting needed: becomes the account's Unix user, and forgets the right to read
 * code and to start threads. From here on the process reaches its own folder and nothing else.
 */
export function lockDown(uid: number | null, codeFolders: string[]): void {
  process.umask(0o027);
  if (uid !== null) {
    process.setgroups?.([]);
    process.setgid?.(uid);
    process.setuid?.(uid);
    // A leftover root right would make the rest of the walls decoration.
    if (process.getuid?.() !== uid || process.geteuid?.() !== uid) process.exit(70);
  }
  const { permission } = process as unknown as { permission: PermissionControl };
  for (const folder of codeFolders) permission.drop('fs.read', folder);
  permission.drop('worker');
  const open = codeFolders.filter((folder) => permission.has('fs.read', folder));
  if (open.length > 0 || permission.has('net') || permission.has('child')) process.exit(71);
}

type PermissionControl = {
  has(scope: string, reference?: string): boolean;
  drop(scope: string, reference?: string): void;
};
