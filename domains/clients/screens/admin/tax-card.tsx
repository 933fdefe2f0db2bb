import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { ClientDetail } from './client-facts.tsx';

type Props = { client: ClientDetail; onSaved: () => void };

/** Whether a client pays tax, and by which document it does not. */
export function TaxCard({ client, onSaved }: Props) {
  const text = useTranslations('clients.tax');
  const [open, setOpen] = useState(false);
  const mayWrite = allowed(useSession(), 'invoices.write');
  const close = () => setOpen(false);
  return (
    <Card title={text('title')}>
      <Stack>
        <p>
          {client.taxExemption === null
            ? text('taxed')
            : text('exempt', { document: client.taxExemption })}
        </p>
        {mayWrite && (
          <div>
            <Button size="small" onClick={() => setOpen(true)}>
              {text('change')}
            </Button>
          </div>
        )}
      </Stack>
      <Dialog open={open} onClose={close} title={text('changeTitle')}>
        <ExemptionForm
          client={client}
          onSaved={() => {
            onSaved();
            close();
          }}
        />
      </Dialog>
    </Card>
  );
}

function ExemptionForm({ client, onSaved }: Props) {
  const text = useTranslations('clients.tax');
  const form = useForm({
    initial: { document: client.taxExemption ?? '' },
    submit: ({ document }) =>
      api.clients.clients.exempt({
        id: client.id,
        document: document.trim() === '' ? null : document,
      }),
    onDone: onSaved,
  });
  return (
    <Form form={form} submit={text('save')} wide>
      <TextInput
        {...form.field('document')}
        label={text('document')}
        help={text('documentHelp')}
        autoComplete="off"
        optional
      />
    </Form>
  );
}
