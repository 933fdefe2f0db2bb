import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { formatInstant } from '#kit/format-date.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Table } from '#web/ui/table.tsx';
import type { ClockWire } from '../../contract.ts';
import { useClock } from '../use-clock.ts';
import { useNow } from '../use-now.ts';
import './clock-page.css';
import { ClockProgress } from './clock-progress.tsx';
import { MoveClock } from './move-clock.tsx';

/** A sandbox's time: what it is, what comes next, and moving it forward. */
export function ClockPage() {
  const text = useTranslations('operations.clock');
  const mayMove = allowed(useSession(), 'clock.move');
  const { clock, moving } = useClock();
  if (clock.error) return <FailureCallout error={clock.error} onRetry={clock.refetch} />;
  if (!clock.data) return <PageSkeleton />;
  const { move, movable } = clock.data;
  return (
    <>
      <PageHeader title={text('title')} lead={text('about')} />
      <Columns main>
        <Stack>
          <Now clock={clock.data} toldAtMs={clock.dataUpdatedAt} />
          {move && <ClockProgress move={move} />}
          {!movable && <Callout tone="info">{text('fixed')}</Callout>}
          <Ahead clock={clock.data} />
        </Stack>
        {movable && mayMove && <MoveClock now={clock.data.now} moving={moving} />}
      </Columns>
    </>
  );
}

function Now({ clock, toldAtMs }: { clock: ClockWire; toldAtMs: number }) {
  const text = useTranslations('operations.clock');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const now = useNow(clock.now, toldAtMs);
  const [date, time] = formatInstant(now, locale, timeZone, 'minute').split(', ');
  return (
    <Card title={text('now')}>
      <p className="operations-now">
        <time dateTime={now}>
          {date} <span>{time}</span>
        </time>
      </p>
      <p className="ui-muted ui-small">{formatInstant(now, locale, timeZone, 'exact')}</p>
    </Card>
  );
}

/** The next thing each part of the program will do, the soonest first. */
function Ahead({ clock }: { clock: ClockWire }) {
  const text = useTranslations('operations.clock');
  const nameOf = (name: string) => {
    const key = `events.${name.replaceAll('.', '_')}`;
    return text.has(key) ? text(key) : name;
  };
  return (
    <Card title={text('ahead')} flush>
      {clock.ahead.length === 0 ? (
        <EmptyState title={text('nothingDue')} />
      ) : (
        <Table
          label={text('ahead')}
          rows={clock.ahead}
          rowKey={({ name }) => name}
          columns={[
            { id: 'what', header: text('aheadWhat'), cell: ({ name }) => nameOf(name) },
            {
              id: 'at',
              header: text('aheadAt'),
              align: 'end',
              cell: ({ at }) => <DateText at={at} time />,
            },
          ]}
        />
      )}
    </Card>
  );
}
