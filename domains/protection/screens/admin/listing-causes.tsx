import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLocale, useTimeZone, useTranslations } from 'use-intl';
import { formatInstant } from '#kit/format-date.ts';
import type { ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { adminPaths } from '#web/paths.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { Timeline } from '#web/ui/timeline.tsx';
import { formatSpan } from './format-span.ts';
import '../protection.css';

type Explained = Awaited<ReturnType<ApiClient['protection']['admin']['reputation']['explain']>>;
type Suspect = Explained['suspects'][number];

const LOOK_AGAIN_MS = 30_000;

/** Who is likely why an address was listed, and how long each step from the file to the end took. */
export function ListingCauses({ listingId }: { listingId: string }) {
  const text = useTranslations('protection.reputation');
  const query = useQuery(
    apiQuery.protection.admin.reputation.explain.queryOptions({
      input: { id: listingId },
      refetchInterval: LOOK_AGAIN_MS,
    }),
  );
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <p className="ui-muted ui-small">{text('causesLoading')}</p>;
  const { suspects, chain } = query.data;
  return (
    <Columns main>
      <Stack gap={3}>
        <strong>{text('suspects')}</strong>
        {suspects.length === 0 && <p className="ui-muted">{text('noSuspects')}</p>}
        {suspects.length > 0 && (
          <ol className="protection-suspects">
            {suspects.map((suspect) => (
              <li key={suspect.accountId ?? suspect.domainName ?? ''}>
                <SuspectLines suspect={suspect} />
              </li>
            ))}
          </ol>
        )}
      </Stack>
      <Stack gap={3}>
        <strong>{text('chain')}</strong>
        <Chain chain={chain} />
      </Stack>
    </Columns>
  );
}

function SuspectLines({ suspect }: { suspect: Suspect }) {
  const text = useTranslations('protection.reputation');
  const { accountId, domainName, reasons, script, messages, recipients } = suspect;
  const name = domainName ?? text('ofNobody');
  const scriptAccused = reasons.some(({ kind }) => kind === 'script');
  return (
    <>
      {accountId === null ? (
        <strong>{name}</strong>
      ) : (
        <Link href={adminPaths.guardedSite({ accountId })}>{name}</Link>
      )}
      <p className="ui-muted ui-small">
        {text(recipients > 0 ? 'sent' : 'sentNothing', { messages, recipients })}
      </p>
      <ul className="protection-reasons">
        {reasons.map((reason) => (
          <li key={reason.kind}>
            <Reason reason={reason} />
          </li>
        ))}
        {script && !scriptAccused && (
          <li>{text.rich('reasonSender', { ...script, file: asPath })}</li>
        )}
        {reasons.length === 0 && <li>{text('reasonNone')}</li>}
      </ul>
    </>
  );
}

function Reason({ reason }: { reason: Suspect['reasons'][number] }) {
  const text = useTranslations('protection.reputation');
  const classes = useTranslations('protection.classes');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const at = (instant: string) => formatInstant(instant, locale, timeZone, 'minute');
  const toFinding = (findingId: string) => (words: ReactNode) => (
    <Link href={adminPaths.finding({ findingId })}>{words}</Link>
  );
  switch (reason.kind) {
    case 'script':
      return text.rich('reasonScript', {
        script: reason.script,
        recipients: reason.recipients,
        class: classes(reason.class),
        file: asPath,
        link: toFinding(reason.findingId),
      });
    case 'burst':
      return text(reason.usual > 0 ? 'reasonBurst' : 'reasonFirst', {
        recipients: reason.recipients,
        usual: reason.usual,
        at: at(reason.at),
      });
    case 'findings':
      return text.rich('reasonFindings', {
        findings: reason.findings,
        at: at(reason.firstFoundAt),
        link: toFinding(reason.findingId),
      });
    case 'bounces':
      return text('reasonBounces', reason);
  }
}

function asPath(words: ReactNode) {
  return <span className="protection-path">{words}</span>;
}

const STEPS = ['droppedAt', 'foundAt', 'mendedAt', 'listedAt', 'delistedAt'] as const;

/** In the order of time: a file is sometimes found only after its address was listed. */
function Chain({ chain }: { chain: Explained['chain'] }) {
  const text = useTranslations('protection.reputation');
  const locale = useLocale();
  const known = STEPS.flatMap((step) => {
    const at = chain[step];
    return at === null ? [] : [{ step, at, atMs: Date.parse(at) }];
  }).toSorted((a, b) => a.atMs - b.atMs);
  return (
    <Timeline
      events={known.map(({ step, at, atMs }, index) => {
        const before = known[index - 1];
        return {
          id: step,
          title: text(`steps.${step}`),
          when: <DateText at={at} time />,
          tone: step === 'mendedAt' || step === 'delistedAt' ? ('good' as const) : ('bad' as const),
          detail: before ? text('after', { span: formatSpan(atMs - before.atMs, locale) }) : null,
        };
      })}
    />
  );
}
