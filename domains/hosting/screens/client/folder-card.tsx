import { IconFolderPlus, IconUpload } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { useAddress } from '#web/ui/address.tsx';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Link } from '#web/ui/link.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { DropZone } from './drop-zone.tsx';
import { EntryTable, type FolderEntry } from './entry-table.tsx';
import './files.css';
import { NewFolderDialog } from './new-folder-dialog.tsx';
import { UploadDialog } from './upload-dialog.tsx';
import { UploadList } from './upload-list.tsx';
import { useUploads } from './use-uploads.ts';

type Props = { accountId: string; folder: string };

/** One folder: what is in it, and ways to put more there, by button or by dropping it here. */
export function FolderCard({ accountId, folder }: Props) {
  const text = useTranslations('hosting.files');
  const queries = useQueryClient();
  const [isNaming, setIsNaming] = useState(false);
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const reload = () => queries.invalidateQueries({ queryKey: apiQuery.hosting.files.key() });
  const { uploads, start, clear } = useUploads(accountId, () => void reload());
  const listing = useQuery({
    ...apiQuery.hosting.files.list.queryOptions({ input: { id: accountId, path: folder } }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <UploadList uploads={uploads} onClear={clear} />
      <DropZone onFiles={setChosen}>
        <Card
          title={<FolderCrumbs folder={folder} />}
          flush
          actions={
            <>
              <Button size="small" icon={IconFolderPlus} onClick={() => setIsNaming(true)}>
                {text('newFolder')}
              </Button>
              <Button
                size="small"
                tone="primary"
                icon={IconUpload}
                onClick={() => input.current?.click()}
              >
                {text('upload')}
              </Button>
            </>
          }
          foot={<span className="ui-muted ui-small">{text('dropHint')}</span>}
        >
          <Listing {...{ accountId, folder, listing, reload }} />
        </Card>
      </DropZone>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={text('upload')}
        onChange={({ target }) => {
          setChosen([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      {isNaming && (
        <NewFolderDialog {...{ accountId, folder, reload }} onClose={() => setIsNaming(false)} />
      )}
      {chosen.length > 0 && (
        <UploadDialog
          files={chosen}
          taken={(listing.data?.entries ?? []).map(({ name }) => name)}
          onClose={() => setChosen([])}
          onChosen={(files) => start(files.map((one) => ({ ...one, folder })))}
        />
      )}
    </>
  );
}

type ListingProps = Props & {
  listing: {
    data: { entries: FolderEntry[]; truncated: boolean } | undefined;
    error: unknown;
    refetch: () => unknown;
  };
  reload: () => Promise<void>;
};

function Listing({ accountId, folder, listing, reload }: ListingProps) {
  const text = useTranslations('hosting.files');
  if (listing.error) {
    return (
      <div className="ui-card-body">
        <FailureCallout error={listing.error} onRetry={listing.refetch} />
      </div>
    );
  }
  if (!listing.data) return <CardSkeleton />;
  const { entries, truncated } = listing.data;
  if (entries.length === 0) {
    return <EmptyState title={text('empty')}>{text('emptyHelp')}</EmptyState>;
  }
  return (
    <>
      <EntryTable {...{ accountId, folder, entries, reload }} />
      {truncated && (
        <div className="ui-card-body">
          <Callout tone="info">{text('truncated')}</Callout>
        </div>
      )}
    </>
  );
}

function FolderCrumbs({ folder }: { folder: string }) {
  const text = useTranslations('hosting.files');
  const { hrefWith } = useAddress();
  const names = folder.split('/').filter((name) => name !== '');
  const upTo = (index: number) => names.slice(0, index + 1).join('/');
  return (
    <ol className="hosting-crumbs">
      {/* A slash and not nothing: nothing in the address means the site's folder. */}
      <li>
        <Link href={hrefWith({ folder: '/' })}>{text('home')}</Link>
      </li>
      {names.map((name, index) => (
        <li key={upTo(index)}>
          <Link href={hrefWith({ folder: upTo(index) })}>{name}</Link>
        </li>
      ))}
    </ol>
  );
}
