import { fileURLToPath } from 'node:url';

/** What reads archives, with what it is made of. */
const packages = ['yauzl', 'pend'];

/** What a process that judges may read to start; it gives that up before the first content. */
export function engineFolders(): string[] {
  const yauzl = fileURLToPath(import.meta.resolve('yauzl'));
  const modules = yauzl.slice(0, yauzl.lastIndexOf('/yauzl/'));
  const own = fileURLToPath(new URL('../..', import.meta.url));
  return [own, ...packages.map((name) => `${modules}/${name}`)];
}
