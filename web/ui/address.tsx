import { createContext, useContext, useMemo } from 'react';
import { useNavigation } from './navigation.tsx';

/** Where the reader is. Shells provide it; it changes with every move. */
export type Place = { pathname: string; search: string };

const PlaceContext = createContext<Place>({ pathname: '/', search: '' });

export const PlaceProvider = PlaceContext.Provider;

export type SearchPatch = Readonly<Record<string, string | null>>;

export type Address = {
  pathname: string;
  search: URLSearchParams;
  /** This page's address with some search parameters replaced; null takes one away. */
  hrefWith: (patch: SearchPatch) => string;
  /** Goes there; `replace` adds no step to the history: filters, sorting, typing. */
  setSearch: (patch: SearchPatch, how?: 'push' | 'replace') => void;
};

export function useAddress(): Address {
  const { pathname, search } = useContext(PlaceContext);
  const navigation = useNavigation();
  return useMemo(() => {
    const hrefWith = (patch: SearchPatch) => patchedHref(pathname, search, patch);
    return {
      pathname,
      search: new URLSearchParams(search),
      hrefWith,
      setSearch: (patch, how = 'replace') =>
        navigation.go(hrefWith(patch), { replace: how === 'replace' }),
    };
  }, [pathname, search, navigation]);
}

function patchedHref(pathname: string, search: string, patch: SearchPatch): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  const query = next.toString();
  return query ? `${pathname}?${query}` : pathname;
}
