import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import type { PackageView } from '#web/client/package-panels.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import { useWords } from '#web/ui/use-words.ts';
import type { QuoteView } from '../../quote-wire.ts';

type Props = {
  subscription: PackageView;
  quote: QuoteView;
  stays: readonly { entitlementId: string; totalMinor: number }[];
};

/** What goes with the next renewal unless its holder wants it, with what it costs to keep. */
export function StayingLines({ subscription, quote, stays }: Props) {
  const text = useTranslations('orders.screen.renewal.staying');
  const words = useWords();
  const moneyText = useMoneyText();
  const failureText = useFailureText();
  const say = useToast();
  const queries = useQueryClient();
  const keep = useMutation({
    mutationFn: (componentId: string) =>
      api.subscriptions.setComponentRenewal({ id: subscription.id, componentId, renews: true }),
    onSuccess: () => {
      say(text('kept'), 'good');
      return queries.invalidateQueries();
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return stays.map(({ entitlementId, totalMinor }) => {
    const line = quote.lines.find((one) => one.entitlementId === entitlementId);
    if (!line) return null;
    const values = {
      item: words(line.description),
      price: moneyText(totalMinor, quote.currency),
    };
    return (
      <Callout
        key={entitlementId}
        tone="wait"
        actions={
          <Button size="small" busy={keep.isPending} onClick={() => keep.mutate(entitlementId)}>
            {text('keep', values)}
          </Button>
        }
      >
        {text('goes', values)}
      </Callout>
    );
  });
}
