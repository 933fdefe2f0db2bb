import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import { useWords } from '#web/ui/use-words.ts';

const LOOK_AGAIN_MS = 5000;
const WAITS: readonly string[] = ['awaiting-payment', 'locked'];

/** A change of the plan that was ordered and waits: for the client's money, or for a seller. */
export function AwaitedPlan({ subscriptionId }: { subscriptionId: string }) {
  const text = useTranslations('orders.plan.awaited');
  const words = useWords();
  const moneyText = useMoneyText();
  const failureText = useFailureText();
  const say = useToast();
  const queries = useQueryClient();
  const orders = useQuery(
    apiQuery.orders.list.queryOptions({
      input: { subscriptionId, limit: 20 },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  const act = useMutation({
    mutationFn: ({ what, id }: { what: 'cancel' | 'retry'; id: string }) =>
      api.orders[what]({ id }),
    onSuccess: () => queries.invalidateQueries(),
    onError: (error) => say(failureText(error), 'bad'),
  });
  const order = orders.data?.items.find(
    ({ kind, state }) => kind === 'plan' && WAITS.includes(state),
  );
  if (!order) return null;
  const { id, state, currency, totalMinor } = order;
  const values = { title: words(order.title), total: moneyText(totalMinor, currency) };
  return (
    <Callout
      tone="wait"
      title={text('title', values)}
      actions={
        <>
          {state === 'awaiting-payment' && (
            <LinkButton size="small" href={clientPaths.balance()}>
              {text('topUp')}
            </LinkButton>
          )}
          <Button
            size="small"
            busy={act.isPending}
            onClick={() => act.mutate({ what: 'retry', id })}
          >
            {text('retry')}
          </Button>
          <Button
            size="small"
            tone="quiet"
            busy={act.isPending}
            onClick={() => act.mutate({ what: 'cancel', id })}
          >
            {text('cancel')}
          </Button>
        </>
      }
    >
      {text(state === 'locked' ? 'locked' : 'unpaid', values)}
    </Callout>
  );
}
