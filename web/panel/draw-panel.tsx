import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import type { Root } from 'react-dom/client';
import { IntlProvider } from 'use-intl';
import type { Texts } from '#kit/compose-texts.ts';
import type { Locale } from '../texts.ts';
import { brandStyle } from '../ui/brand-colours.ts';
import { ToastProvider } from '../ui/toast.tsx';
import { panelRouter } from './panel-router.tsx';
import type { PanelShell } from './route.ts';
import { type PanelSession, SessionProvider } from './session.tsx';

export type PanelParts = {
  /** Null for strangers, who see only the bare screens. */
  session: PanelSession | null;
  locale: Locale;
  texts: Texts;
  queries: QueryClient;
};

export function drawPanel(root: Root, shell: PanelShell, parts: PanelParts): void {
  const { session, locale, texts, queries } = parts;
  document.documentElement.lang = locale;
  if (session) paintBrand(session.brand.accent);
  const router = panelRouter(shell, session);
  root.render(
    <StrictMode>
      <IntlProvider locale={locale} messages={texts} timeZone={session?.timeZone ?? 'UTC'}>
        <QueryClientProvider client={queries}>
          <SessionProvider value={session}>
            <ToastProvider>
              <RouterProvider router={router} />
            </ToastProvider>
          </SessionProvider>
        </QueryClientProvider>
      </IntlProvider>
    </StrictMode>,
  );
}

/** As a constructed sheet: the security policy allows no inline style it was not told of. */
function paintBrand(accent: string) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(brandStyle(accent));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
