import { useFormatter, useTranslations } from 'use-intl';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Table } from '#web/ui/table.tsx';
import type { Goods, GoodsComponent, GoodsPlan, GoodsProduct } from './goods.ts';
import { useLocalised } from './goods.ts';

const LIMITS = ['accounts', 'diskMb', 'trafficGb', 'databases', 'mailboxes', 'memoryMb'] as const;

type PlanTableProps = {
  product: GoodsProduct;
  onProduct?: () => void;
  onPlan?: (plan: GoodsPlan) => void;
};

/** A product's plans with their limits. */
export function PlanTable({ product, onProduct, onPlan }: PlanTableProps) {
  const text = useTranslations('catalog.admin');
  const say = useLocalised();
  const format = useFormatter();
  return (
    <Card
      title={say(product.name)}
      flush
      actions={
        <>
          {product.retiredOn && (
            <Badge>
              {text('goods.retired')} <DateText on={product.retiredOn} />
            </Badge>
          )}
          {product.isOwn && onProduct && (
            <Button size="small" onClick={onProduct}>
              {text('goods.edit')}
            </Button>
          )}
        </>
      }
    >
      <Table
        label={say(product.name)}
        rows={product.plans}
        rowKey={({ id }) => id}
        columns={[
          { id: 'name', header: text('change.plan'), cell: ({ name }) => say(name) },
          { id: 'key', header: text('fields.key'), cell: ({ id }) => <code>{id}</code> },
          ...LIMITS.map((limit) => ({
            id: limit,
            header: text(`limits.${limit}`),
            align: 'end' as const,
            cell: ({ limits }: GoodsPlan) => format.number(limits[limit]),
          })),
          {
            id: 'edit',
            header: text('goods.deeds'),
            align: 'end' as const,
            cell: (plan) =>
              product.isOwn &&
              onPlan && (
                <Button size="small" tone="quiet" onClick={() => onPlan(plan)}>
                  {text('goods.edit')}
                </Button>
              ),
          },
        ]}
      />
    </Card>
  );
}

type ComponentTableProps = { goods: Goods; onComponent?: (component: GoodsComponent) => void };

/** Components with the rules that follow them everywhere. */
export function ComponentTable({ goods, onComponent }: ComponentTableProps) {
  const text = useTranslations('catalog.admin');
  const say = useLocalised();
  return (
    <Card flush>
      <Table
        label={text('goods.tabs.components')}
        rows={goods.components}
        rowKey={({ id }) => id}
        columns={[
          { id: 'name', header: text('change.component'), cell: ({ name }) => say(name) },
          { id: 'key', header: text('fields.key'), cell: ({ id }) => <code>{id}</code> },
          { id: 'kind', header: text('fields.kind'), cell: ({ kind }) => text(`kinds.${kind}`) },
          {
            id: 'refund',
            header: text('fields.refundable'),
            cell: ({ refundable }) => text(refundable ? 'yes' : 'no'),
          },
          {
            id: 'final',
            header: text('fields.irrevocable'),
            cell: ({ irrevocable }) => text(irrevocable ? 'yes' : 'no'),
          },
          {
            id: 'max',
            header: text('fields.quantityMax'),
            align: 'end',
            cell: ({ quantityMax }) => quantityMax,
          },
          {
            id: 'edit',
            header: text('goods.deeds'),
            align: 'end',
            cell: (component) =>
              component.isOwn &&
              onComponent && (
                <Button size="small" tone="quiet" onClick={() => onComponent(component)}>
                  {text('goods.edit')}
                </Button>
              ),
          },
        ]}
      />
    </Card>
  );
}
