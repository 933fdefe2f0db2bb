import { useLocale, useTranslations } from 'use-intl';
import { storePaths } from '#web/paths.ts';
import { useBrand } from '#web/store/store-context.tsx';
import type { StorePage } from '#web/store/store-page.ts';
import { LinkButton } from '#web/ui/link-button.tsx';
import { Money, useMoneyText } from '#web/ui/money.tsx';
import { ComponentDrawing } from './component-drawing.tsx';
import { HeroDrawing } from './hero-drawing.tsx';
import { ProductTile } from './product-tile.tsx';
import type { Shop } from './shop.ts';
import { addonPrices, firstTerm, loadShop, lowestMonthly, priceFor, useWords } from './shop.ts';
import { SliceDrawing } from './slice-drawing.tsx';
import './shop.css';
import './home.css';

/** The brand's front: what is sold, how it goes, how it is counted, how to leave. */
export const homePage: StorePage<Shop> = {
  load: loadShop,
  meta: ({ data, say, brand }) => ({
    title: say('catalog.store.home.title'),
    description: say('catalog.store.home.description'),
    jsonLd: [
      {
        '@type': 'Organization',
        name: brand.name,
        url: brand.origin,
        email: brand.supportEmail,
        makesOffer: data.products.map((product) => ({
          '@type': 'Offer',
          itemOffered: { '@type': 'Service', name: product.name.en },
        })),
      },
    ],
  }),
  Screen: ({ data }) => (
    <>
      <Hero shop={data} />
      <Products shop={data} />
      <Steps />
      <Exact shop={data} />
      <Addons shop={data} />
      <Leave shop={data} />
    </>
  ),
};

function Hero({ shop }: { shop: Shop }) {
  const text = useTranslations('catalog.store.home');
  const locale = useLocale();
  return (
    <section className="hero">
      <div className="store-width hero-grid">
        <div className="hero-words">
          <h1>{text('heroTitle')}</h1>
          <p className="hero-lead">{text('heroWords')}</p>
          <div className="hero-actions">
            <LinkButton tone="primary" size="large" href={storePaths.plans({ locale })}>
              {text('choose')}
            </LinkButton>
            <LinkButton size="large" href={storePaths.faq({ locale })}>
              {text('questions')}
            </LinkButton>
          </div>
          <Facts shop={shop} />
        </div>
        <div className="hero-picture">
          <HeroDrawing label={text('heroAlt')} newest={text('newClient')} />
          <Receipt shop={shop} />
        </div>
      </div>
    </section>
  );
}

function Facts({ shop }: { shop: Shop }) {
  const text = useTranslations('catalog.store');
  const { currency } = useBrand();
  const accounts = shop.products.flatMap(({ plans }) => plans.map((plan) => plan.limits.accounts));
  const { refundDays } = shop.promises;
  const sayMoney = useMoneyText();
  if (accounts.length === 0) return null;
  const price = sayMoney(lowestMonthly(shop.products), currency, { trim: true });
  return (
    <dl className="shop-facts">
      <div>
        <dt>{text('home.factsPrice')}</dt>
        <dd>{text('common.from', { price })}</dd>
      </div>
      <div>
        <dt>{text('home.factsAccounts')}</dt>
        <dd>
          {Math.min(...accounts)}–{Math.max(...accounts)}
        </dd>
      </div>
      <div>
        <dt>{text('home.factsRefund', { days: refundDays })}</dt>
        <dd>{refundDays}</dd>
      </div>
    </dl>
  );
}

/** A real price of this shop, as its invoice would say it. */
function Receipt({ shop }: { shop: Shop }) {
  const text = useTranslations('catalog.store');
  const words = useWords();
  const { currency, name, pricesIncludeTax } = useBrand();
  const product = shop.products[0];
  const plan = product?.plans[1] ?? product?.plans[0];
  if (!product || !plan) return null;
  const termMonths = firstTerm(product);
  const lines = [
    {
      name: `${words(plan.name)}, ${text('common.months', { months: termMonths })}`,
      minor: priceFor(plan.prices, termMonths)?.totalMinor ?? 0,
    },
    ...plan.addons.slice(0, 1).map((addon) => ({
      name: words(shop.components.find(({ id }) => id === addon.componentId)?.name ?? plan.name),
      minor: priceFor(addon.prices, termMonths)?.totalMinor ?? 0,
    })),
  ];
  const total = lines.reduce((sum, line) => sum + line.minor, 0);
  return (
    <div className="receipt">
      <p className="receipt-head">
        <span>{text('home.receipt.title')}</span>
        <span>{name}</span>
      </p>
      <dl>
        {lines.map((line) => (
          <div key={line.name}>
            <dt>{line.name}</dt>
            <dd>
              <Money minor={line.minor} currency={currency} />
            </dd>
          </div>
        ))}
        <div className="receipt-total">
          <dt>{text('home.receipt.sum')}</dt>
          <dd>
            <Money minor={total} currency={currency} />
          </dd>
        </div>
      </dl>
      <p className="receipt-note">
        {text(pricesIncludeTax ? 'common.withTax' : 'common.withoutTax')}
      </p>
    </div>
  );
}

function Products({ shop }: { shop: Shop }) {
  const text = useTranslations('catalog.store.home');
  return (
    <section className="store-width shop-section">
      <h2>{text('productsTitle')}</h2>
      <p className="shop-lead">{text('productsWords')}</p>
      <div className="shop-tiles">
        {shop.products.map((product) => (
          <ProductTile key={product.id} product={product} />
        ))}
      </div>
    </section>
  );
}

function Steps() {
  const text = useTranslations('catalog.store.home');
  return (
    <section className="store-width shop-section">
      <h2>{text('stepsTitle')}</h2>
      <ol className="shop-steps">
        {(['choose', 'pay', 'watch', 'sell'] as const).map((step) => (
          <li key={step}>
            <h3>{text(`steps.${step}.title`)}</h3>
            <p>{text(`steps.${step}.words`)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Exact({ shop }: { shop: Shop }) {
  const text = useTranslations('catalog.store.home');
  return (
    <section className="shop-exact">
      <div className="store-width shop-exact-grid">
        <div>
          <h2>{text('exactTitle')}</h2>
          <p className="shop-lead">{text('exactWords')}</p>
        </div>
        <SliceDrawing shop={shop} />
      </div>
    </section>
  );
}

function Addons({ shop }: { shop: Shop }) {
  const text = useTranslations('catalog.store');
  const words = useWords();
  const { currency } = useBrand();
  return (
    <section className="store-width shop-section">
      <h2>{text('home.addonsTitle')}</h2>
      <p className="shop-lead">{text('home.addonsWords')}</p>
      <ul className="shop-extras">
        {shop.components.map((component) => {
          const minor = priceFor(addonPrices(shop, component.id), 1)?.monthlyMinor;
          return (
            <li key={component.id}>
              <ComponentDrawing kind={component.kind} />
              <h3>{words(component.name)}</h3>
              <p>{words(component.description)}</p>
              <p className="shop-extras-price">
                {minor === undefined ? (
                  text('home.included')
                ) : (
                  <>
                    <Money minor={minor} currency={currency} trim /> {text('common.perMonth')}
                  </>
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Leave({ shop }: { shop: Shop }) {
  const text = useTranslations('catalog.store.home');
  const { refundDays, noticeDaysForPriceRise } = shop.promises;
  return (
    <section className="store-width shop-section">
      <h2>{text('leaveTitle')}</h2>
      <ul className="shop-leave">
        <li>{text('leave.refund', { days: refundDays })}</li>
        <li>{text('leave.delete')}</li>
        <li>{text('leave.renew')}</li>
        <li>{text('leave.prices', { days: noticeDaysForPriceRise })}</li>
      </ul>
    </section>
  );
}
