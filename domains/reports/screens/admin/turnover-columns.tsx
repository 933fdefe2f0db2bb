import { useTranslations } from 'use-intl';
import { Money } from '#web/ui/money.tsx';
import type { Column } from '#web/ui/table.tsx';
import { accountName } from '../../account-words.ts';
import type { TurnoverWire } from '../../contract.ts';

const AMOUNTS = ['opening', 'debit', 'credit', 'closing'] as const;

/** An account and what moved on it. */
export function useTurnoverColumns(): Column<TurnoverWire>[] {
  const text = useTranslations('reports');
  return [
    {
      id: 'account',
      header: text('csv.account'),
      cell: ({ code, name }) => (
        <span title={code}>
          {name ?? accountName(code, (key, values) => text(key as never, values as never))}
        </span>
      ),
    },
    ...AMOUNTS.map((key) => ({
      id: key,
      header: text(`csv.${key}`),
      align: 'end' as const,
      cell: (row: TurnoverWire) => <Money {...row[key]} />,
    })),
  ];
}

type Totals = Omit<TurnoverWire, 'code' | 'name'>;

/** One line a currency: debits equal credits, and what stands sums to nothing. */
export function TurnoverTotals({ totals }: { totals: readonly Totals[] }) {
  const text = useTranslations('reports');
  return totals.map((total) => (
    <tr key={total.opening.currency}>
      <td>{text('trial.total')}</td>
      {AMOUNTS.map((key) => (
        <td key={key} className="ui-cell-end" data-label={text(`csv.${key}`)}>
          <Money {...total[key]} />
        </td>
      ))}
    </tr>
  ));
}
