import { useLocale, useTranslations } from 'use-intl';
import { useBrand } from '#web/store/store-context.tsx';
import type { Say, StorePage } from '#web/store/store-page.ts';
import { notRefundable } from './faq-page.tsx';
import type { Shop } from './shop.ts';
import { loadShop } from './shop.ts';
import './shop.css';
import './prose.css';

/** The terms of sale, their figures taken from the policy that the system works by. */
export const termsPage: StorePage<Shop> = {
  load: loadShop,
  meta: ({ say }) => ({
    title: say('catalog.store.terms.title'),
    description: say('catalog.store.terms.description'),
  }),
  Screen: TermsScreen,
};

const SECTIONS = ['what', 'prices', 'pay', 'renew', 'addons', 'refund', 'end', 'changes'] as const;

function TermsScreen({ data }: { data: Shop }) {
  const text = useTranslations('catalog.store');
  const locale = useLocale();
  const brand = useBrand();
  const { promises } = data;
  const values: Record<string, Record<string, string | number>> = {
    prices: { tax: text(brand.pricesIncludeTax ? 'common.withTax' : 'common.withoutTax') },
    renew: {
      remind: promises.remindFromDays,
      short: promises.autoRenewDaysShort,
      long: promises.autoRenewDaysLong,
      notice: promises.noticeDaysBeforeAutoRenew,
    },
    refund: {
      days: promises.refundDays,
      items: notRefundable(data, locale, text as unknown as Say),
    },
    end: { days: promises.deleteAfterDays },
    changes: { days: promises.noticeDaysForPriceRise },
  };
  const legal = brand.legal?.[locale] ?? [brand.name];
  return (
    <div className="store-width shop-prose">
      <h1>{text('terms.title')}</h1>
      <p className="shop-lead">{text('terms.words')}</p>
      {SECTIONS.map((section) => (
        <section key={section} id={section}>
          <h2>{text(`terms.sections.${section}.title`)}</h2>
          <p>{text(`terms.sections.${section}.a`, values[section])}</p>
        </section>
      ))}
      <section id="seller">
        <h2>{text('terms.sections.seller.title')}</h2>
        <address>
          {legal.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </address>
      </section>
    </div>
  );
}
