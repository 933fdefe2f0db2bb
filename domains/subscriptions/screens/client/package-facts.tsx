import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { api } from '#web/api.ts';
import type { PackageView } from '#web/client/package-panels.ts';
import { Card } from '#web/ui/card.tsx';
import { Switch } from '#web/ui/checkbox.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';

/** Paid until when, for what term, and whether it renews by itself. */
export function PackageFacts({ subscription }: { subscription: PackageView }) {
  const text = useTranslations('subscriptions.screen');
  const { periodEnd, termMonths, state } = subscription;
  const isLive = state === 'active' || state === 'suspended';
  return (
    <Card title={text('facts')}>
      <Stack>
        <KeyValue
          facts={[
            periodEnd !== null && { label: text('paidUntil'), value: <DateText on={periodEnd} /> },
            { label: text('term'), value: text('months', { months: termMonths }) },
            state !== 'pending' && {
              label: text('since'),
              value: <DateText at={subscription.createdAt} />,
            },
          ]}
        />
        {isLive && <AutoRenewSwitch subscription={subscription} />}
      </Stack>
    </Card>
  );
}

function AutoRenewSwitch({ subscription }: { subscription: PackageView }) {
  const text = useTranslations('subscriptions.screen.autoRenew');
  const locale = useLocale();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (autoRenew: boolean) =>
      api.subscriptions.setAutoRenew({ id: subscription.id, autoRenew }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const { autoRenew, autoRenewOn } = subscription;
  const date = autoRenewOn ? formatDate(autoRenewOn, locale) : '';
  return (
    <Switch
      label={text('label')}
      help={autoRenew ? text(autoRenewOn ? 'on' : 'done', { date }) : text('off')}
      checked={autoRenew}
      disabled={change.isPending}
      refusal={change.error ? failureText(change.error) : undefined}
      onChange={(on) => change.mutate(on)}
    />
  );
}
