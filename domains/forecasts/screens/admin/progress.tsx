import { useTranslations } from 'use-intl';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Stack } from '#web/ui/layout.tsx';
import type { ProgressWire } from '../../contract.ts';
import './forecast.css';

/** How far a forecast has come; when it is done, from when it looks and whether it still holds. */
export function Progress({ progress }: { progress: ProgressWire }) {
  const text = useTranslations('forecasts.screen');
  const { state, packages, packagesDone, asOf, months, isStale } = progress;
  if (state === 'running') {
    return (
      <Card title={text('running')}>
        <Stack gap={2}>
          <progress
            className="forecast-progress"
            aria-label={text('progress')}
            value={packagesDone}
            max={Math.max(packages, 1)}
          />
          <p className="ui-muted" role="status">
            {text('doneOf', { done: packagesDone, all: packages })}
          </p>
        </Stack>
      </Card>
    );
  }
  return (
    <>
      {isStale && <Callout tone="wait">{text('stale')}</Callout>}
      <p className="ui-muted ui-small" role="status">
        {text('span', { months, packages })} <DateText at={asOf} time />
      </p>
    </>
  );
}
