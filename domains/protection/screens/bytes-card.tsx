import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { ApiClient } from '#web/api.ts';
import { formatBytes } from '#domains/hosting/screens/format-bytes.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { bytesOf, hexRows, inertText } from './inert-bytes.ts';
import './protection.css';

type Page = Awaited<ReturnType<ApiClient['protection']['bytes']>>;

type Props = {
  findingId: string;
  /** Something was taken out; else the bytes are those that offend. */
  removed: boolean;
  read: (from: { id: string; offset: number }) => Promise<Page>;
};

/** The very bytes, as text or in hexadecimal; never as anything that a browser would act on. */
export function BytesCard({ findingId, removed, read }: Props) {
  const text = useTranslations('protection.bytes');
  const locale = useLocale();
  const [asHex, setAsHex] = useState(false);
  const pages = useInfiniteQuery({
    queryKey: ['protection-bytes', findingId],
    queryFn: ({ pageParam }) => read({ id: findingId, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (page: Page) => page.nextOffset,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const title = text(removed ? 'removed' : 'offending');
  if (pages.error) {
    return (
      <Card title={title}>
        <FailureCallout error={pages.error} onRetry={pages.refetch} />
      </Card>
    );
  }
  if (!pages.data) return <CardSkeleton />;
  const [first] = pages.data.pages;
  const bytes = joined(pages.data.pages.map(({ base64 }) => bytesOf(base64)));
  if (!first || first.totalBytes === 0) return <Card title={title}>{text('none')}</Card>;
  return (
    <Card
      title={title}
      actions={
        <div role="group" aria-label={text('look')} className="ui-row ui-gap-2">
          <Button
            size="small"
            tone={asHex ? 'quiet' : 'plain'}
            aria-pressed={!asHex}
            onClick={() => setAsHex(false)}
          >
            {text('asText')}
          </Button>
          <Button
            size="small"
            tone={asHex ? 'plain' : 'quiet'}
            aria-pressed={asHex}
            onClick={() => setAsHex(true)}
          >
            {text('asHex')}
          </Button>
        </div>
      }
      foot={<span className="ui-muted ui-small">{text('inert')}</span>}
    >
      <Stack gap={3}>
        {/* Scrolls by itself, so it takes the keyboard's focus. */}
        <pre className="protection-bytes" tabIndex={0} role="region" aria-label={title}>
          {asHex ? hexRows(bytes, first.offset) : inertText(bytes)}
        </pre>
        <Row ends>
          <span className="ui-muted ui-small">
            {text('total', {
              total: formatBytes(first.totalBytes, locale),
              parts: first.ranges.length,
            })}
          </span>
          {pages.hasNextPage && (
            <Button
              size="small"
              busy={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
            >
              {text('more')}
            </Button>
          )}
        </Row>
      </Stack>
    </Card>
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
