import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { ApiClient } from '#web/api.ts';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { DeliveryBadge, ResultText } from './webhook-badges.tsx';
import { useWebhooks } from './webhooks-api.ts';

type Delivery = Awaited<ReturnType<ApiClient['webhooks']['delivery']>>;
type Props = { id: string; deliveryId: string; mayRepeat: boolean; onClose: () => void };

const LOOK_AGAIN_MS = 3000;

/** One delivery: what was sent, what came back, and once more. */
export function DeliveryDialog({ id, deliveryId, mayRepeat, onClose }: Props) {
  const text = useTranslations('webhooks.deliveries');
  const { query } = useWebhooks();
  const delivery = useQuery({
    ...query.delivery.queryOptions({ input: { id, deliveryId } }),
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <Dialog open onClose={onClose} title={text('open', { event: delivery.data?.event ?? '' })} wide>
      {delivery.error && <FailureCallout error={delivery.error} onRetry={delivery.refetch} />}
      {delivery.isPending && <CardSkeleton />}
      {delivery.data && (
        <Stack>
          <Facts delivery={delivery.data} />
          <Words title={text('body')} words={indented(delivery.data.body)} />
          {delivery.data.answer !== null && (
            <Words title={text('answer')} words={delivery.data.answer || text('noAnswer')} />
          )}
          {mayRepeat && <SendAgain id={id} deliveryId={deliveryId} />}
        </Stack>
      )}
    </Dialog>
  );
}

function Facts({ delivery }: { delivery: Delivery }) {
  const text = useTranslations('webhooks.deliveries');
  const { status, error, lastAttemptAt, nextAttemptAt, tookMs } = delivery;
  return (
    <KeyValue
      facts={[
        { label: text('state'), value: <DeliveryBadge state={delivery.state} /> },
        { label: text('result'), value: <ResultText status={status} error={error} /> },
        { label: text('attempts'), value: delivery.attempts },
        { label: text('createdAt'), value: <DateText at={delivery.createdAt} time /> },
        lastAttemptAt !== null && {
          label: text('last'),
          value: <DateText at={lastAttemptAt} time />,
        },
        tookMs !== null && { label: text('took'), value: text('ms', { ms: tookMs }) },
        nextAttemptAt !== null && {
          label: text('next'),
          value: <DateText at={nextAttemptAt} time />,
        },
        { label: text('messageId'), value: <code>{delivery.messageId}</code> },
      ]}
    />
  );
}

function Words({ title, words }: { title: string; words: string }) {
  return (
    <div>
      <h3>{title}</h3>
      <pre className="webhooks-json" tabIndex={0}>
        {words}
      </pre>
    </div>
  );
}

/** The same JSON, for people. */
function indented(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2);
}

function SendAgain({ id, deliveryId }: { id: string; deliveryId: string }) {
  const text = useTranslations('webhooks.deliveries');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const { api, query } = useWebhooks();
  const again = useMutation({
    mutationFn: () => api.sendAgain({ id, deliveryId }),
    onSuccess: async () => {
      say(text('againDone'));
      await queries.invalidateQueries({ queryKey: query.key() });
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <div>
      <Button icon={IconRefresh} busy={again.isPending} onClick={() => again.mutate()}>
        {text('again')}
      </Button>
    </div>
  );
}
