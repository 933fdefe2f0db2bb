import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { Steps } from '#web/ui/steps.tsx';
import type { PaymentDetailWire } from '../../contract.ts';
import { useFailureWords } from '../use-failure-words.ts';

type Props = { payment: PaymentDetailWire };

const FIRST_ASK_MS = 4000;
const ASK_AGAIN_MS = 20_000;

/** The payer is back and the bank has said nothing final: we ask it ourselves from time to time. */
export function WaitingForBank({ payment }: Props) {
  const text = useTranslations('payments.back');
  const { ask, asked } = useAsking(payment.id);
  const { mutate } = ask;
  useEffect(() => {
    const first = setTimeout(mutate, FIRST_ASK_MS);
    const further = setInterval(mutate, ASK_AGAIN_MS);
    return () => {
      clearTimeout(first);
      clearInterval(further);
    };
  }, [mutate]);
  if (payment.failureCode !== null) return <Declined payment={payment} />;
  return (
    <Stack>
      <Card
        title={text('waiting')}
        foot={
          <Button busy={ask.isPending} onClick={() => mutate()}>
            {text('ask')}
          </Button>
        }
      >
        <Stack>
          <p>{text('waitingHelp')}</p>
          <Steps
            steps={[
              { id: 'made', label: text('stepMade'), state: 'done' },
              { id: 'bank', label: text('stepBank'), state: 'doing' },
              { id: 'done', label: text('stepDone'), state: 'ahead' },
            ]}
          />
          {asked && <p role="status">{text('asked')}</p>}
          {ask.error && <FailureCallout error={ask.error} />}
        </Stack>
      </Card>
      {payment.redirectUrl && (
        <Row gap={2}>
          <span className="ui-muted">{text('notPaid')}</span>
          <LinkButton href={payment.redirectUrl}>{text('continue')}</LinkButton>
        </Row>
      )}
    </Stack>
  );
}

/** One attempt failed and the gateway's page still takes another card. */
function Declined({ payment }: Props) {
  const text = useTranslations('payments.back');
  const pay = useTranslations('payments.pay');
  const failureWords = useFailureWords();
  return (
    <Callout
      tone="bad"
      announce
      title={text('declined')}
      actions={
        <>
          {payment.redirectUrl && (
            <LinkButton tone="primary" href={payment.redirectUrl}>
              {text('continue')}
            </LinkButton>
          )}
          {payment.invoiceId !== null && (
            <LinkButton href={clientPaths.invoice({ invoiceId: payment.invoiceId })}>
              {pay('another')}
            </LinkButton>
          )}
        </>
      }
    >
      {text('declinedHelp', failureWords(payment.failureCode))}
    </Callout>
  );
}

/** The gateway was asked for its page and gave none: asking again finds the same payment. */
export function NoAnswer({ payment }: Props) {
  const text = useTranslations('payments.back');
  const { ask } = useAsking(payment.id);
  return (
    <Stack>
      <Callout
        tone="wait"
        title={text('starting')}
        actions={
          <Button
            tone="primary"
            busy={ask.isPending}
            onClick={() =>
              ask.mutate(undefined, {
                onSuccess: ({ redirectUrl }) => {
                  if (redirectUrl) globalThis.location.assign(redirectUrl);
                },
              })
            }
          >
            {text('again')}
          </Button>
        }
      >
        {text('startingHelp')}
      </Callout>
      {ask.error && <FailureCallout error={ask.error} />}
    </Stack>
  );
}

/** Asks the gateway; `asked` once it was in vain. */
function useAsking(id: string) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const ask = useMutation({
    mutationFn: () => api.payments.refresh({ id }),
    onSuccess: async ({ state }) => {
      setAsked(state === 'pending');
      await queries.invalidateQueries({ queryKey: apiQuery.payments.key() });
    },
  });
  return { ask, asked };
}
