import { IconClock } from '@tabler/icons-react';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { formatInstant } from '#kit/format-date.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { adminPaths } from '#web/paths.ts';
import { LinkButton } from '#web/ui/link-button.tsx';
import { useClock } from '../use-clock.ts';
import { useNow } from '../use-now.ts';
import './clock-indicator.css';

/** In the top bar of a sandbox: what time it believes it is, and the way to move it. */
export function ClockIndicator() {
  const mayRead = allowed(useSession(), 'clock.read');
  const { clock, moving } = useClock(mayRead);
  if (!clock.data?.movable) return null;
  return <Time told={clock.data.now} toldAtMs={clock.dataUpdatedAt} moving={moving} />;
}

type Props = { told: string; toldAtMs: number; moving: boolean };

function Time({ told, toldAtMs, moving }: Props) {
  const text = useTranslations('operations.clock');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const now = useNow(told, toldAtMs);
  const at = formatInstant(now, locale, timeZone, 'minute');
  return (
    <LinkButton
      tone="quiet"
      href={adminPaths.clock()}
      icon={moving ? undefined : IconClock}
      className="operations-indicator"
      aria-label={text('indicator', { at })}
      title={text('indicator', { at })}
    >
      {moving && <span className="ui-spinner" aria-hidden />}
      <span className="operations-indicator-words">{at}</span>
    </LinkButton>
  );
}
