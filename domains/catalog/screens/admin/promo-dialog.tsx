import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { TERMS } from '#kit/term.ts';
import type { TermMonths } from '#kit/term.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { DateInput } from '#web/ui/date-input.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { Row } from '#web/ui/layout.tsx';
import { Select } from '#web/ui/select.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { Goods } from './goods.ts';
import { useGoods, useItemName } from './goods.ts';
import { minorOf } from './price-grid.ts';

/** A new code: per cent or an amount off the first payment for a package. */
export function PromoDialog({ onClose }: { onClose: () => void }) {
  const text = useTranslations('catalog.admin.promos');
  const goods = useGoods();
  return (
    <Dialog open onClose={onClose} title={text('new')}>
      {goods.data && <PromoForm goods={goods.data} onClose={onClose} />}
    </Dialog>
  );
}

function PromoForm({ goods, onClose }: { goods: Goods; onClose: () => void }) {
  const text = useTranslations('catalog.admin');
  const nameOf = useItemName(goods);
  const queries = useQueryClient();
  const form = useForm({
    initial: {
      code: '',
      kind: 'percent' as 'percent' | 'amount',
      size: '10',
      planId: '',
      terms: [] as TermMonths[],
      validFrom: goods.today,
      validUntil: '',
      usesMax: '',
      oncePerClient: true,
    },
    submit: (values) =>
      api.catalog.promos.create({
        code: values.code,
        gives: givenBy(values.kind, values.size, goods.currency),
        planIds: values.planId ? [values.planId] : [],
        terms: values.terms,
        validFrom: values.validFrom,
        validUntil: values.validUntil || null,
        usesMax: values.usesMax ? Number(values.usesMax) : null,
        oncePerClient: values.oncePerClient,
      }),
    onDone: () => {
      void queries.invalidateQueries({ queryKey: apiQuery.catalog.promos.key() });
      onClose();
    },
  });
  const { terms, kind, size } = form.values;
  const ready = form.values.code.trim().length > 1 && sizeOf(kind, size, goods.currency) !== null;
  const plans = goods.products.flatMap((product) => product.plans);
  return (
    <Form form={form} submit={text('promos.create')} disabled={!ready} wide>
      <TextInput {...form.field('code')} label={text('promos.code')} mono autoComplete="off" />
      <Select
        {...form.field('kind')}
        label={text('promos.gives')}
        options={(['percent', 'amount'] as const).map((value) => ({
          value,
          label: text(`promos.kinds.${value}`),
        }))}
      />
      <TextInput
        {...form.field('size')}
        label={text('promos.size')}
        inputMode="decimal"
        after={kind === 'percent' ? '%' : goods.currency}
      />
      <Select
        {...form.field('planId')}
        label={text('promos.plan')}
        placeholder={text('promos.all')}
        options={plans.map(({ id }) => ({ value: id, label: nameOf({ kind: 'plan', id }) }))}
      />
      <fieldset>
        <legend className="ui-field-label">{text('promos.terms')}</legend>
        <Row>
          {TERMS.map((term) => (
            <Checkbox
              key={term}
              label={text('months', { months: term })}
              checked={terms.includes(term)}
              onChange={(on) =>
                form.set('terms', on ? [...terms, term] : terms.filter((other) => other !== term))
              }
            />
          ))}
        </Row>
      </fieldset>
      <DateInput {...form.field('validFrom')} label={text('promos.from')} />
      <DateInput {...form.field('validUntil')} label={text('promos.until')} optional />
      <TextInput
        {...form.field('usesMax')}
        label={text('promos.usesMax')}
        inputMode="numeric"
        optional
      />
      <Checkbox {...form.tick('oncePerClient')} label={text('promos.oncePerClient')} />
    </Form>
  );
}

const BASIS_POINTS_MAX = 10_000;

/** Basis points or minor units; null while what is typed is neither. */
function sizeOf(kind: 'percent' | 'amount', size: string, currency: string): number | null {
  // A per cent has two decimals, as a rouble has: 12,5 % is 1250 basis points.
  const value = minorOf(size, kind === 'percent' ? 'RUB' : currency);
  if (value === null || value === 0) return null;
  return kind === 'percent' && value > BASIS_POINTS_MAX ? null : value;
}

function givenBy(kind: 'percent' | 'amount', size: string, currency: string) {
  const value = sizeOf(kind, size, currency) ?? 0;
  if (kind === 'percent') return { kind, basisPoints: value };
  return { kind, amount: { minor: value, currency } };
}
