const known = new WeakMap<object, object>();

/**
 * The same JSON with its keys in one order, whoever made it: written, and read again from a database
 * that keeps no order, it gives one text. Made once for all lines and documents that share it.
 */
export function inOrder<T extends object>(value: T): T {
  const before = known.get(value);
  if (before) return before as T;
  const sorted = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, isObject(item) ? inOrder(item) : item]);
  const ordered = Object.fromEntries(sorted) as T;
  known.set(value, ordered);
  known.set(ordered, ordered);
  return ordered;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
