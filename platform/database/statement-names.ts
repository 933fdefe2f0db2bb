/** How often a text must come before it is worth a place in the memory of every connection. */
const TIMES_BEFORE = 3;
/** Texts that vary (lists of ids) must not fill that memory. */
const NAMES_MAX = 500;
const SEEN_MAX = 5000;

const seen = new Map<string, number>();
const names = new Map<string, string>();
let generation = 0;

/** The name under which connections keep this statement prepared; undefined while it is rare. */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= NAMES_MAX) return undefined;
  const times = (seen.get(text) ?? 0) + 1;
  if (times < TIMES_BEFORE) {
    if (seen.size >= SEEN_MAX) seen.clear();
    seen.set(text, times);
    return undefined;
  }
  seen.delete(text);
  const name = `s${generation}_${names.size}`;
  names.set(text, name);
  return name;
}

/**
 * Forgets all names, so that every statement is prepared anew under another one: a migration by
 * another process has changed what they return.
 */
export function renameStatements(): void {
  generation += 1;
  names.clear();
}
