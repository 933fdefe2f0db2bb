import type { ReactNode } from 'react';
import type { Root } from 'react-dom/client';
import { IntlProvider } from 'use-intl';
import { loadTexts } from '../load-texts.ts';
import { matchPath } from '../path.ts';
import type { Locale } from '../texts.ts';
import { ErrorPage } from '../ui/error-page.tsx';
import { drawPanel } from './draw-panel.tsx';
import { Forbidden } from './forbidden.tsx';
import { enterPanel } from './load-session.ts';
import { browserLocale } from './locale.ts';
import { panelQueries } from './panel-queries.ts';
import type { PanelShell } from './route.ts';
import { goAndSignIn } from './sign-in-address.ts';

/** Finds out who works here, then draws the panel in their language; strangers go and sign in. */
export async function startPanel(root: Root, shell: PanelShell): Promise<void> {
  const early = browserLocale();
  const earlyTexts = loadTexts(early);
  try {
    const entry = await enterPanel(shell.id);
    if (entry.kind === 'outsider')
      return await drawAlone(root, entry.session.locale, <Forbidden />);
    if (entry.kind === 'stranger' && !isBare(shell)) return goAndSignIn(early);
    const session = entry.kind === 'member' ? entry.session : null;
    const locale = session?.locale ?? early;
    const texts = locale === early ? await earlyTexts : await loadTexts(locale);
    drawPanel(root, shell, { session, locale, texts, queries: panelQueries() });
  } catch (error) {
    const again = () => globalThis.location.reload();
    await drawAlone(root, early, <ErrorPage error={error} onRetry={again} />);
  }
}

async function drawAlone(root: Root, locale: Locale, page: ReactNode) {
  document.documentElement.lang = locale;
  root.render(
    <IntlProvider locale={locale} messages={await loadTexts(locale)}>
      <main>{page}</main>
    </IntlProvider>,
  );
}

function isBare(shell: PanelShell): boolean {
  const { pathname } = globalThis.location;
  return shell.routes.some((route) => route.bare && matchPath(route.path.pattern, pathname));
}
