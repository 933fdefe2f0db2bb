import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '#web/api-query.ts';
import { useAddress } from '#web/ui/address.tsx';

/**
 * What a report is asked for, kept in the URL: the book, and dates. Before the books are known
 * there is no today, so nothing is asked.
 */
export function useReport() {
  const address = useAddress();
  const books = useQuery(apiQuery.reports.books.queryOptions({ input: {} }));
  const read = (name: string) => address.search.get(name) ?? undefined;
  const sellerId = read('sellerId');
  const book = books.data?.find(({ id }) => id === sellerId) ?? books.data?.[0];
  const today = book?.today ?? '';
  return {
    books,
    sellerId,
    bookId: book?.id ?? '',
    today,
    ready: books.data !== undefined,
    cursor: read('cursor'),
    read,
    /** Days of this month, unless others are chosen. */
    days: { from: read('from') ?? `${today.slice(0, 8)}01`, through: read('through') ?? today },
    on: read('on') ?? today,
    /** This year, unless other months are chosen. */
    months: {
      from: read('fromMonth') ?? `${today.slice(0, 5)}01`,
      through: read('throughMonth') ?? today.slice(0, 7),
    },
    set: (name: string, value: string) => address.setSearch({ [name]: value, cursor: null }),
  };
}

export type Report = ReturnType<typeof useReport>;

/** The address of a file of this report. */
export function fileHref(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): string {
  const known = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return `/v1/admin/reports/${path}?${new URLSearchParams(known)}`;
}
