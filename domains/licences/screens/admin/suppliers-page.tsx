import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { settingsDraft, settingsValues } from '#web/ui/settings-draft.ts';
import { SettingsFields } from '#web/ui/settings-fields.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';
import type { SupplierWire } from '../../contract.ts';

/** Our accounts with those who sell us licences. */
export function SuppliersPage() {
  const text = useTranslations('licences');
  const words = useWords();
  const mayWrite = allowed(useSession(), 'sellers.write');
  const [open, setOpen] = useState<SupplierWire | null>(null);
  const suppliers = useQuery(apiQuery.licences.admin.suppliers.list.queryOptions({ input: {} }));
  if (suppliers.error) {
    return <FailureCallout error={suppliers.error} onRetry={suppliers.refetch} />;
  }
  if (!suppliers.data) return <PageSkeleton />;
  return (
    <>
      <PageHeader
        title={text('suppliers.title')}
        lead={text('suppliers.lead')}
        crumbs={[{ label: text('staff.title'), href: adminPaths.licences() }]}
      />
      <Card flush>
        {suppliers.data.items.length === 0 ? (
          <EmptyState title={text('suppliers.none')} />
        ) : (
          <Table
            label={text('suppliers.title')}
            rows={suppliers.data.items}
            rowKey={({ supplierId }) => supplierId}
            columns={[
              {
                id: 'supplier',
                header: text('suppliers.supplier'),
                cell: ({ title }) => words(title),
              },
              {
                id: 'state',
                header: text('suppliers.state'),
                cell: ({ saved }) => (
                  <StatusBadge tone={saved ? 'good' : 'wait'}>
                    {text(saved ? 'suppliers.ready' : 'suppliers.fresh')}
                  </StatusBadge>
                ),
              },
              {
                id: 'actions',
                header: '',
                align: 'end',
                cell: (supplier) =>
                  mayWrite && (
                    <Button size="small" onClick={() => setOpen(supplier)}>
                      {text('suppliers.setUp')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Card>
      {open && (
        <Dialog open onClose={() => setOpen(null)} title={words(open.title)}>
          <SupplierForm supplier={open} onClose={() => setOpen(null)} />
        </Dialog>
      )}
    </>
  );
}

/** The account's form, drawn from the supplier's own settings. */
function SupplierForm({ supplier, onClose }: { supplier: SupplierWire; onClose: () => void }) {
  const text = useTranslations('licences.suppliers');
  const say = useToast();
  const queries = useQueryClient();
  const form = useForm({
    initial: settingsDraft(supplier.form),
    submit: (draft) =>
      api.licences.admin.suppliers.save({
        supplierId: supplier.supplierId,
        values: settingsValues(supplier.form, draft),
      }),
    onDone: () => {
      say(text('saved'));
      void queries.invalidateQueries({ queryKey: apiQuery.licences.key() });
      onClose();
    },
  });
  return (
    <Form form={form} submit={text('save')} wide>
      <SettingsFields settings={supplier.form} form={form} />
    </Form>
  );
}
