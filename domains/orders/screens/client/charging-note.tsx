import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { clientPaths } from '#web/paths.ts';
import { Callout } from '#web/ui/callout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useChargingWords } from '../charging-words.ts';

/** On an unpaid invoice: when it is charged to the saved card, unless the client pays before. */
export function ChargingNote({ invoiceId }: { invoiceId: string }) {
  const text = useTranslations('orders.charging');
  const words = useChargingWords();
  const { data } = useQuery(apiQuery.orders.charging.queryOptions({ input: { id: invoiceId } }));
  const charging = data?.charging;
  const isPlanned = charging?.card && (charging.nextAt !== null || charging.underWay);
  if (!charging || !isPlanned) return null;
  return (
    <Callout
      tone="info"
      actions={
        <LinkButton size="small" href={clientPaths.cards()}>
          {text('cards')}
        </LinkButton>
      }
    >
      {words(charging)}
    </Callout>
  );
}
