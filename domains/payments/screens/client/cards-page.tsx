import { IconCreditCardPay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import type { SavedMethodWire } from '../../saved-method-contract.ts';
import { SavedCard } from './saved-card.tsx';

/** The client's saved cards: what automatic payments are taken from, and taking a card away. */
export function CardsPage() {
  const text = useTranslations('payments.cards');
  const query = useQuery(apiQuery.payments.saved.list.queryOptions({ input: {} }));
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <PageSkeleton />;
  const { items, balance, canSave } = query.data;
  return (
    <>
      <PageHeader title={text('title')} />
      {items.length === 0 ? (
        <EmptyState
          icon={IconCreditCardPay}
          title={text('empty')}
          actions={<LinkButton href={clientPaths.balance()}>{text('topUp')}</LinkButton>}
        >
          {text(canSave ? 'emptyHelp' : 'emptyCannot')}
        </EmptyState>
      ) : (
        <Stack>
          <Source items={items} balance={balance} />
          {items.map((method) => (
            <Card key={method.id}>
              <SavedCard method={method} />
            </Card>
          ))}
          <p className="ui-muted ui-small">{text('howToAdd')}</p>
        </Stack>
      )}
    </>
  );
}

type SourceProps = {
  items: readonly SavedMethodWire[];
  balance: { minor: number; currency: string };
};

/** From what automatic payments are taken, in their order. */
function Source({ items, balance }: SourceProps) {
  const text = useTranslations('payments.cards');
  const moneyText = useMoneyText();
  const held = moneyText(balance.minor, balance.currency);
  const chosen = items.find(({ isDefault }) => isDefault);
  if (chosen?.state !== 'usable') {
    return (
      <Callout tone="wait" title={text('sourceNone')}>
        {text('sourceNoneHelp', { held })}
      </Callout>
    );
  }
  const { brand, last4 } = chosen;
  return (
    <Callout tone="info" title={text('source', { brand, last4 })}>
      {text('sourceHelp', { held })}
    </Callout>
  );
}
