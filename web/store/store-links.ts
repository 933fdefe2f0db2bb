import type { Path } from '../path.ts';

/** A link of the store's header; its words are `store.links.<id>`. */
export type StoreLink = { id: string; path: Path<'/$locale'> | Path<`/$locale/${string}`> };

export const storeLinks: readonly StoreLink[] = [];
