import '../ui/styles.css';
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { storeRoutes } from './routes.ts';
import { StoreApp } from './store-app.tsx';
import type { PageData } from './store-page.ts';

/** Wakes the page that the server drew. */
async function wake(root: Element, page: PageData) {
  const route = page.route === null ? undefined : storeRoutes[page.route];
  if (!route) return;
  const { Screen } = await route.page();
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
