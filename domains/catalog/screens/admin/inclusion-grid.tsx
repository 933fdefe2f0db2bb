import { useTranslations } from 'use-intl';
import { Card } from '#web/ui/card.tsx';
import { Select } from '#web/ui/select.tsx';
import type { Goods } from './goods.ts';
import { useItemName, useLocalised } from './goods.ts';

export type Mode = 'included' | 'addon' | 'none';
const MODES = ['included', 'addon', 'none'] as const;

export function inclusionKey(pair: { planId: string; componentId: string }): string {
  return `${pair.planId} ${pair.componentId}`;
}

export type InclusionGridProps = {
  goods: Goods;
  /** What was chosen, by pair; what is missing stays as it is. */
  modes: Readonly<Record<string, Mode>>;
  onChange: (modes: Readonly<Record<string, Mode>>) => void;
};

/** What each of the seller's own plans includes; plans of the seller above are not ours to fill. */
export function InclusionGrid({ goods, modes, onChange }: InclusionGridProps) {
  const text = useTranslations('catalog.admin');
  const say = useLocalised();
  const nameOf = useItemName(goods);
  const plans = goods.products.filter(({ isOwn }) => isOwn).flatMap(({ plans: own }) => own);
  if (plans.length === 0) return null;
  return (
    <Card title={text('editor.inclusions')} flush>
      <div className="price-grid">
        <table aria-label={text('editor.inclusions')}>
          <thead>
            <tr>
              <th scope="col">{text('change.plan')}</th>
              {goods.components.map((component) => (
                <th key={component.id} scope="col">
                  {say(component.name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plans.map(({ id: planId }) => (
              <tr key={planId}>
                <th scope="row">{nameOf({ kind: 'plan', id: planId })}</th>
                {goods.components.map(({ id: componentId, name }) => {
                  const key = inclusionKey({ planId, componentId });
                  const now = goods.inclusions.find((row) => inclusionKey(row) === key)?.mode;
                  return (
                    <td key={key}>
                      <Select
                        label={`${nameOf({ kind: 'plan', id: planId })}, ${say(name)}`}
                        labelHidden
                        value={modes[key] ?? now ?? 'none'}
                        onChange={(mode: Mode) => onChange({ ...modes, [key]: mode })}
                        options={MODES.map((mode) => ({
                          value: mode,
                          label: text(`modes.${mode}`),
                        }))}
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
