import { createContext, useContext } from 'react';
import type { StoreBrand } from './store-brand.ts';

const BrandContext = createContext<StoreBrand | null>(null);

export const BrandProvider = BrandContext.Provider;

/** The brand whose shop this is. */
export function useBrand(): StoreBrand {
  const brand = useContext(BrandContext);
  if (!brand) throw new Error('this screen belongs into the store');
  return brand;
}
