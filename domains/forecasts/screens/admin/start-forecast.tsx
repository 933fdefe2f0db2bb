import { IconChartHistogram } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { LookAhead } from './look-ahead.tsx';

type Props = { editionId: string; months: number | undefined; again: boolean };

/** Looks ahead at a change: how far, and the button. */
export function StartForecast({ editionId, months, again }: Props) {
  const text = useTranslations('forecasts.screen');
  const queries = useQueryClient();
  return (
    <LookAhead
      icon={IconChartHistogram}
      months={months}
      button={text(again ? 'startAgain' : 'start')}
      about={text('change.assumptions')}
      onStart={async (asked) => {
        await api.forecasts.start({ id: editionId, months: asked });
        await queries.invalidateQueries({ queryKey: apiQuery.forecasts.key() });
      }}
    />
  );
}
