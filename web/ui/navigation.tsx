import { createContext, useContext } from 'react';

/**
 * How a shell moves between its pages. The panels hand in their router; the store hands in
 * nothing, so its links are plain documents.
 */
export type Navigation = {
  /** True when this shell's router owns the address, so that no document load is needed. */
  owns: (href: string) => boolean;
  go: (href: string, options?: { replace?: boolean }) => void;
  /** Starts loading the code behind an address the pointer rests on. */
  warm?: (href: string) => void;
};

const NavigationContext = createContext<Navigation | null>(null);

export const NavigationProvider = NavigationContext.Provider;

export function useNavigation(): Navigation {
  return useContext(NavigationContext) ?? documentNavigation;
}

const documentNavigation: Navigation = {
  owns: () => false,
  go: (href, options) =>
    options?.replace ? globalThis.location.replace(href) : globalThis.location.assign(href),
};
