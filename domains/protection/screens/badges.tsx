import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import { FINDING_TONE, MODE_TONE, STANDING_TONE } from './protection-view.ts';
import type { Finding, SiteProtection } from './protection-view.ts';

export function StandingBadge({ standing }: Pick<SiteProtection, 'standing'>) {
  const text = useTranslations('protection.standings');
  return <StatusBadge tone={STANDING_TONE[standing]}>{text(standing)}</StatusBadge>;
}

/** How a finding stands; what was mended says how. */
export function FindingBadge({ state }: Pick<Finding, 'state'>) {
  const text = useTranslations('protection.states');
  return <StatusBadge tone={FINDING_TONE[state]}>{text(state)}</StatusBadge>;
}

export function ModeBadge({ mode }: Pick<SiteProtection, 'mode'>) {
  const text = useTranslations('protection.modes');
  return <StatusBadge tone={MODE_TONE[mode]}>{text(mode)}</StatusBadge>;
}
