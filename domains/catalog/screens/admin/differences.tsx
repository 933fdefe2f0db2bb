import { useTranslations } from 'use-intl';
import { Card } from '#web/ui/card.tsx';
import { Money } from '#web/ui/money.tsx';
import { Table } from '#web/ui/table.tsx';
import type { EditionDetail } from './change-page.tsx';
import { useGoods, useItemName } from './goods.ts';
import { isEveryTerm, mergeDifferences } from './merge-differences.ts';

/** Components that change their standing in plans. */
export function InclusionDifferences({ edition }: { edition: EditionDetail }) {
  const text = useTranslations('catalog.admin');
  const nameOf = useItemName(useGoods().data);
  const rows = edition.differences.flatMap((one) => (one.kind === 'inclusion' ? [one] : []));
  if (rows.length === 0) return null;
  return (
    <Card title={text('change.inclusions')} flush>
      <Table
        label={text('change.inclusions')}
        rows={rows}
        rowKey={({ planId, componentId }) => `${planId} ${componentId}`}
        columns={[
          {
            id: 'plan',
            header: text('change.plan'),
            cell: ({ planId }) => nameOf({ kind: 'plan', id: planId }),
          },
          {
            id: 'component',
            header: text('change.component'),
            cell: ({ componentId }) => nameOf({ kind: 'component', id: componentId }),
          },
          {
            id: 'before',
            header: text('change.before'),
            cell: ({ before }) => text(`modes.${before}`),
          },
          {
            id: 'after',
            header: text('change.after'),
            cell: ({ after }) => <strong>{text(`modes.${after}`)}</strong>,
          },
        ]}
      />
    </Card>
  );
}

type Props = { edition: EditionDetail; audience: 'clients' | 'resellers' };

/** A month's price per term, as it is without this change and as it will be. */
export function PriceDifferences({ edition, audience }: Props) {
  const text = useTranslations('catalog.admin');
  const nameOf = useItemName(useGoods().data);
  const rows = mergeDifferences(
    edition.differences.flatMap((one) =>
      one.kind === 'price' && one.audience === audience ? [one] : [],
    ),
  );
  if (rows.length === 0) return null;
  const title = text(`change.prices.${audience}`);
  return (
    <Card title={title} flush>
      <Table
        label={title}
        rows={rows}
        rowKey={({ item, actions, terms }) => [item.kind, item.id, ...actions, ...terms].join(' ')}
        columns={[
          { id: 'item', header: text('change.item'), cell: ({ item }) => nameOf(item) },
          {
            id: 'action',
            header: text('change.action'),
            cell: ({ actions }) =>
              actions.length > 1 ? text('both') : text(`actions.${actions[0] ?? 'add'}`),
          },
          {
            id: 'term',
            header: text('change.term'),
            align: 'end',
            cell: ({ terms }) =>
              isEveryTerm(terms) ? text('anyTerm') : text('months', { months: terms.join(', ') }),
          },
          {
            id: 'before',
            header: text('change.before'),
            align: 'end',
            cell: ({ before }) => (before ? <Money {...before} /> : text('change.notSold')),
          },
          {
            id: 'after',
            header: text('change.after'),
            align: 'end',
            cell: ({ after }) => (
              <strong>{after ? <Money {...after} /> : text('change.notSold')}</strong>
            ),
          },
        ]}
      />
    </Card>
  );
}
