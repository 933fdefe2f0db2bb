/** One page of a list, by keyset: `next` is the cursor of the following page, null at the end. */
export type Page<T> = { items: T[]; next: string | null };

export const PAGE_LIMIT_MAX = 200;

/**
 * Cuts a page out of `limit + 1` rows: reading one row too many tells whether there is a next
 * page without counting. `cursorOf` names the last row shown.
 */
export function pageOf<T>(rows: T[], limit: number, cursorOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursorOf(last) : null };
}
