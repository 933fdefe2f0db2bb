import { useTranslations } from 'use-intl';
import { TERMS } from '#kit/term.ts';
import { Card } from '#web/ui/card.tsx';
import { Money } from '#web/ui/money.tsx';
import type { Goods } from './goods.ts';
import { useItemName } from './goods.ts';
import { itemsOf } from './price-table.tsx';

type Props = { goods: Goods; book: 'clients' | 'resellers' | 'cost'; action: 'add' | 'renew' };

/** One price book as it stands on the day: a month's price, items down, terms across. */
export function BookTable({ goods, book, action }: Props) {
  const text = useTranslations('catalog.admin');
  const nameOf = useItemName(goods);
  const priceOf = (id: string, termMonths: number) =>
    goods.prices.find(
      (price) =>
        price.book === book &&
        price.action === action &&
        price.item.id === id &&
        price.termMonths === termMonths,
    )?.monthly;
  const tax = text(goods.pricesIncludeTax ? 'goods.withTax' : 'goods.withoutTax');
  return (
    <Card
      title={text('goods.perMonth')}
      flush
      foot={<span className="ui-muted ui-small">{tax}</span>}
    >
      <div className="price-grid" tabIndex={0} role="region" aria-label={text(`audiences.${book}`)}>
        <table aria-label={text('goods.perMonth')}>
          <thead>
            <tr>
              <th scope="col">{text('change.item')}</th>
              {TERMS.map((term) => (
                <th key={term} scope="col">
                  {text('months', { months: term })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {itemsOf(goods).map((item) => (
              <tr key={`${item.kind} ${item.id}`}>
                <th scope="row">{nameOf(item)}</th>
                {TERMS.map((term) => {
                  const price = priceOf(item.id, term);
                  return (
                    <td key={term}>
                      {price ? <Money {...price} /> : <span className="ui-muted">—</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
