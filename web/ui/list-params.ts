import { useAddress } from './address.tsx';
import type { Sort } from './table.tsx';

export type ListParams<F extends string> = {
  /** What the API is asked for; absent parameters are undefined. */
  query: { search?: string; sort?: Sort; cursor?: string } & { [Name in F]?: string };
  /** Any narrowing at all: tells "nothing yet" from "nothing found". */
  narrowed: boolean;
  setSearch(words: string): void;
  setSort(sort: Sort): void;
  setFilter(name: F, value: string): void;
  setCursor(cursor: string | null): void;
  clear(): void;
};

/**
 * The state of a list, kept in the page's URL (`?search=…&sort=-issuedAt&status=paid&cursor=…`).
 * Every change but turning the page starts again from the first page.
 */
export function useListParams<F extends string = never>(
  filters: readonly F[] = [],
  defaultSort?: Sort,
): ListParams<F> {
  const { search, setSearch } = useAddress();
  const read = (name: string) => search.get(name) ?? undefined;
  const chosen = Object.fromEntries(filters.map((name) => [name, read(name)]));
  const cleared = Object.fromEntries(filters.map((name) => [name, null]));
  const words = read('search');
  return {
    query: {
      ...(chosen as { [Name in F]?: string }),
      search: words,
      sort: read('sort') ?? defaultSort,
      cursor: read('cursor'),
    },
    narrowed: Boolean(words) || Object.values(chosen).some(Boolean),
    setSearch: (value) => setSearch({ search: value, cursor: null }),
    setSort: (sort) => setSearch({ sort: sort === defaultSort ? null : sort, cursor: null }),
    setFilter: (name, value) => setSearch({ [name]: value, cursor: null }),
    // Turning the page is a step, so that the browser's Back returns to the one before.
    setCursor: (cursor) => setSearch({ cursor }, 'push'),
    clear: () => setSearch({ ...cleared, search: null, cursor: null }),
  };
}
