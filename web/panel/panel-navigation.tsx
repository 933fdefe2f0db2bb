import { useRouter, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { PlaceProvider } from '../ui/address.tsx';
import { type Navigation, NavigationProvider } from '../ui/navigation.tsx';

/** Lends the panel's router to `web/ui`, which knows no router of its own. */
export function PanelNavigation({ prefix, children }: { prefix: string; children: ReactNode }) {
  const router = useRouter();
  const location = useRouterState({ select: (state) => state.location });
  const navigation = useMemo<Navigation>(
    () => ({
      owns: (href) => new RegExp(`^${prefix}(?:[/?#]|$)`).test(href),
      go: (href, options) => {
        if (!new RegExp(`^${prefix}(?:[/?#]|$)`).test(href)) globalThis.location.assign(href);
        else if (options?.replace) router.history.replace(href);
        else router.history.push(href);
      },
      warm: (href) => void router.preloadRoute({ to: href.split(/[?#]/)[0] ?? href }),
    }),
    [router, prefix],
  );
  const place = useMemo(
    () => ({ pathname: location.pathname, search: location.searchStr }),
    [location.pathname, location.searchStr],
  );
  return (
    <NavigationProvider value={navigation}>
      <PlaceProvider value={place}>{children}</PlaceProvider>
    </NavigationProvider>
  );
}
