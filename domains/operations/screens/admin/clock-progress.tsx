import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { formatInstant } from '#kit/format-date.ts';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import type { ClockWire } from '../../contract.ts';

type Move = NonNullable<ClockWire['move']>;

/** How far a move has come, or how the last one ended. */
export function ClockProgress({ move }: { move: Move }) {
  const text = useTranslations('operations.clock');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const at = (instant: string) => formatInstant(instant, locale, timeZone, 'minute');
  if (move.state === 'running') return <Running move={move} />;
  if (move.state === 'failed') {
    return (
      <Callout tone="bad" title={text('failed')} announce>
        {text('failedHelp', { at: at(move.reached), error: move.error ?? '' })}
      </Callout>
    );
  }
  const stops = text('stops', { count: move.stops });
  return (
    <Callout tone="good" title={text('done')}>
      {text('doneHelp', { from: at(move.from), to: at(move.to), stops })}
    </Callout>
  );
}

function Running({ move }: { move: Move }) {
  const text = useTranslations('operations.clock');
  const { from, to, reached } = move;
  const share = shareOf(from, to, reached);
  return (
    <Card title={text('moving')}>
      <Stack>
        <progress
          className="operations-progress"
          aria-label={text('progress')}
          value={share}
          max={1}
        />
        <div role="status">
          <KeyValue
            facts={[
              { label: text('reached'), value: <DateText at={reached} time /> },
              { label: text('target'), value: <DateText at={to} time /> },
              { label: text('stopsLabel'), value: move.stops },
            ]}
          />
        </div>
        <p className="ui-muted">{text('movingHelp')}</p>
      </Stack>
    </Card>
  );
}

function shareOf(from: string, to: string, reached: string): number {
  const [start, end, now] = [from, to, reached].map((at) => Date.parse(at)) as [
    number,
    number,
    number,
  ];
  return end > start ? Math.min(1, Math.max(0, (now - start) / (end - start))) : 1;
}
