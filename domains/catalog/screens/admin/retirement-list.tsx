import { useTranslations } from 'use-intl';
import { Card } from '#web/ui/card.tsx';
import { Select } from '#web/ui/select.tsx';
import { Table } from '#web/ui/table.tsx';
import type { EditionDetail } from './change-page.tsx';
import type { Goods } from './goods.ts';
import { useGoods, useItemName } from './goods.ts';

/** By plan: what becomes of it. Nothing, retired with its holders staying, or a successor's id. */
export type Fates = Readonly<Record<string, string>>;

const STAYS = '';
const KEPT = '-';

export function fatesIn(draft: EditionDetail | null): Fates {
  const rows = draft?.retirements ?? [];
  return Object.fromEntries(rows.map((row) => [row.planId, row.successorId ?? KEPT]));
}

export function retirementsOf(fates: Fates) {
  return Object.entries(fates)
    .filter(([, fate]) => fate !== STAYS)
    .map(([planId, fate]) => ({ planId, successorId: fate === KEPT ? null : fate }));
}

type ListProps = { goods: Goods; fates: Fates; onChange: (fates: Fates) => void };

/** Which of the seller's own plans a change takes off sale, and what their holders go on with. */
export function RetirementList({ goods, fates, onChange }: ListProps) {
  const text = useTranslations('catalog.admin');
  const nameOf = useItemName(goods);
  const own = goods.products.filter(({ isOwn }) => isOwn);
  const rows = own.flatMap(({ plans }) => plans.map((plan) => ({ plan, siblings: plans })));
  if (rows.length === 0) return null;
  return (
    <Card title={text('editor.retirements')} flush>
      <Table
        label={text('editor.retirements')}
        rows={rows}
        rowKey={({ plan }) => plan.id}
        columns={[
          {
            id: 'plan',
            header: text('change.plan'),
            cell: ({ plan }) => nameOf({ kind: 'plan', id: plan.id }),
          },
          {
            id: 'fate',
            header: text('editor.fate'),
            cell: ({ plan, siblings }) => (
              <Select
                label={`${nameOf({ kind: 'plan', id: plan.id })}, ${text('editor.fate')}`}
                labelHidden
                value={fates[plan.id] ?? STAYS}
                onChange={(fate) => onChange({ ...fates, [plan.id]: fate })}
                placeholder={text('retirement.stays')}
                options={[
                  { value: KEPT, label: text('retirement.kept') },
                  ...siblings
                    .filter(({ id }) => id !== plan.id)
                    .map(({ id }) => ({
                      value: id,
                      label: text('retirement.successor', { plan: nameOf({ kind: 'plan', id }) }),
                    })),
                  { value: plan.id, label: text('retirement.again') },
                ]}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}

/** What a change retires, on its page. */
export function Retirements({ edition }: { edition: EditionDetail }) {
  const text = useTranslations('catalog.admin');
  const nameOf = useItemName(useGoods().data);
  if (edition.retirements.length === 0) return null;
  const fateOf = (planId: string, successorId: string | null) => {
    if (successorId === null) return text('retirement.kept');
    if (successorId === planId) return text('retirement.again');
    return text('retirement.successor', { plan: nameOf({ kind: 'plan', id: successorId }) });
  };
  return (
    <Card title={text('editor.retirements')} flush>
      <Table
        label={text('editor.retirements')}
        rows={edition.retirements}
        rowKey={({ planId }) => planId}
        columns={[
          {
            id: 'plan',
            header: text('change.plan'),
            cell: ({ planId }) => nameOf({ kind: 'plan', id: planId }),
          },
          {
            id: 'fate',
            header: text('editor.fate'),
            cell: ({ planId, successorId }) => <strong>{fateOf(planId, successorId)}</strong>,
          },
        ]}
      />
    </Card>
  );
}
