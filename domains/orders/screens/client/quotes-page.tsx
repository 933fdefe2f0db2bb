import { IconFileDescription } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { api, type ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { Money } from '#web/ui/money.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { QuoteLines } from '../quote-lines.tsx';

type Offer = Awaited<ReturnType<ApiClient['orders']['quotes']>>['items'][number];

/** What the client was offered; an open offer is accepted with one press. */
export function QuotesPage() {
  const text = useTranslations('orders.quotes');
  const orders = useTranslations('orders.screen');
  const query = useQuery(apiQuery.orders.quotes.queryOptions({ input: {} }));
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <PageSkeleton />;
  return (
    <>
      <PageHeader
        title={text('title')}
        crumbs={[{ label: orders('title'), href: clientPaths.orders() }]}
      />
      <Stack>
        {query.data.items.map((offer) => (
          <OfferCard key={offer.id} offer={offer} />
        ))}
        {query.data.items.length === 0 && (
          <EmptyState icon={IconFileDescription} title={text('empty')}>
            {text('emptyHelp')}
          </EmptyState>
        )}
      </Stack>
    </>
  );
}

function OfferCard({ offer }: { offer: Offer }) {
  const text = useTranslations('orders.quotes');
  const locale = useLocale();
  const words = useWords();
  const { quote, standing } = offer;
  return (
    <Card title={`${offer.number}: ${words(offer.title)}`}>
      <Stack>
        <Row>
          <Badge>{text(`standing.${standing}`)}</Badge>
          <span>
            {offer.domainTitle}, {text('term', { months: offer.termMonths })}
          </span>
        </Row>
        {offer.note !== null && <p>{offer.note}</p>}
        {quote && <QuoteLines quote={quote} />}
        {standing === 'open' && (
          <p className="ui-muted">
            {text('until', { date: formatDate(offer.validUntil, locale) })}
          </p>
        )}
        {standing === 'open' && !quote && <p>{text('gone')}</p>}
        {quote && <Accept id={offer.id} quote={quote} />}
      </Stack>
    </Card>
  );
}

function Accept({ id, quote }: { id: string; quote: NonNullable<Offer['quote']> }) {
  const text = useTranslations('orders.quotes');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const navigation = useNavigation();
  const { totalMinor, currency } = quote;
  const accept = useMutation({
    mutationFn: () =>
      api.orders.acceptQuote(
        { id, expectedTotalMinor: totalMinor },
        // Pressed again after a lost answer it is the same acceptance.
        { context: { idempotencyKey: `accept-${id}-${totalMinor}` } },
      ),
    onSuccess: ({ invoiceId }) => {
      say(text('accepted'));
      void queries.invalidateQueries();
      navigation.go(invoiceId ? clientPaths.invoice({ invoiceId }) : clientPaths.orders());
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <div>
      <Button tone="primary" busy={accept.isPending} onClick={() => accept.mutate()}>
        {text('accept')} <Money minor={totalMinor} currency={currency} />
      </Button>
    </div>
  );
}
