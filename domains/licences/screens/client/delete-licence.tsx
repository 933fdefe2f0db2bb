import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { useToast } from '#web/ui/toast.tsx';
import type { LicenceWire } from '../../contract.ts';

type Props = { licence: LicenceWire; name: string };

/** Deleting is immediate, final and not refunded: it says so and wants the domain typed. */
export function DeleteLicence({ licence, name }: Props) {
  const text = useTranslations('licences.delete');
  const queries = useQueryClient();
  const say = useToast();
  const [open, setOpen] = useState(false);
  // Pressed again after a lost answer, it is the same deletion.
  const key = useRef<string | null>(null);
  const { id, domainName } = licence;
  async function remove() {
    key.current ??= crypto.randomUUID();
    await api.licences.delete({ id, domainName }, { context: { idempotencyKey: key.current } });
    say(text('done'));
    await queries.invalidateQueries();
  }
  return (
    <Card title={text('title')}>
      <Stack>
        <p>{text('about')}</p>
        <div>
          <Button tone="danger" onClick={() => setOpen(true)}>
            {text('open')}
          </Button>
        </div>
      </Stack>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={text('dialog', { name })}
        confirm={text('confirm')}
        typed={domainName}
        onConfirm={remove}
      >
        <Stack gap={2}>
          <p>
            {licence.key === null ? text('nowNoKey') : text('now', { key: licence.key })}{' '}
            {text('final')}
          </p>
          <p>
            <strong>{text('money')}</strong>
          </p>
          <p>{text('renewal')}</p>
        </Stack>
      </ConfirmDialog>
    </Card>
  );
}
