import { IconMailCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { Table } from '#web/ui/table.tsx';
import { ListingCauses } from './listing-causes.tsx';
import type { Reputation } from './reputation-page.tsx';

type Props = { reputation: Reputation };
type Listing = Reputation['listings'][number];

const HOUR_MS = 3_600_000;

/** What is on a list at this moment, with the likeliest cause. */
export function ListedNow({ reputation }: Props) {
  const text = useTranslations('protection.reputation');
  const open = reputation.listings.filter(({ delistedAt }) => delistedAt === null);
  if (reputation.zones.length === 0) {
    return (
      <Card flush>
        <EmptyState title={text('noZones')}>{text('noZonesHelp')}</EmptyState>
      </Card>
    );
  }
  if (open.length === 0) {
    return (
      <Card flush title={text('listed')}>
        <EmptyState icon={IconMailCheck} title={text('clean')}>
          {text('cleanHelp', {
            zones: reputation.zones.filter(({ state }) => state === 'working').length,
            addresses: reputation.addresses.filter(({ isPublic }) => isPublic).length,
          })}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title={text('listed')}>
      <Stack>
        {open.map((listing) => (
          <Stack key={listing.id} gap={3}>
            <Callout tone="bad" title={`${listing.address}, ${listing.zone}`}>
              <KeyValue
                facts={[
                  { label: text('since'), value: <DateText at={listing.listedAt} time /> },
                  { label: text('source'), value: listing.nodeName },
                  {
                    label: text('reason'),
                    value: listing.reason ?? <code>{listing.codes.join(', ')}</code>,
                  },
                ]}
              />
            </Callout>
            <ListingCauses listingId={listing.id} />
          </Stack>
        ))}
      </Stack>
    </Card>
  );
}

/** Listings that ended, and how long each lasted. */
export function ListingHistory({ reputation }: Props) {
  const text = useTranslations('protection.reputation');
  const [shown, setShown] = useState<Listing | null>(null);
  const ended = reputation.listings.filter(({ delistedAt }) => delistedAt !== null);
  const hours = ({ listedAt, delistedAt }: Listing) =>
    Math.max(1, Math.round((Date.parse(delistedAt ?? listedAt) - Date.parse(listedAt)) / HOUR_MS));
  return (
    <Card title={text('history')} flush={ended.length > 0}>
      {ended.length === 0 && <p className="ui-muted">{text('noHistory')}</p>}
      {ended.length > 0 && (
        <Table
          label={text('history')}
          rows={ended}
          rowKey={({ id }) => id}
          columns={[
            {
              id: 'address',
              header: text('address'),
              cell: ({ address }) => <code>{address}</code>,
            },
            { id: 'zone', header: text('zone'), cell: ({ zone }) => zone },
            {
              id: 'since',
              header: text('since'),
              cell: ({ listedAt }) => <DateText at={listedAt} time />,
            },
            {
              id: 'culprit',
              header: text('culprit'),
              cell: ({ culprit }) => culprit && <CulpritLink culprit={culprit} />,
            },
            {
              id: 'lasted',
              header: text('lasted'),
              align: 'end',
              cell: (listing) => text('hours', { count: hours(listing) }),
            },
            {
              id: 'causes',
              header: '',
              align: 'end',
              cell: (listing) => (
                <Button
                  size="small"
                  aria-label={text('causesOf', { address: listing.address })}
                  onClick={() => setShown(listing)}
                >
                  {text('causes')}
                </Button>
              ),
            },
          ]}
        />
      )}
      {shown && (
        <Dialog open wide onClose={() => setShown(null)} title={shown.address}>
          <ListingCauses listingId={shown.id} />
        </Dialog>
      )}
    </Card>
  );
}

function CulpritLink({ culprit }: { culprit: NonNullable<Listing['culprit']> }) {
  const { accountId, domainName } = culprit;
  return <Link href={adminPaths.guardedSite({ accountId })}>{domainName}</Link>;
}
