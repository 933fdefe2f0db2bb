/** No text of PostgreSQL holds U+0000 (§8.3), and no jsonb half of a surrogate pair (§8.14). */
function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** The dotted path of the first text in an input that could not be stored; null when all can. */
export function unstorableField(input: unknown, path = ''): string | null {
  if (typeof input === 'string') return isStorable(input) ? null : path;
  if (typeof input !== 'object' || input === null || input instanceof Blob) return null;
  for (const [name, value] of Object.entries(input)) {
    const inner = path === '' ? name : `${path}.${name}`;
    const found = isStorable(name) ? unstorableField(value, inner) : path;
    if (found !== null) return found;
  }
  return null;
}
