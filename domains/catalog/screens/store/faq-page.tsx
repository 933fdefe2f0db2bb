import { useLocale, useTranslations } from 'use-intl';
import { useBrand } from '#web/store/store-context.tsx';
import type { Say, StorePage } from '#web/store/store-page.ts';
import { formatMoney } from '#kit/format-money.ts';
import type { Shop } from './shop.ts';
import { addonPrices, inLanguage, loadShop, priceFor, withinSentence } from './shop.ts';
import './shop.css';
import './prose.css';

const QUESTIONS = [
  'what',
  'included',
  'terms',
  'midterm',
  'pay',
  'renew',
  'unpaid',
  'refund',
  'rise',
  'api',
] as const;

/** Questions and answers, with the figures of this brand's policy and catalogue in them. */
export const faqPage: StorePage<Shop> = {
  load: loadShop,
  meta: ({ data, say, brand, locale }) => ({
    title: say('catalog.store.faq.title'),
    description: say('catalog.store.faq.description'),
    jsonLd: [
      {
        '@type': 'FAQPage',
        mainEntity: answersOf(data, brand.currency, locale, (key, values) =>
          say(`catalog.store.${key}`, values),
        ).map(({ question, answer }) => ({
          '@type': 'Question',
          name: question,
          acceptedAnswer: { '@type': 'Answer', text: answer },
        })),
      },
    ],
  }),
  Screen: FaqScreen,
};

function FaqScreen({ data }: { data: Shop }) {
  const text = useTranslations('catalog.store');
  const locale = useLocale();
  const brand = useBrand();
  const answers = answersOf(data, brand.currency, locale, text as unknown as Say);
  return (
    <div className="store-width shop-prose">
      <h1>{text('faq.title')}</h1>
      <div className="shop-questions">
        {answers.map(({ id, question, answer }) => (
          <details key={id} id={id}>
            <summary>{question}</summary>
            <p>{answer}</p>
          </details>
        ))}
      </div>
      <p className="shop-lead">
        {text.rich('faq.words', {
          email: brand.supportEmail,
          mail: (words) => <a href={`mailto:${brand.supportEmail}`}>{words}</a>,
        })}
      </p>
    </div>
  );
}

/** The same words for people and for search engines. `say` reads below `catalog.store`. */
function answersOf(shop: Shop, currency: string, locale: string, say: Say) {
  const { promises } = shop;
  const included = shop.components
    .filter(({ id }) =>
      shop.products.some((p) => p.plans.some((plan) => plan.included.includes(id))),
    )
    .map((component) => withinSentence(inLanguage(component.name, locale)));
  const addons = shop.components.flatMap((component) => {
    const price = priceFor(addonPrices(shop, component.id), 1);
    if (!price) return [];
    const name = withinSentence(inLanguage(component.name, locale));
    const monthly = formatMoney(price.monthlyMinor, currency, locale, { trim: true });
    return [say('faq.items.addonEach', { name, price: monthly })];
  });
  const values: Record<string, Record<string, string | number>> = {
    included: {
      included: [say('faq.items.includedNothing'), ...included].join(', '),
      addons: addons.join(', ') || say('faq.items.addonsNothing'),
    },
    renew: {
      short: promises.autoRenewDaysShort,
      long: promises.autoRenewDaysLong,
      notice: promises.noticeDaysBeforeAutoRenew,
    },
    unpaid: { days: promises.deleteAfterDays },
    refund: { days: promises.refundDays, items: notRefundable(shop, locale, say) },
    rise: { days: promises.noticeDaysForPriceRise },
  };
  return QUESTIONS.map((id) => ({
    id,
    question: say(`faq.items.${id}.q`),
    answer: say(`faq.items.${id}.a`, values[id]),
  }));
}

/** «Не возвращаются: …», or nothing when everything is. */
export function notRefundable(shop: Shop, locale: string, say: Say): string {
  const names = shop.components
    .filter((component) => !component.refundable)
    .map((component) => withinSentence(inLanguage(component.name, locale)));
  return names.length > 0 ? say('faq.items.refundExcept', { names: names.join(', ') }) : '';
}
