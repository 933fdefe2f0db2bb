import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { formatInstant } from '#kit/format-date.ts';
import { Callout } from '#web/ui/callout.tsx';
import type { SiteProtection } from '../protection-view.ts';

/** The answer to the one question: is my site clean? */
export function SiteStanding({ account }: { account: SiteProtection }) {
  const text = useTranslations('protection.site');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const { standing, summary, mended } = account;
  if (standing === 'attention') {
    return (
      <Callout tone="bad" title={text('attention')}>
        {text('attentionHelp', { count: summary.records })}
      </Callout>
    );
  }
  if (standing === 'mended') {
    return (
      <Callout tone="good" title={text('mended')}>
        {text('mendedHelp', { count: mended })}
      </Callout>
    );
  }
  if (standing === 'clean' && summary.scanEndedAt !== null) {
    const at = formatInstant(summary.scanEndedAt, locale, timeZone, 'minute');
    const files = new Intl.NumberFormat(locale).format(summary.scannedFiles);
    return (
      <Callout tone="good" title={text('clean')}>
        {text('cleanWhen', { at, files })}
      </Callout>
    );
  }
  return (
    <Callout tone="info" title={text('unknown')}>
      {text('unknownHelp')}
    </Callout>
  );
}
