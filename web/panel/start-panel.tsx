import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import type { Root } from 'react-dom/client';
import { IntlProvider } from 'use-intl';
import { matchPath } from '../path.ts';
import { storePaths } from '../paths.ts';
import type { Locale } from '../texts.ts';
import type { Texts } from '#kit/compose-texts.ts';
import { loadTexts } from '../load-texts.ts';
import { brandStyle } from '../ui/brand-colours.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { failureOf } from '../ui/refusal.ts';
import { ToastProvider } from '../ui/toast.tsx';
import { loadSession } from './load-session.ts';
import { panelRouter } from './panel-router.tsx';
import type { PanelShell } from './route.ts';
import { browserLocale, type PanelSession, SessionProvider } from './session.tsx';

/** Loads who works here and their language, then draws the panel; strangers go and sign in. */
export async function startPanel(root: Root, shell: PanelShell): Promise<void> {
  const early = browserLocale();
  const [session, earlyTexts] = await Promise.allSettled([loadSession(), loadTexts(early)]);
  if (session.status === 'rejected' || earlyTexts.status === 'rejected') {
    const error = session.status === 'rejected' ? session.reason : null;
    return drawFailure(root, early, error);
  }
  const who = session.value;
  if (!who && !isBare(shell)) return goAndSignIn(early);
  const locale = who?.locale ?? early;
  const texts = locale === early ? earlyTexts.value : await loadTexts(locale);
  const queries = new QueryClient({
    defaultOptions: { queries: { staleTime: STALE_MS, retry: retryable } },
  });
  drawPanel(root, shell, { session: who, locale, texts, queries });
}

export type PanelParts = {
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

async function drawFailure(root: Root, locale: Locale, error: unknown) {
  root.render(
    <IntlProvider locale={locale} messages={await loadTexts(locale)}>
      <ErrorPage error={error} onRetry={() => globalThis.location.reload()} />
    </IntlProvider>,
  );
}

function isBare(shell: PanelShell): boolean {
  const { pathname } = globalThis.location;
  return shell.routes.some((route) => route.bare && matchPath(route.path.pattern, pathname));
}

function goAndSignIn(locale: string) {
  const { pathname, search } = globalThis.location;
  globalThis.location.replace(storePaths.signIn({ locale }, { next: pathname + search }));
}

function paintBrand(accent: string) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(brandStyle(accent));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

const STALE_MS = 5_000;
const RETRIES_MAX = 2;

/** A refusal stays a refusal; only a broken connection or server is worth another try. */
function retryable(failures: number, error: unknown): boolean {
  return failures < RETRIES_MAX && failureOf(error).kind === 'failed';
}
