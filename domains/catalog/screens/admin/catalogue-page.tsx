import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { useAddress } from '#web/ui/address.tsx';
import { DateInput } from '#web/ui/date-input.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Select } from '#web/ui/select.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Tabs, useCurrentTab } from '#web/ui/tabs.tsx';
import { BookTable } from './book-table.tsx';
import { ComponentDialog } from './component-dialog.tsx';
import { ComponentTable, PlanTable } from './goods-tables.tsx';
import type { Goods, GoodsComponent, GoodsPlan, GoodsProduct } from './goods.ts';
import { useGoods } from './goods.ts';
import { PlanDialog } from './plan-dialog.tsx';
import { ProductDialog } from './product-dialog.tsx';
import './catalogue.css';

const TABS = ['prices', 'plans', 'components'] as const;

/** The catalogue on a day: prices by book, plans with their limits, components with their rules. */
export function CataloguePage() {
  const text = useTranslations('catalog.admin');
  const session = useSession();
  const address = useAddress();
  const on = address.search.get('on') ?? undefined;
  const goods = useGoods(on);
  const tab = useCurrentTab(TABS.map((id) => ({ id, label: id })));
  return (
    <>
      <PageHeader
        title={text('goods.title')}
        lead={text('goods.lead')}
        actions={
          allowed(session, 'catalog.write') && (
            <LinkButton tone="primary" icon={IconPlus} href={adminPaths.newChange()}>
              {text('changes.new')}
            </LinkButton>
          )
        }
      />
      <Tabs tabs={TABS.map((id) => ({ id, label: text(`goods.tabs.${id}`) }))} />
      {goods.error && <FailureCallout error={goods.error} onRetry={goods.refetch} />}
      {goods.isPending && <PageSkeleton />}
      {goods.data && tab === 'prices' && <Prices goods={goods.data} />}
      {goods.data && tab !== 'prices' && (
        <Things goods={goods.data} tab={tab} mayWrite={allowed(session, 'catalog.write')} />
      )}
    </>
  );
}

const BOOKS = ['clients', 'resellers', 'cost'] as const;
const ACTIONS = ['add', 'renew'] as const;

function Prices({ goods }: { goods: Goods }) {
  const text = useTranslations('catalog.admin');
  const address = useAddress();
  const wanted = (name: string) => address.search.get(name);
  const book = BOOKS.find((known) => known === wanted('book')) ?? 'clients';
  const action = ACTIONS.find((known) => known === wanted('action')) ?? 'add';
  const books = BOOKS.filter((known) => goods.prices.some((price) => price.book === known));
  return (
    <Stack>
      <Row>
        <DateInput
          label={text('goods.on')}
          value={goods.on}
          onChange={(on) => address.setSearch({ on: on === goods.today ? null : on })}
        />
        <Select
          label={text('editor.audience')}
          value={book}
          onChange={(value) => address.setSearch({ book: value })}
          options={books.map((value) => ({ value, label: text(`audiences.${value}`) }))}
        />
        <Select
          label={text('change.action')}
          value={action}
          onChange={(value) => address.setSearch({ action: value })}
          options={ACTIONS.map((value) => ({ value, label: text(`actions.${value}`) }))}
        />
      </Row>
      <BookTable goods={goods} book={book} action={action} />
    </Stack>
  );
}

type Opened =
  | { kind: 'product'; product: GoodsProduct }
  | { kind: 'plan'; plan: GoodsPlan }
  | { kind: 'component'; component: GoodsComponent };

function Things({ goods, tab, mayWrite }: { goods: Goods; tab: string; mayWrite: boolean }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  const open = mayWrite ? setOpened : undefined;
  return (
    <Stack>
      {tab === 'plans' ? (
        goods.products.map((product) => (
          <PlanTable
            key={product.id}
            product={product}
            onProduct={open && (() => open({ kind: 'product', product }))}
            onPlan={open && ((plan) => open({ kind: 'plan', plan }))}
          />
        ))
      ) : (
        <ComponentTable
          goods={goods}
          onComponent={open && ((component) => open({ kind: 'component', component }))}
        />
      )}
      {opened?.kind === 'product' && <ProductDialog product={opened.product} onClose={close} />}
      {opened?.kind === 'plan' && <PlanDialog plan={opened.plan} onClose={close} />}
      {opened?.kind === 'component' && (
        <ComponentDialog component={opened.component} onClose={close} />
      )}
    </Stack>
  );
}
