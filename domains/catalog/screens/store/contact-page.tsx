import { IconMail, IconUserCircle } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'use-intl';
import { clientPaths } from '#web/paths.ts';
import { useBrand } from '#web/store/store-context.tsx';
import type { StorePage } from '#web/store/store-page.ts';
import { LinkButton } from '#web/ui/link-button.tsx';
import './shop.css';
import './prose.css';

/** How to reach the seller, and who it is. */
export const contactPage: StorePage = {
  meta: ({ say, brand }) => ({
    title: say('catalog.store.contact.title'),
    description: say('catalog.store.contact.description', { brand: brand.name }),
  }),
  Screen: ContactScreen,
};

function ContactScreen() {
  const text = useTranslations('catalog.store.contact');
  const locale = useLocale();
  const brand = useBrand();
  const legal = brand.legal?.[locale] ?? [brand.name];
  return (
    <div className="store-width shop-prose">
      <h1>{text('title')}</h1>
      <div className="shop-contact">
        <section>
          <h2>{text('mailTitle')}</h2>
          <p>{text('mailWords')}</p>
          <p className="shop-contact-mail">{brand.supportEmail}</p>
          <LinkButton tone="primary" icon={IconMail} href={`mailto:${brand.supportEmail}`}>
            {text('write')}
          </LinkButton>
        </section>
        <section>
          <h2>{text('clientsTitle')}</h2>
          <p>{text('clientsWords')}</p>
          <LinkButton icon={IconUserCircle} href={clientPaths.home()}>
            {text('account')}
          </LinkButton>
        </section>
        <section>
          <h2>{text('legalTitle')}</h2>
          <address>
            {legal.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </address>
        </section>
      </div>
    </div>
  );
}
