import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Link } from '#web/ui/link.tsx';
import { useListParams } from '#web/ui/list-params.ts';
import { Money } from '#web/ui/money.tsx';
import type { Column } from '#web/ui/table.tsx';
import type { ForeseenPackageWire } from '../../contract.ts';
import { EFFECTS, TELLINGS } from '../../forecast-words.ts';
import { RenewalsDialog } from './renewals-dialog.tsx';

const FILTERS = ['effect', 'telling'] as const;

type Props = { editionId: string; /** Another forecast has other lines. */ forecastId: string };

/** Everybody who pays something else, by the first boundary that changes. */
export function ForeseenPackages({ editionId, forecastId }: Props) {
  const text = useTranslations('forecasts');
  const params = useListParams(FILTERS);
  const [shown, setShown] = useState<ForeseenPackageWire | null>(null);
  const { cursor, search, effect, telling } = params.query;
  const options = apiQuery.forecasts.packages.queryOptions({
    input: {
      id: editionId,
      cursor,
      search,
      effect: EFFECTS.find((one) => one === effect),
      telling: TELLINGS.find((one) => one === telling),
    },
    placeholderData: keepPreviousData,
  });
  const query = useQuery({ ...options, queryKey: [...options.queryKey, forecastId] as never });
  const columns = useColumns(setShown);
  return (
    <>
      <DataTable
        label={text('screen.change.list')}
        query={query}
        params={params}
        search={text('screen.change.search')}
        filters={[
          {
            name: 'effect',
            label: text('columns.effect'),
            options: EFFECTS.map((value) => ({ value, label: text(`effects.${value}`) })),
          },
          {
            name: 'telling',
            label: text('columns.telling'),
            options: TELLINGS.map((value) => ({ value, label: text(`tellings.${value}`) })),
          },
        ]}
        rowKey={({ subscriptionId, payerKind }) => `${subscriptionId} ${payerKind}`}
        columns={columns}
        empty={
          <EmptyState title={text('screen.change.nobody')}>
            {text('screen.change.nobodyHelp')}
          </EmptyState>
        }
      />
      {shown && (
        <RenewalsDialog editionId={editionId} line={shown} onClose={() => setShown(null)} />
      )}
    </>
  );
}

function useColumns(onShow: (line: ForeseenPackageWire) => void): Column<ForeseenPackageWire>[] {
  const text = useTranslations('forecasts');
  const amount = (of: ForeseenPackageWire['before']) =>
    of ? <Money {...of} /> : text('screen.change.none');
  return [
    {
      id: 'domain',
      header: text('columns.domain'),
      cell: ({ subscriptionId, domainName }) => (
        <Link href={adminPaths.package({ subscriptionId })}>{domainName}</Link>
      ),
    },
    { id: 'payer', header: text('columns.payer'), cell: ({ payerName }) => payerName },
    {
      id: 'effect',
      header: text('columns.effect'),
      cell: ({ effect }) => text(`effects.${effect}`),
    },
    {
      id: 'boundary',
      header: text('columns.boundary'),
      cell: ({ boundaryOn }) => <DateText on={boundaryOn} />,
    },
    {
      id: 'before',
      header: text('columns.before'),
      align: 'end',
      cell: ({ before }) => amount(before),
    },
    {
      id: 'after',
      header: text('columns.after'),
      align: 'end',
      cell: ({ after }) => <strong>{amount(after)}</strong>,
    },
    {
      id: 'telling',
      header: text('columns.telling'),
      cell: (line) => <Telling line={line} />,
    },
    {
      id: 'renewals',
      header: '',
      cell: (line) => (
        <Button size="small" tone="quiet" onClick={() => onShow(line)}>
          {text('screen.change.renewals')}
        </Button>
      ),
    },
  ];
}

function Telling({ line }: { line: ForeseenPackageWire }) {
  const text = useTranslations('forecasts');
  const { telling, tellBy, toldOn, missedOn } = line;
  return (
    <div className="ui-stack ui-gap-1">
      <span>{text(`tellings.${telling}`)}</span>
      {telling === 'told' && toldOn && <DateText on={toldOn} />}
      {(telling === 'to-tell' || telling === 'late') && tellBy && (
        <span className="ui-muted ui-small">
          {text('columns.tellBy')} <DateText on={tellBy} />
        </span>
      )}
      {missedOn && (
        <span className="ui-muted ui-small">
          {text('columns.missedOn')} <DateText on={missedOn} />
        </span>
      )}
    </div>
  );
}
