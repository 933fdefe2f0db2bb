import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Badge } from '#web/ui/badge.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import type { StaffMethodWire } from '../../saved-method-contract.ts';
import { useFailureWords } from '../use-failure-words.ts';

/** A client's saved cards for staff; nothing while there never was one. */
export function SavedMethodsCard({ clientId }: { clientId: string }) {
  const text = useTranslations('payments.cards');
  const may = allowed(useSession(), 'payments.read');
  const query = useQuery(
    apiQuery.payments.admin.savedMethods.queryOptions({ input: { clientId }, enabled: may }),
  );
  if (!query.data || query.data.items.length === 0) return null;
  return (
    <Card title={text('staffTitle')}>
      <KeyValue
        facts={query.data.items.map((method) => ({
          label: text('name', { brand: method.brand, last4: method.last4 }),
          value: <Standing method={method} />,
        }))}
      />
    </Card>
  );
}

function Standing({ method }: { method: StaffMethodWire }) {
  const text = useTranslations('payments.cards');
  const failureWords = useFailureWords();
  const { state, isDefault, removedAt, forgotten, failureCode, savedAt } = method;
  if (removedAt !== null) {
    return (
      <>
        <div>{text.rich('removedOn', { date: () => <DateText at={removedAt} /> })}</div>
        <div className="ui-small ui-muted">{text(forgotten ? 'forgotten' : 'notForgotten')}</div>
      </>
    );
  }
  return (
    <>
      <div>{text.rich('savedOn', { date: () => <DateText at={savedAt} /> })}</div>
      {isDefault && <Badge>{text('default')}</Badge>}
      {state === 'failed' && (
        <div className="ui-small ui-muted">{failureWords(failureCode).what}</div>
      )}
    </>
  );
}
