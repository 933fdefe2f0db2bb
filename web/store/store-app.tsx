import { type ReactNode, useMemo, useState } from 'react';
import { IntlProvider } from 'use-intl';
import { PlaceProvider } from '../ui/address.tsx';
import { type Navigation, NavigationProvider } from '../ui/navigation.tsx';
import { BrandProvider } from './store-context.tsx';
import { StoreFrame } from './store-frame.tsx';
import type { PageData } from './store-page.ts';

/** One page of the store, the same on the server and in the browser. */
export function StoreApp({ page, children }: { page: PageData; children: ReactNode }) {
  const [place, setPlace] = useState(page.place);
  const navigation = useMemo<Navigation>(
    () => ({
      owns: () => false,
      go: (href, options) => {
        const url = new URL(href, globalThis.location.href);
        // Another view of the same page (a term, a filter) needs no new document.
        if (options?.replace && url.pathname === globalThis.location.pathname) {
          globalThis.history.replaceState(null, '', href);
          setPlace({ pathname: url.pathname, search: url.search });
        } else globalThis.location.assign(href);
      },
    }),
    [],
  );
  return (
    <IntlProvider
      locale={page.locale}
      messages={page.texts as never}
      timeZone={page.brand.timeZone}
    >
      <BrandProvider value={page.brand}>
        <NavigationProvider value={navigation}>
          <PlaceProvider value={place}>
            <StoreFrame>{children}</StoreFrame>
          </PlaceProvider>
        </NavigationProvider>
      </BrandProvider>
    </IntlProvider>
  );
}
