import { IconScan } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Select } from '#web/ui/select.tsx';
import type { Option } from '#web/ui/select.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';

type Props = { id: string; name: string };

/** A look at all files of one account of a server, also of one that nobody bought from us. */
export function ServerScan({ id, name }: Props) {
  const text = useTranslations('protection.servers');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        icon={IconScan}
        aria-label={text('scanOf', { name })}
        onClick={() => setOpen(true)}
      >
        {text('scan')}
      </Button>
      {open && (
        <Dialog open onClose={() => setOpen(false)} title={text('scanOf', { name })}>
          <Accounts id={id} onClose={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

function Accounts({ id, onClose }: { id: string; onClose: () => void }) {
  const text = useTranslations('protection.servers');
  const { data, error, refetch } = useQuery(
    apiQuery.protection.admin.servers.accounts.queryOptions({ input: { id } }),
  );
  if (error) return <FailureCallout error={error} onRetry={refetch} />;
  if (!data) return <CardSkeleton />;
  if (data.items.length === 0) return <p>{text('noAccounts')}</p>;
  const options = data.items.map(({ accountRef, owner }) => ({
    value: accountRef,
    label: accountRef === owner ? accountRef : `${accountRef} (${owner})`,
  }));
  return <ScanForm id={id} options={options} onClose={onClose} />;
}

function ScanForm({
  id,
  options,
  onClose,
}: {
  id: string;
  options: readonly Option[];
  onClose: () => void;
}) {
  const text = useTranslations('protection.servers');
  const say = useToast();
  const queries = useQueryClient();
  const form = useForm({
    initial: { accountRef: options[0]?.value ?? '' },
    submit: ({ accountRef }) => api.protection.admin.servers.scan({ id, accountRef }),
    onDone: () => {
      say(text('scanAsked'));
      void queries.invalidateQueries({ queryKey: apiQuery.protection.key() });
      onClose();
    },
  });
  return (
    <Form form={form} submit={text('scan')} wide>
      <p>{text('scanHelp')}</p>
      <Select label={text('account')} options={options} {...form.field('accountRef')} />
    </Form>
  );
}
