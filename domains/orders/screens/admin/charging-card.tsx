import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { PaymentBadge } from '#domains/payments/screens/payment-badge.tsx';
import { useFailureWords } from '#domains/payments/screens/use-failure-words.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import { useChargingWords } from '../charging-words.ts';

const TRIES_MAX = 50;
/** A charge under way ends within seconds, mostly. */
const LOOK_AGAIN_MS = 3000;

/** On an invoice: what was charged to the client's card, why it failed, and what comes next. */
export function ChargingCard({ invoiceId }: { invoiceId: string }) {
  const text = useTranslations('orders.charging');
  const may = allowed(useSession(), 'payments.read');
  const standing = useQuery(
    apiQuery.orders.staffCharging.queryOptions({
      input: { id: invoiceId },
      enabled: may,
      refetchInterval: ({ state }) => (state.data?.charging?.underWay ? LOOK_AGAIN_MS : false),
    }),
  );
  const payments = useQuery(
    apiQuery.payments.admin.list.queryOptions({
      input: { invoiceId, limit: TRIES_MAX },
      enabled: may,
      refetchInterval: standing.data?.charging?.underWay ? LOOK_AGAIN_MS : false,
    }),
  );
  const words = useChargingWords();
  const failureWords = useFailureWords();
  const charging = standing.data?.charging ?? null;
  const tries = payments.data?.items.filter(({ automatic }) => automatic) ?? [];
  if (!charging && tries.length === 0) return null;
  return (
    <Card title={text('title')} foot={charging && <TryNow invoiceId={invoiceId} />}>
      <Stack gap={3}>
        {charging && <p>{words(charging)}</p>}
        {tries.length > 0 && (
          <KeyValue
            facts={tries.map(({ id, createdAt, state, failureCode, failureMessage }) => ({
              label: (
                <Link href={adminPaths.payment({ paymentId: id })}>
                  <DateText at={createdAt} time />
                </Link>
              ),
              value: (
                <>
                  <PaymentBadge state={state} />
                  {failureCode !== null && (
                    <div className="ui-small ui-muted">
                      {failureWords(failureCode).what} {failureMessage}
                    </div>
                  )}
                </>
              ),
            }))}
          />
        )}
      </Stack>
    </Card>
  );
}

function TryNow({ invoiceId }: { invoiceId: string }) {
  const text = useTranslations('orders.charging');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const mayTry = allowed(useSession(), 'payments.confirm');
  const attempt = useMutation({
    mutationFn: () => api.orders.chargeNow({ id: invoiceId }),
    onSuccess: () => say(text('tried')),
    onError: (error) => say(failureText(error), 'bad'),
    onSettled: () => queries.invalidateQueries(),
  });
  if (!mayTry) return null;
  return (
    <Button busy={attempt.isPending} onClick={() => attempt.mutate()}>
      {text('try')}
    </Button>
  );
}
