import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Button } from '#web/ui/button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import { useWords } from '#web/ui/use-words.ts';
import type { GatewaySettingsWire } from '../../contract.ts';

type Props = {
  gateway: GatewaySettingsWire;
  /** One that was never set up cannot be switched on yet. */
  onSetUp: () => void;
};

/** Switches a way to pay on at once, and off after a second look: clients lose it. */
export function GatewaySwitch({ gateway, onSetUp }: Props) {
  const text = useTranslations('payments.gateways');
  const words = useWords();
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { brandId, gatewayId, enabled, saved, form } = gateway;
  const change = useMutation({
    mutationFn: (on: boolean) =>
      api.payments.admin.gateways.save({ brandId, gatewayId, enabled: on }),
    onSuccess: () => queries.invalidateQueries({ queryKey: apiQuery.payments.key() }),
  });
  function turnOn() {
    if (!saved && form.fields.length > 0) return onSetUp();
    return change.mutate(true, { onError: (error) => say(failureText(error), 'bad') });
  }
  return (
    <>
      {enabled ? (
        <Button size="small" tone="danger" onClick={() => setAsking(true)}>
          {text('turnOff')}
        </Button>
      ) : (
        <Button size="small" busy={change.isPending} onClick={turnOn}>
          {text('turnOn')}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text('turnOffTitle', { title: words(gateway.title) })}
        confirm={text('turnOff')}
        onConfirm={() => change.mutateAsync(false)}
      >
        {text('turnOffHelp', { brand: gateway.brandName })}
      </ConfirmDialog>
    </>
  );
}
