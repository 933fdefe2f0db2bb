import { IconChartHistogram, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { LinkButton } from '#web/ui/link-button.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import type { ChangeForecastWire } from '../../contract.ts';
import { ChangeSummary } from './change-summary.tsx';
import { ForeseenPackages } from './foreseen-packages.tsx';
import { MonthsCard } from './months-card.tsx';
import { Progress } from './progress.tsx';
import { StartForecast } from './start-forecast.tsx';
import { whileRunning } from './while-running.ts';

/** What one change of the catalogue brings: to whom, when, how much, and who must be told. */
export function ForecastPage() {
  const text = useTranslations('forecasts.screen');
  const { editionId } = usePathParams(adminPaths.forecast);
  const edition = useQuery(
    apiQuery.catalog.editions.get.queryOptions({ input: { id: editionId } }),
  );
  const query = useQuery({
    ...apiQuery.forecasts.read.queryOptions({ input: { id: editionId } }),
    ...whileRunning,
  });
  const forecast = query.data?.forecast;
  const missing = forecast === null;
  return (
    <>
      <PageHeader
        title={text('change.title')}
        lead={edition.data?.title}
        crumbs={[
          { label: text('change.all'), href: adminPaths.changes() },
          { label: edition.data?.title ?? '', href: adminPaths.change({ editionId }) },
        ]}
        actions={forecast?.state === 'done' && <CsvButton editionId={editionId} />}
      />
      <Stack>
        <StartForecast editionId={editionId} months={forecast?.months} again={!missing} />
        {query.error && <FailureCallout error={query.error} onRetry={query.refetch} />}
        {query.isPending && <CardSkeleton />}
        {missing && (
          <EmptyState icon={IconChartHistogram} title={text('change.empty')}>
            {text('change.emptyHelp')}
          </EmptyState>
        )}
        {forecast && <Forecast editionId={editionId} forecast={forecast} />}
      </Stack>
    </>
  );
}

type Props = { editionId: string; forecast: ChangeForecastWire };

function Forecast({ editionId, forecast }: Props) {
  const text = useTranslations('forecasts.screen');
  const { currencies, state } = forecast;
  return (
    <>
      <Progress progress={forecast} />
      {state === 'done' && <ChangeSummary forecast={forecast} />}
      {currencies.map(({ currency, months }) => (
        <MonthsCard
          key={currency}
          title={text('change.months', { currency })}
          currency={currency}
          months={months.map(({ month, before, after }) => ({
            month,
            values: [before.total.minor, after.total.minor],
          }))}
          series={[
            { id: 'before', look: 'base', label: text('change.without') },
            { id: 'after', look: 'main', label: text('change.with') },
          ]}
          difference={text('change.difference')}
        />
      ))}
      {state === 'done' && <ForeseenPackages editionId={editionId} forecastId={forecast.id} />}
    </>
  );
}

function CsvButton({ editionId }: { editionId: string }) {
  const text = useTranslations('forecasts.screen');
  const language = useLocale() === 'ru' ? 'ru' : 'en';
  const href = `/v1/admin/catalogue/editions/${editionId}/forecast/packages/csv?language=${language}`;
  return (
    <LinkButton href={href} icon={IconDownload} download>
      {text('csv')}
    </LinkButton>
  );
}
