import { useLocale, useTranslations } from 'use-intl';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { Link } from '#web/ui/link.tsx';
import { Money } from '#web/ui/money.tsx';
import { Table } from '#web/ui/table.tsx';
import { useWords } from '#web/ui/use-words.ts';
import type { RevenueWire } from '../../contract.ts';
import { monthText } from './month-text.ts';

export type CurrencyRevenue = RevenueWire['currencies'][number];
type Product = CurrencyRevenue['products'][number];

type Props = { revenue: CurrencyRevenue; months: readonly string[]; sellerId: string | undefined };

/** Products down, months across; every figure leads to the invoice lines it sums. */
export function RevenueTable({ revenue, months, sellerId }: Props) {
  const text = useTranslations('reports');
  const locale = useLocale();
  const words = useWords();
  const { currency, products } = revenue;
  const first = months[0] ?? '';
  const last = months.at(-1) ?? '';
  const hrefOf = ({ itemId, name }: Product, fromMonth: string, throughMonth: string) =>
    adminPaths.revenueLines({
      sellerId,
      fromMonth,
      throughMonth,
      itemId,
      currency,
      name: words(name),
    });
  return (
    <Card title={text('revenue.products', { currency })} flush>
      <Table
        label={text('revenue.products', { currency })}
        rows={products}
        rowKey={({ itemId }) => itemId}
        columns={[
          { id: 'product', header: text('csv.product'), cell: ({ name }) => words(name) },
          ...months.map((month, at) => ({
            id: month,
            header: monthText(month, locale, 'short'),
            align: 'end' as const,
            cell: (product: Product) => {
              const minor = product.months[at]?.minor ?? 0;
              if (minor === 0) return null;
              return (
                <Link href={hrefOf(product, month, month)}>
                  <Money minor={minor} currency={currency} />
                </Link>
              );
            },
          })),
          {
            id: 'total',
            header: text('revenue.total'),
            align: 'end',
            cell: (product) => (
              <Link href={hrefOf(product, first, last)}>
                <Money {...product.total} />
              </Link>
            ),
          },
        ]}
      />
    </Card>
  );
}
