import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { TERMS } from '#kit/term.ts';
import { Card } from '#web/ui/card.tsx';
import { classes } from '#web/ui/classes.ts';
import { Select } from '#web/ui/select.tsx';
import type { Goods, GoodsItem } from './goods.ts';
import { useItemName } from './goods.ts';
import { cellKey, fallback } from './price-grid.ts';
import type { Action, Cell, Cells } from './price-grid.ts';

export type PriceTableProps = {
  goods: Goods;
  /** Today's prices, to show what was touched. */
  base: Cells;
  cells: Cells;
  faulty: readonly string[];
  onChange: (cells: Cells) => void;
};

/** Prices of a month, items down, terms across; blank takes the price of the shorter term. */
export function PriceTable({ goods, base, cells, faulty, onChange }: PriceTableProps) {
  const text = useTranslations('catalog.admin');
  const nameOf = useItemName(goods);
  const [audience, setAudience] = useState<Cell['audience']>('clients');
  const [action, setAction] = useState<Action>('add');
  return (
    <Card
      title={text('editor.prices', { currency: goods.currency })}
      flush
      foot={<span className="ui-muted ui-small">{text('editor.pricesHelp')}</span>}
    >
      <div className="price-tools">
        <Select
          label={text('editor.audience')}
          labelHidden
          value={audience}
          onChange={setAudience}
          options={(['clients', 'resellers'] as const).map((value) => ({
            value,
            label: text(`audiences.${value}`),
          }))}
        />
        <Select
          label={text('change.action')}
          labelHidden
          value={action}
          onChange={setAction}
          options={(['add', 'renew'] as const).map((value) => ({
            value,
            label: text(`actions.${value}`),
          }))}
        />
      </div>
      <div className="price-grid">
        <table aria-label={text('editor.prices', { currency: goods.currency })}>
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
                {TERMS.map((termMonths) => {
                  const cell: Cell = { audience, item, action, termMonths };
                  const key = cellKey(cell);
                  const value = cells[key] ?? '';
                  return (
                    <td key={key}>
                      <input
                        className={classes(
                          'ui-input',
                          value.trim() !== (base[key] ?? '') && 'price-touched',
                        )}
                        inputMode="decimal"
                        aria-label={`${nameOf(item)}, ${text('months', { months: termMonths })}`}
                        aria-invalid={faulty.includes(key) || undefined}
                        placeholder={fallback(cells, cell) || '—'}
                        value={value}
                        onChange={(event) => onChange({ ...cells, [key]: event.target.value })}
                      />
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

export function itemsOf(goods: Goods): GoodsItem[] {
  return [
    ...goods.products.flatMap(({ plans }) =>
      plans.map(({ id }) => ({ kind: 'plan' as const, id })),
    ),
    ...goods.components.map(({ id }) => ({ kind: 'component' as const, id })),
  ];
}
