import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { TextInput } from '#web/ui/text-input.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { StaffSubscriptionView } from '../../contract.ts';

type Props = { subscription: StaffSubscriptionView };

/** Suspending, resuming and deleting by staff, each with its reason. */
export function PackageActions({ subscription }: Props) {
  const text = useTranslations('subscriptions.screen.admin');
  const [dialog, setDialog] = useState<'suspend' | 'delete' | null>(null);
  const queries = useQueryClient();
  const failureText = useFailureText();
  const say = useToast();
  const resume = useMutation({
    mutationFn: () => api.subscriptions.resume({ id: subscription.id }),
    onSuccess: () => queries.invalidateQueries(),
    onError: (error) => say(failureText(error), 'bad'),
  });
  const { state } = subscription;
  const close = () => setDialog(null);
  return (
    <>
      {(state === 'active' || state === 'suspended') && (
        <Button tone="danger" onClick={() => setDialog('delete')}>
          {text('delete')}
        </Button>
      )}
      {state === 'active' && (
        <Button onClick={() => setDialog('suspend')}>{text('suspend')}</Button>
      )}
      {state === 'suspended' && (
        <Button tone="primary" busy={resume.isPending} onClick={() => resume.mutate()}>
          {text('resume')}
        </Button>
      )}
      {dialog === 'suspend' && <SuspendDialog subscription={subscription} onClose={close} />}
      {dialog === 'delete' && <DeleteDialog subscription={subscription} onClose={close} />}
    </>
  );
}

type DialogProps = Props & { onClose: () => void };

function SuspendDialog({ subscription, onClose }: DialogProps) {
  const text = useTranslations('subscriptions.screen.admin');
  const queries = useQueryClient();
  const form = useForm({
    initial: { reason: '' },
    submit: ({ reason }) => api.subscriptions.suspend({ id: subscription.id, reason }),
    onDone: () => {
      void queries.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={text('suspendTitle', { domain: subscription.domainTitle })}
    >
      <Form form={form} submit={text('suspend')} wide>
        <p>{text('suspendWords')}</p>
        <TextInput {...form.field('reason')} label={text('reason')} />
      </Form>
    </Dialog>
  );
}

function DeleteDialog({ subscription, onClose }: DialogProps) {
  const text = useTranslations('subscriptions.screen');
  const queries = useQueryClient();
  const { id, domainName, domainTitle: domain } = subscription;
  const typed = (name: string) => [domain, domainName].includes(name.trim().toLowerCase());
  const form = useForm({
    initial: { reason: '', domainName: '' },
    submit: (values) => api.subscriptions.end({ id, ...values }),
    onDone: () => {
      void queries.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={text('admin.deleteTitle', { domain })}>
      <Form
        form={form}
        submit={text('admin.delete')}
        disabled={!typed(form.values.domainName)}
        wide
      >
        <p>{text('admin.deleteWords')}</p>
        <TextInput {...form.field('reason')} label={text('admin.reason')} />
        <TextInput
          {...form.field('domainName')}
          label={text('domain')}
          help={domain}
          mono
          autoComplete="off"
        />
      </Form>
    </Dialog>
  );
}
