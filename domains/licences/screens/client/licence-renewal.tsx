import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { apiQuery } from '#web/api-query.ts';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import type { LicenceWire } from '../../contract.ts';

/** What the next renewal of the package will charge for this licence: the invoice's own quote. */
export function LicenceRenewal({ licence }: { licence: LicenceWire }) {
  const text = useTranslations('licences.page');
  const moneyText = useMoneyText();
  const locale = useLocale();
  const { subscriptionId, entitlementId } = licence;
  const renewal = useQuery(apiQuery.orders.nextRenewal.queryOptions({ input: { subscriptionId } }));
  if (renewal.error) return <FailureCallout error={renewal.error} onRetry={renewal.refetch} />;
  if (!renewal.data) return <CardSkeleton />;
  const { quote } = renewal.data;
  const line = quote?.lines.find((one) => one.entitlementId === entitlementId);
  const leaves = line?.state === 'dropped' || line?.state === 'ended';
  if (!quote) return <Card title={text('renewal')}>{text('renewalUnknown')}</Card>;
  if (!line || leaves) return <Card title={text('renewal')}>{text('renewalNone')}</Card>;
  const date = formatDate(line.periodStart, locale);
  if (line.totalMinor === 0) {
    return <Card title={text('renewal')}>{text('renewalFree', { date })}</Card>;
  }
  const amount = moneyText(line.totalMinor, quote.currency);
  const monthly = moneyText(line.monthlyMinor, quote.currency);
  return (
    <Card title={text('renewal')}>
      <p>{text('renewalPaid', { date, amount })}</p>
      <p className="ui-muted ui-small">
        {text('renewalHow', { monthly, months: line.termMonths })}
      </p>
    </Card>
  );
}
