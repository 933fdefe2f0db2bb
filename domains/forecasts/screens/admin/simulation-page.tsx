import { IconChartLine } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { monthText } from '#domains/reports/screens/admin/month-text.ts';
import { BarChart } from '#web/ui/bar-chart.tsx';
import { Card } from '#web/ui/card.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Select } from '#web/ui/select.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import type { SimulationWire } from '../../contract.ts';
import { PAYERS } from '../../forecast-words.ts';
import type { Payers } from '../../forecast-words.ts';
import { LookAhead } from './look-ahead.tsx';
import { MonthsCard } from './months-card.tsx';
import { Progress } from './progress.tsx';
import { whileRunning } from './while-running.ts';

/** The whole base run ahead in memory: what is invoiced, what is paid, what ends. */
export function SimulationPage() {
  const text = useTranslations('forecasts.screen');
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Payers | null>(null);
  const query = useQuery({
    ...apiQuery.forecasts.simulation.queryOptions({ input: {} }),
    ...whileRunning,
  });
  const simulation = query.data?.simulation;
  const missing = simulation === null;
  const payers = chosen ?? simulation?.payers ?? 'everyone';
  return (
    <>
      <PageHeader title={text('simulation.title')} lead={text('simulation.lead')} />
      <Stack>
        <LookAhead
          icon={IconChartLine}
          months={simulation?.months}
          button={text('simulation.start')}
          about={text(`simulation.assumptions.${payers}`)}
          onStart={async (months) => {
            await api.forecasts.simulate({ months, payers });
            await queries.invalidateQueries({ queryKey: apiQuery.forecasts.key() });
          }}
        >
          <Select
            label={text('simulation.payers')}
            value={payers}
            onChange={setChosen}
            options={PAYERS.map((value) => ({ value, label: text(`simulation.who.${value}`) }))}
          />
        </LookAhead>
        {query.error && <FailureCallout error={query.error} onRetry={query.refetch} />}
        {query.isPending && <CardSkeleton />}
        {missing && (
          <EmptyState icon={IconChartLine} title={text('simulation.empty')}>
            {text('simulation.emptyHelp')}
          </EmptyState>
        )}
        {simulation && <Simulation simulation={simulation} />}
      </Stack>
    </>
  );
}

function Simulation({ simulation }: { simulation: SimulationWire }) {
  const text = useTranslations('forecasts.screen');
  return (
    <>
      <Progress progress={simulation} />
      {simulation.state === 'done' && simulation.currencies.length === 0 && (
        <EmptyState title={text('simulation.nothing')}>{text('simulation.nothingHelp')}</EmptyState>
      )}
      {simulation.currencies.map(({ currency, months }) => (
        <Stack key={currency}>
          <MonthsCard
            title={text('simulation.months', { currency })}
            currency={currency}
            months={months.map(({ month, invoiced, paid, refused, suspended, deleted }) => ({
              month,
              values: [invoiced.total.minor, paid.total.minor],
              counts: [invoiced.count, suspended, deleted, refused],
            }))}
            series={[
              { id: 'invoiced', look: 'base', label: text('simulation.invoiced') },
              { id: 'paid', look: 'main', label: text('simulation.paid') },
            ]}
            extra={[
              text('simulation.invoices'),
              text('simulation.suspended'),
              text('simulation.deleted'),
              text('simulation.refused'),
            ]}
          />
          <EndsCard months={months} />
        </Stack>
      ))}
    </>
  );
}

type Month = SimulationWire['currencies'][number]['months'][number];

/** What is suspended and deleted by month; nothing when nothing ends. */
function EndsCard({ months }: { months: readonly Month[] }) {
  const text = useTranslations('forecasts.screen.simulation');
  const locale = useLocale();
  if (months.every(({ suspended, deleted }) => suspended + deleted === 0)) return null;
  const title = text('ends');
  return (
    <Card title={title}>
      <BarChart
        label={title}
        groups={months.map(({ month }) => monthText(month, locale, 'short'))}
        series={[
          {
            id: 'suspended',
            look: 'bad',
            label: text('suspended'),
            values: months.map(({ suspended }) => suspended),
          },
          {
            id: 'deleted',
            look: 'base',
            label: text('deleted'),
            values: months.map(({ deleted }) => deleted),
          },
        ]}
        say={String}
        axis={(value) => (Number.isInteger(value) ? String(value) : '')}
      />
    </Card>
  );
}
