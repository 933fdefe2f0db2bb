import { IconUserCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { clientPaths, storePaths } from '../paths.ts';
import { LANGUAGE_NAMES } from '../texts.ts';
import { useAddress } from '../ui/address.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Logo } from '../ui/logo.tsx';
import { ThemeSwitch } from '../ui/theme-switch.tsx';
import { useBrand } from './store-context.tsx';
import { storeLinks } from './store-links.ts';
import './store.css';

/** Header with the brand, what it sells and the way in; footer with who the seller is. */
export function StoreFrame({ children }: { children: ReactNode }) {
  const text = useTranslations('store');
  return (
    <div className="store">
      <a className="store-skip" href="#content">
        {text('skip')}
      </a>
      <Header />
      <main id="content" className="store-content">
        {children}
      </main>
      <Footer />
    </div>
  );
}

function Header() {
  const text = useTranslations('store');
  const locale = useLocale();
  const brand = useBrand();
  const { pathname, search } = useAddress();
  return (
    <header className="store-header">
      <div className="store-width store-bar">
        <Logo name={brand.name} imageUrl={brand.logoUrl} href={storePaths.home({ locale })} />
        <nav className="store-links" aria-label={text('menu')}>
          {storeLinks.map((link) => {
            const href = link.path({ locale });
            return (
              <a key={link.id} href={href} aria-current={href === pathname ? 'page' : undefined}>
                {text(`links.${link.id}`)}
              </a>
            );
          })}
        </nav>
        <div className="store-bar-end">
          {brand.languages.length > 1 && (
            <LanguageSwitch
              current={locale}
              languages={brand.languages.map((each) => ({
                locale: each,
                name: LANGUAGE_NAMES[each],
                href: inLocale(pathname, each) + (search.size > 0 ? `?${search}` : ''),
              }))}
            />
          )}
          <ThemeSwitch />
          <LinkButton
            className="store-account"
            href={clientPaths.home()}
            icon={IconUserCircle}
            aria-label={text('account')}
          >
            {text('account')}
          </LinkButton>
        </div>
      </div>
    </header>
  );
}

function Footer() {
  const text = useTranslations('store');
  const locale = useLocale();
  const brand = useBrand();
  const lines = brand.legal?.[locale] ?? [brand.name];
  return (
    <footer className="store-footer">
      <div className="store-width">
        <nav className="store-footer-links" aria-label={text('footerMenu')}>
          {storeLinks.map((link) => (
            <a key={link.id} href={link.path({ locale })}>
              {text(`links.${link.id}`)}
            </a>
          ))}
        </nav>
        <address className="store-legal" aria-label={text('footer')}>
          {lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
          <a href={`mailto:${brand.supportEmail}`}>{brand.supportEmail}</a>
        </address>
      </div>
    </footer>
  );
}

/** The same page in another language: the first part of the address is the language. */
export function inLocale(pathname: string, locale: string): string {
  return pathname.replace(/^\/[^/]+/, `/${locale}`);
}
