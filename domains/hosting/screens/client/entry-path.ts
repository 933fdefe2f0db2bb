/** The path of an entry in a folder of an account; the account's home itself is empty, or `/`. */
export function entryPath(folder: string, name: string): string {
  const parent = folder.replaceAll(/^\/+|\/+$/g, '');
  return parent === '' ? name : `${parent}/${name}`;
}
