import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Shop, ShopComponent, ShopPlan, ShopProduct } from './shop.ts';
import { componentOf, useSizes, useWords } from './shop.ts';

/** Every limit of every plan side by side; on a phone it scrolls under its first column. */
export function PlanCompare({ shop, product }: { shop: Shop; product: ShopProduct }) {
  const text = useTranslations('catalog.store.plans');
  const words = useWords();
  const format = useFormatter();
  const sizes = useSizes();
  const rows: { name: string; of: (plan: ShopPlan) => ReactNode }[] = [
    { name: text('rows.accounts'), of: ({ limits }) => format.number(limits.accounts) },
    { name: text('rows.disk'), of: ({ limits }) => sizes.disk(limits.diskMb) },
    { name: text('rows.traffic'), of: ({ limits }) => sizes.traffic(limits.trafficGb) },
    { name: text('rows.databases'), of: ({ limits }) => format.number(limits.databases) },
    { name: text('rows.mailboxes'), of: ({ limits }) => format.number(limits.mailboxes) },
    { name: text('rows.memory'), of: ({ limits }) => sizes.disk(limits.memoryMb) },
    ...componentsOf(shop, product).map((component) => ({
      name: words(component.name),
      of: (plan: ShopPlan) => text(`cells.${standingOf(plan, component.id)}`),
    })),
  ];
  return (
    <section className="shop-section">
      <h2>{text('compareTitle')}</h2>
      <p className="shop-lead">{text('compareWords')}</p>
      <div className="shop-compare" tabIndex={0} role="region" aria-label={text('compareTitle')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{text('limit')}</th>
              {product.plans.map((plan) => (
                <th key={plan.id} scope="col">
                  {words(plan.name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                {product.plans.map((plan) => (
                  <td key={plan.id}>{row.of(plan)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What some plan of the product includes or may be given. */
export function componentsOf(shop: Shop, product: ShopProduct): ShopComponent[] {
  const ids = product.plans.flatMap((plan) => [
    ...plan.included,
    ...plan.addons.map((addon) => addon.componentId),
  ]);
  return [...new Set(ids)].flatMap((id) => componentOf(shop, id) ?? []);
}

function standingOf(plan: ShopPlan, componentId: string): 'included' | 'addon' | 'none' {
  if (plan.included.includes(componentId)) return 'included';
  const isAddon = plan.addons.some((addon) => addon.componentId === componentId);
  return isAddon ? 'addon' : 'none';
}
