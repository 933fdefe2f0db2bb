import { storePaths } from '../paths.ts';
import type { Path } from '../path.ts';

/** A link of the store's header; its words are `store.links.<id>`. */
export type StoreLink = { id: string; path: Path<'/$locale'> | Path<`/$locale/${string}`> };

export const storeLinks: readonly StoreLink[] = [
  { id: 'plans', path: storePaths.plans },
  { id: 'faq', path: storePaths.faq },
  { id: 'terms', path: storePaths.terms },
  { id: 'contact', path: storePaths.contact },
];
