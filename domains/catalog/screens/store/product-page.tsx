import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { decimalOf, money } from '#kit/money.ts';
import { storePaths } from '#web/paths.ts';
import { useBrand } from '#web/store/store-context.tsx';
import type { StoreBrand } from '#web/store/store-brand.ts';
import type { StorePage } from '#web/store/store-page.ts';
import { formatMoney } from '#kit/format-money.ts';
import { Callout } from '#web/ui/callout.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { AddonChoice } from './addon-choice.tsx';
import { cartHref } from './cart-href.ts';
import { componentsOf, PlanCompare } from './plan-compare.tsx';
import { PlanCard } from './plan-card.tsx';
import { placesPerCell } from './rack-drawing.tsx';
import type { Shop, ShopProduct } from './shop.ts';
import {
  componentOf,
  firstTerm,
  inLanguage,
  loadShop,
  lowestMonthly,
  priceFor,
  withinSentence,
} from './shop.ts';
import { TermSwitch, useTerm } from './term-switch.tsx';
import './shop.css';
import './plans.css';

type Data = { shop: Shop; productId: string };

/** One product: its plans side by side, every price for the chosen term, its add-ons. */
export const productPage: StorePage<Data> = {
  load: async (request) => {
    const shop = await loadShop(request);
    const productId = request.params['productId'] ?? '';
    return findProduct({ shop, productId }) ? { shop, productId } : { absent: true };
  },
  meta: ({ data, say, brand, locale }) => {
    const product = findProduct(data);
    if (!product) return { title: brand.name };
    const name = inLanguage(product.name, locale);
    const price = formatMoney(lowestMonthly([product]), brand.currency, locale, { trim: true });
    const plans = product.plans.map((plan) => inLanguage(plan.name, locale)).join(', ');
    return {
      title: say('catalog.store.plans.title', { product: name }),
      description: say('catalog.store.plans.description', { product: name, plans, price }),
      jsonLd: product.plans.map((plan) => offerOf(product, plan, brand, locale)),
    };
  },
  Screen: ProductScreen,
  addresses: async ({ api }) =>
    (await api.catalog.shop.catalogue({})).products.map(({ id }) => ({ productId: id })),
};

/** The way to the plans when no product is named: the first one's. */
export const plansPage: StorePage = {
  load: async (request) => {
    const [first] = (await loadShop(request)).products;
    if (!first) return { absent: true };
    const { locale } = request;
    return { redirectTo: storePaths.product({ locale, productId: first.id }) };
  },
  meta: ({ brand }) => ({ title: brand.name }),
  Screen: () => null,
  addresses: async () => [],
};

function findProduct({ shop, productId }: Data): ShopProduct | undefined {
  return shop.products.find((product) => product.id === productId);
}

function offerOf(
  product: ShopProduct,
  plan: ShopProduct['plans'][number],
  brand: StoreBrand,
  locale: string,
) {
  const termMonths = firstTerm(product);
  const price = priceFor(plan.prices, termMonths) ?? plan.prices[0];
  const total = money(BigInt(price?.totalMinor ?? 0), brand.currency);
  const choice = { locale, productId: product.id, planId: plan.id, termMonths };
  return {
    '@type': 'Product',
    name: `${inLanguage(product.name, locale)}: ${inLanguage(plan.name, locale)}`,
    description: inLanguage(product.description, locale),
    sku: plan.id,
    brand: { '@type': 'Brand', name: brand.name },
    offers: {
      '@type': 'Offer',
      price: decimalOf(total),
      priceCurrency: brand.currency,
      availability: 'https://schema.org/InStock',
      url: brand.origin + cartHref(choice),
      priceSpecification: {
        '@type': 'UnitPriceSpecification',
        price: decimalOf(total),
        priceCurrency: brand.currency,
        valueAddedTaxIncluded: brand.pricesIncludeTax,
        referenceQuantity: { '@type': 'QuantitativeValue', value: termMonths, unitCode: 'MON' },
      },
    },
  };
}

function ProductScreen({ data }: { data: Data }) {
  const product = findProduct(data);
  return product ? <Plans shop={data.shop} product={product} /> : null;
}

function Plans({ shop, product }: { shop: Shop; product: ShopProduct }) {
  const text = useTranslations('catalog.store');
  const brand = useBrand();
  const locale = useLocale();
  const termMonths = useTerm(product);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const addons = componentsOf(shop, product).filter(({ id }) =>
    product.plans.some((plan) => plan.addons.some((addon) => addon.componentId === id)),
  );
  const perCell = placesPerCell(product.plans.map((plan) => plan.limits.accounts));
  return (
    <div className="store-width shop-plans">
      <header className="shop-head">
        <h1>{inLanguage(product.name, locale)}</h1>
        <p className="shop-lead">{inLanguage(product.description, locale)}</p>
      </header>
      <ProductSwitch shop={shop} current={product} />
      <TermSwitch product={product} current={termMonths} />
      <div className="shop-plan-grid">
        {product.plans.map((plan) => (
          <PlanCard key={plan.id} {...{ shop, product, plan, termMonths, chosen, perCell }} />
        ))}
      </div>
      <Coming shop={shop} />
      <p className="shop-plan-tax">
        {text(brand.pricesIncludeTax ? 'common.withTax' : 'common.withoutTax')}{' '}
        {text('plans.promoHint')}
      </p>
      {addons.length > 0 && (
        <AddonChoice
          shop={shop}
          components={addons}
          termMonths={termMonths}
          chosen={chosen}
          onChange={setChosen}
        />
      )}
      <PlanCompare shop={shop} product={product} />
      <AfterPayment shop={shop} />
    </div>
  );
}

/** What is about to leave the plans, said before anybody buys. */
function Coming({ shop }: { shop: Shop }) {
  const text = useTranslations('catalog.store.plans');
  const locale = useLocale();
  const sayMoney = useMoneyText();
  const { currency } = useBrand();
  return shop.coming.map(({ componentId, on, monthlyMinor }) => {
    const component = componentOf(shop, componentId);
    if (!component || monthlyMinor === null) return null;
    return (
      <div key={componentId} className="shop-coming">
        <Callout tone="info">
          {text('coming', {
            name: withinSentence(inLanguage(component.name, locale)),
            date: formatDate(on, locale),
            price: sayMoney(monthlyMinor, currency, { trim: true }),
          })}
        </Callout>
      </div>
    );
  });
}

function ProductSwitch({ shop, current }: { shop: Shop; current: ShopProduct }) {
  const text = useTranslations('catalog.store');
  const locale = useLocale();
  if (shop.products.length < 2) return null;
  return (
    <nav className="shop-product-switch" aria-label={text('plans.osLabel')}>
      {shop.products.map((product) => (
        <a
          key={product.id}
          href={storePaths.product({ locale, productId: product.id })}
          aria-current={product.id === current.id ? 'page' : undefined}
        >
          {text(`common.os.${product.os}`)}
        </a>
      ))}
    </nav>
  );
}

function AfterPayment({ shop }: { shop: Shop }) {
  const text = useTranslations('catalog.store.plans');
  const { remindFromDays, refundDays } = shop.promises;
  return (
    <div className="shop-section shop-pair">
      <section>
        <h2>{text('afterTitle')}</h2>
        <ol className="shop-steps-short">
          <li>{text('after.one')}</li>
          <li>{text('after.two')}</li>
          <li>{text('after.three', { days: remindFromDays })}</li>
        </ol>
      </section>
      <section>
        <h2>{text('leaveTitle')}</h2>
        <p>{text('leave', { days: refundDays })}</p>
      </section>
    </div>
  );
}
