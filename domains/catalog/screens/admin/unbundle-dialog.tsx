import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { Callout } from '#web/ui/callout.tsx';
import { DateInput } from '#web/ui/date-input.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { Select } from '#web/ui/select.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { Goods } from './goods.ts';
import { useGoods, useLocalised } from './goods.ts';
import { minorOf } from './price-grid.ts';

type Props = { open: boolean; onClose: () => void };

/** Takes a component out of the plans on a date and gives it a price: the WHMCS change. */
export function UnbundleDialog({ open, onClose }: Props) {
  const text = useTranslations('catalog.admin.unbundle');
  const goods = useGoods();
  return (
    <Dialog open={open} onClose={onClose} title={text('title')}>
      {goods.data && <UnbundleForm goods={goods.data} />}
    </Dialog>
  );
}

const NOTICE_DAYS = 30;

function UnbundleForm({ goods }: { goods: Goods }) {
  const text = useTranslations('catalog.admin');
  const say = useLocalised();
  const queries = useQueryClient();
  const navigation = useNavigation();
  const { currency } = goods;
  const included = goods.components.filter(({ id }) =>
    goods.inclusions.some((row) => row.componentId === id && row.mode === 'included'),
  );
  const form = useForm({
    initial: {
      componentId: included[0]?.id ?? '',
      effectiveOn: '',
      existingOn: '',
      clients: '',
      resellers: '',
    },
    submit: ({ componentId, effectiveOn, existingOn, clients, resellers }) => {
      const component = included.find(({ id }) => id === componentId);
      const priced = [
        { audience: 'clients' as const, monthlyMinor: minorOf(clients, currency) },
        { audience: 'resellers' as const, monthlyMinor: minorOf(resellers, currency) },
      ];
      return api.catalog.editions.unbundle({
        title: text('unbundle.name', { component: component ? say(component.name) : '' }),
        componentId,
        effectiveOn,
        existingOn: existingOn || null,
        noticeDays: NOTICE_DAYS,
        prices: priced.flatMap(({ audience, monthlyMinor }) =>
          monthlyMinor === null ? [] : [{ audience, currency, monthlyMinor }],
        ),
      });
    },
    onDone: ({ id }) => {
      void queries.invalidateQueries({ queryKey: apiQuery.catalog.key() });
      navigation.go(adminPaths.change({ editionId: id }));
    },
  });
  if (included.length === 0) return <Callout tone="info">{text('unbundle.nothing')}</Callout>;
  const ready = form.values.effectiveOn !== '' && minorOf(form.values.clients, currency) !== null;
  return (
    <Form form={form} submit={text('unbundle.submit')} disabled={!ready} wide>
      <p className="ui-muted">{text('unbundle.words')}</p>
      <Select
        {...form.field('componentId')}
        label={text('unbundle.component')}
        options={included.map(({ id, name }) => ({ value: id, label: say(name) }))}
      />
      <DateInput
        {...form.field('effectiveOn')}
        label={text('fields.effectiveOn')}
        help={text('fields.effectiveOnHelp')}
        min={goods.today}
      />
      <DateInput
        {...form.field('existingOn')}
        label={text('fields.existingOn')}
        help={text('fields.existingOnHelp')}
        min={form.values.effectiveOn || goods.today}
        optional
      />
      <TextInput
        {...form.field('clients')}
        label={text('unbundle.clients')}
        inputMode="decimal"
        after={currency}
      />
      <TextInput
        {...form.field('resellers')}
        label={text('unbundle.resellers')}
        inputMode="decimal"
        after={currency}
        optional
      />
    </Form>
  );
}
