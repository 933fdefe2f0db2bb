import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Row } from '#web/ui/layout.tsx';
import { Money } from '#web/ui/money.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';

/** What a client was offered, and taking an open offer back; nothing while nothing was. */
export function ClientQuotesCard({ clientId }: { clientId: string }) {
  const text = useTranslations('orders.quotes');
  const mayWrite = allowed(useSession(), 'orders.write');
  const query = useQuery(apiQuery.orders.quotesOfClient.queryOptions({ input: { clientId } }));
  if (!query.data || query.data.items.length === 0) return null;
  return (
    <Card title={text('title')}>
      <KeyValue
        facts={query.data.items.map(({ id, number, standing, agreed, domainTitle }) => ({
          label: (
            <>
              {number}, {domainTitle}
            </>
          ),
          value: (
            <Row gap={2}>
              <Money {...agreed} />
              <Badge>{text(`standing.${standing}`)}</Badge>
              {mayWrite && standing === 'open' && <Withdraw id={id} />}
            </Row>
          ),
        }))}
      />
    </Card>
  );
}

function Withdraw({ id }: { id: string }) {
  const text = useTranslations('orders.quotes');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => api.orders.withdrawQuote({ id }),
    onSuccess: async () => {
      say(text('withdrawn'));
      await queries.invalidateQueries({ queryKey: apiQuery.orders.key() });
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <Button size="small" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
      {text('withdraw')}
    </Button>
  );
}
