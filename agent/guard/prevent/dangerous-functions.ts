/**
 * Functions that few sites need and every web shell wants. Each can be taken from a site that does
 * not call it, and left to the very files of one that does.
 */
export const DANGEROUS_FUNCTIONS = [
  ...['exec', 'shell_exec', 'system', 'passthru', 'popen', 'proc_open', 'pcntl_exec'],
  ...['mail', 'putenv', 'dl', 'symlink', 'link', 'posix_kill', 'posix_setuid'],
  ...['show_source', 'highlight_file', 'phpinfo'],
] as const;

export type DangerousFunction = (typeof DANGEROUS_FUNCTIONS)[number];

const known = new Set<string>(DANGEROUS_FUNCTIONS);

export function isDangerous(name: string): name is DangerousFunction {
  return known.has(name);
}
