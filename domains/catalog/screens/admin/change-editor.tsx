import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Card } from '#web/ui/card.tsx';
import { DateInput } from '#web/ui/date-input.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Select } from '#web/ui/select.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { EditionDetail } from './change-page.tsx';
import type { Goods } from './goods.ts';
import { useGoods } from './goods.ts';
import { InclusionGrid, inclusionKey } from './inclusion-grid.tsx';
import type { Mode } from './inclusion-grid.tsx';
import { cellKey, cellsOf, changedRows, faultyCells } from './price-grid.ts';
import type { Cells, Ladder } from './price-grid.ts';
import { PriceTable } from './price-table.tsx';
import { fatesIn, RetirementList, retirementsOf } from './retirement-list.tsx';
import type { Fates } from './retirement-list.tsx';
import './catalogue.css';

/** A new change, from the catalogue as it stands. */
export function NewChangePage() {
  const goods = useGoods();
  if (goods.error) return <FailureCallout error={goods.error} onRetry={goods.refetch} />;
  if (!goods.data) return <PageSkeleton />;
  return <Editor goods={goods.data} draft={null} />;
}

/** A draft, taken up again. */
export function EditChangePage() {
  const { editionId } = usePathParams(adminPaths.editChange);
  const goods = useGoods();
  const draft = useQuery(apiQuery.catalog.editions.get.queryOptions({ input: { id: editionId } }));
  const error = goods.error ?? draft.error;
  if (error) return <FailureCallout error={error} onRetry={draft.refetch} />;
  if (!goods.data || !draft.data) return <PageSkeleton />;
  return <Editor goods={goods.data} draft={draft.data} />;
}

const NOTICE_DAYS = 30;
const CARRY_OVERS = ['charge', 'opt-in'] as const;

function Editor({ goods, draft }: { goods: Goods; draft: EditionDetail | null }) {
  const text = useTranslations('catalog.admin');
  const queries = useQueryClient();
  const navigation = useNavigation();
  const { currency } = goods;
  const base = pricesToday(goods);
  const [cells, setCells] = useState<Cells>(() => ({ ...base, ...typedIn(draft) }));
  const [modes, setModes] = useState<Readonly<Record<string, Mode>>>(() => modesIn(draft));
  const [fates, setFates] = useState<Fates>(() => fatesIn(draft));
  const faulty = faultyCells(cells, currency);
  const form = useForm({
    initial: {
      title: draft?.title ?? '',
      effectiveOn: draft?.effectiveOn ?? '',
      existingOn: draft?.existingOn ?? '',
      noticeDays: String(draft?.noticeDays ?? NOTICE_DAYS),
      carryOver: draft?.carryOver ?? ('charge' as const),
    },
    submit: ({ title, effectiveOn, existingOn, noticeDays, carryOver }) => {
      const input = {
        title,
        effectiveOn,
        existingOn: existingOn || null,
        noticeDays: Number(noticeDays),
        carryOver,
        prices: changedRows(base, cells, laddersOf(goods), currency),
        inclusions: changedModes(goods, modes),
        retirements: retirementsOf(fates),
      };
      if (draft) return api.catalog.editions.change({ ...input, id: draft.id });
      return api.catalog.editions.draft(input);
    },
    onDone: ({ id }) => {
      void queries.invalidateQueries({ queryKey: apiQuery.catalog.key() });
      navigation.go(adminPaths.change({ editionId: id }));
    },
  });
  const ready = form.values.title.trim() && form.values.effectiveOn && faulty.length === 0;
  return (
    <>
      <PageHeader
        title={text(draft ? 'editor.edit' : 'editor.new')}
        lead={text('editor.lead')}
        crumbs={[{ label: text('changes.title'), href: adminPaths.changes() }]}
      />
      <Form
        form={form}
        submit={text('editor.save')}
        disabled={!ready}
        wide
        actions={<LinkButton href={adminPaths.changes()}>{text('editor.leave')}</LinkButton>}
      >
        <Card title={text('editor.when')}>
          <div className="change-dates">
            <TextInput {...form.field('title')} label={text('fields.title')} />
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
              {...form.field('noticeDays')}
              label={text('fields.noticeDays')}
              help={text('fields.noticeDaysHelp')}
              inputMode="numeric"
            />
            <Select
              {...form.field('carryOver')}
              label={text('fields.carryOver')}
              help={text('fields.carryOverHelp')}
              options={CARRY_OVERS.map((value) => ({ value, label: text(`carryOver.${value}`) }))}
            />
          </div>
        </Card>
        <RetirementList goods={goods} fates={fates} onChange={setFates} />
        <PriceTable goods={goods} base={base} cells={cells} faulty={faulty} onChange={setCells} />
        <InclusionGrid goods={goods} modes={modes} onChange={setModes} />
      </Form>
    </>
  );
}

function pricesToday(goods: Goods): Cells {
  const rows = goods.prices.flatMap(({ book, monthly, ...row }) =>
    book === 'cost'
      ? []
      : [{ ...row, audience: book, currency: monthly.currency, monthlyMinor: monthly.minor }],
  );
  return cellsOf(rows);
}

/** The draft's ladders as cells; a ladder replaces the one of today, so its blanks count too. */
function typedIn(draft: EditionDetail | null): Cells {
  const rows = draft?.prices ?? [];
  const blank = rows.flatMap((row) =>
    (['add', 'renew'] as const).flatMap((action) =>
      ([1, 3, 6, 12, 24, 36] as const).map((termMonths) => [
        cellKey({ ...row, action, termMonths }),
        '',
      ]),
    ),
  );
  return { ...(Object.fromEntries(blank) as Cells), ...cellsOf(rows) };
}

function modesIn(draft: EditionDetail | null): Record<string, Mode> {
  const rows = draft?.inclusions ?? [];
  return Object.fromEntries(rows.map((row) => [inclusionKey(row), row.mode]));
}

function laddersOf(goods: Goods): Ladder[] {
  const plans = goods.products.flatMap((product) =>
    product.plans.map(({ id }) => ({ kind: 'plan' as const, id })),
  );
  const components = goods.components.map(({ id }) => ({ kind: 'component' as const, id }));
  return [...plans, ...components].flatMap((item) =>
    (['clients', 'resellers'] as const).map((audience) => ({ audience, item })),
  );
}

function changedModes(goods: Goods, modes: Readonly<Record<string, Mode>>) {
  return goods.inclusions.flatMap(({ planId, componentId, mode: before }) => {
    const mode = modes[inclusionKey({ planId, componentId })] ?? before;
    return mode === before ? [] : [{ planId, componentId, mode }];
  });
}
