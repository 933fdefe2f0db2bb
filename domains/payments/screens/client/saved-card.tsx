import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { Badge, StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import type { SavedMethodWire } from '../../saved-method-contract.ts';
import { useFailureWords } from '../use-failure-words.ts';

/** One saved card: choosing it, and removing it. */
export function SavedCard({ method }: { method: SavedMethodWire }) {
  const text = useTranslations('payments.cards');
  const failureWords = useFailureWords();
  const name = useCardName(method);
  const choose = useChoose(method);
  const [removing, setRemoving] = useState(false);
  const { state, isDefault, failureCode } = method;
  return (
    <Stack gap={2}>
      <Row gap={2}>
        <strong>{name}</strong>
        {isDefault && state === 'usable' && <Badge>{text('default')}</Badge>}
        {state === 'failed' && <StatusBadge tone="bad">{text('failed')}</StatusBadge>}
      </Row>
      <p className="ui-muted ui-small">
        {text('serves', { month: monthOf(method) })}{' '}
        {text.rich('savedOn', { date: () => <DateText at={method.savedAt} /> })}
      </p>
      {state === 'failed' && (
        <p>
          {failureWords(failureCode).what} {text('failedHelp')}
        </p>
      )}
      <Row gap={2}>
        {state === 'usable' && !isDefault && (
          <Button size="small" busy={choose.isPending} onClick={() => choose.mutate()}>
            {text('choose')}
          </Button>
        )}
        <Button
          size="small"
          tone="danger"
          aria-label={text('removeNamed', { name })}
          onClick={() => setRemoving(true)}
        >
          {text('remove')}
        </Button>
      </Row>
      <RemoveDialog method={method} open={removing} onClose={() => setRemoving(false)} />
    </Stack>
  );
}

function useCardName({ brand, last4 }: SavedMethodWire): string {
  return useTranslations('payments.cards')('name', { brand, last4 });
}

/** As it stands on the card: `12/29`. */
function monthOf({ expires: { year, month } }: SavedMethodWire): string {
  return `${String(month).padStart(2, '0')}/${String(year % 100).padStart(2, '0')}`;
}

function useChoose({ id }: SavedMethodWire) {
  const queries = useQueryClient();
  const say = useToast();
  const failureText = useFailureText();
  const text = useTranslations('payments.cards');
  return useMutation({
    mutationFn: () => api.payments.saved.choose({ id }),
    onSuccess: async () => {
      say(text('chosen'), 'good');
      await queries.invalidateQueries();
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
}

type RemoveProps = { method: SavedMethodWire; open: boolean; onClose: () => void };

function RemoveDialog({ method, open, onClose }: RemoveProps) {
  const text = useTranslations('payments.cards');
  const queries = useQueryClient();
  const say = useToast();
  const name = useCardName(method);
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={text('removeTitle', { name })}
      confirm={text('remove')}
      onConfirm={async () => {
        await api.payments.saved.remove({ id: method.id });
        await queries.invalidateQueries();
        say(text('removed', { name }), 'good');
      }}
    >
      <p>{text(method.isDefault ? 'removeDefault' : 'removeHelp')}</p>
    </ConfirmDialog>
  );
}
