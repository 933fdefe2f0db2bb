import '../ui/styles.css';
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { useLocale } from 'use-intl';
import { storePaths } from '../paths.ts';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { storeRoutes } from './routes.ts';
import { StoreApp } from './store-app.tsx';
import type { PageData } from './store-page.ts';

function Lost() {
  return <NotFoundPage homeHref={storePaths.home({ locale: useLocale() })} />;
}

/** Wakes the page that the server drew. */
async function wake(root: Element, page: PageData) {
  const route = page.route === null ? undefined : storeRoutes[page.route];
  const Screen = route ? (await route.page()).Screen : Lost;
  hydrateRoot(
    root,
    <StrictMode>
      <StoreApp page={page}>
        <Screen data={page.data} />
      </StoreApp>
    </StrictMode>,
  );
}

const root = document.querySelector('#root');
const data = document.querySelector('#page-data');
if (root && data) void wake(root, JSON.parse(data.textContent ?? '') as PageData);
