import { useTranslations } from 'use-intl';
import type { ApiClient } from '#web/api.ts';
import { Card } from '#web/ui/card.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';

export type ClientDetail = Awaited<ReturnType<ApiClient['clients']['clients']['get']>>;

export function ClientFacts({ client }: { client: ClientDetail }) {
  const text = useTranslations('clients.page');
  return (
    <Card title={text('facts')}>
      <KeyValue
        facts={[
          { label: text('seller'), value: client.sellerName },
          { label: text('brand'), value: client.brandName },
          { label: text('currency'), value: client.currency },
          { label: text('since'), value: <DateText at={client.createdAt} time /> },
          { label: text('id'), value: <CopyField label={text('id')} value={client.id} /> },
        ]}
      />
    </Card>
  );
}
