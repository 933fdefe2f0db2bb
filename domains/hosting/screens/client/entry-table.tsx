import {
  IconDots,
  IconDownload,
  IconFile,
  IconFolder,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { useAddress } from '#web/ui/address.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Icon } from '#web/ui/icon.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Link } from '#web/ui/link.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { Table } from '#web/ui/table.tsx';
import { formatBytes } from '../format-bytes.ts';
import { entryPath } from './entry-path.ts';
import { RenameDialog } from './rename-dialog.tsx';
import { fileHref } from './send-file.ts';

export type FolderEntry = {
  name: string;
  kind: 'file' | 'folder' | 'other';
  sizeBytes: number;
  changedAt: string;
};

type Props = {
  accountId: string;
  folder: string;
  entries: readonly FolderEntry[];
  reload: () => Promise<void>;
};

/** Folders first, then files, by name; each with what can be done with it. */
export function EntryTable({ accountId, folder, entries, reload }: Props) {
  const text = useTranslations('hosting.files');
  const locale = useLocale();
  const [renaming, setRenaming] = useState<FolderEntry | null>(null);
  const [deleting, setDeleting] = useState<FolderEntry | null>(null);
  const sorted = entries.toSorted(
    (a, b) =>
      Number(b.kind === 'folder') - Number(a.kind === 'folder') ||
      a.name.localeCompare(b.name, locale),
  );
  return (
    <>
      <Table
        label={text('title')}
        rows={sorted}
        rowKey={({ name }) => name}
        columns={[
          {
            id: 'name',
            header: text('name'),
            cell: (entry) => <EntryName {...{ accountId, folder, entry }} />,
          },
          {
            id: 'size',
            header: text('size'),
            align: 'end',
            width: '120px',
            cell: ({ kind, sizeBytes }) => (kind === 'file' ? formatBytes(sizeBytes, locale) : '—'),
          },
          {
            id: 'changed',
            header: text('changed'),
            align: 'end',
            width: '200px',
            cell: ({ changedAt }) => <DateText at={changedAt} time />,
          },
          {
            id: 'actions',
            header: '',
            align: 'end',
            width: '56px',
            cell: (entry) => (
              <EntryMenu
                href={fileHref(accountId, entryPath(folder, entry.name))}
                entry={entry}
                onRename={() => setRenaming(entry)}
                onDelete={() => setDeleting(entry)}
              />
            ),
          },
        ]}
      />
      {renaming && (
        <RenameDialog
          {...{ accountId, folder, reload }}
          name={renaming.name}
          onClose={() => setRenaming(null)}
        />
      )}
      {deleting && (
        <ConfirmDialog
          open
          onClose={() => setDeleting(null)}
          title={text('deleteTitle', { name: deleting.name })}
          confirm={text('delete')}
          onConfirm={async () => {
            const path = entryPath(folder, deleting.name);
            await api.hosting.files.remove({ id: accountId, path });
            await reload();
          }}
        >
          {text(deleting.kind === 'folder' ? 'deleteFolder' : 'deleteFile')}
        </ConfirmDialog>
      )}
    </>
  );
}

type EntryProps = { accountId: string; folder: string; entry: FolderEntry };

function EntryName({ accountId, folder, entry }: EntryProps) {
  const { hrefWith } = useAddress();
  const path = entryPath(folder, entry.name);
  if (entry.kind === 'folder') {
    return (
      <Link className="hosting-entry" href={hrefWith({ folder: path })}>
        <Icon of={IconFolder} />
        {entry.name}
      </Link>
    );
  }
  return (
    <a className="hosting-entry" href={fileHref(accountId, path)} download={entry.name}>
      <Icon of={IconFile} />
      {entry.name}
    </a>
  );
}

type MenuProps = { href: string; entry: FolderEntry; onRename: () => void; onDelete: () => void };

function EntryMenu({ href, entry, onRename, onDelete }: MenuProps) {
  const text = useTranslations('hosting.files');
  const label = text('actionsOf', { name: entry.name });
  return (
    <Menu
      label={label}
      trigger={(props) => <IconButton {...props} icon={IconDots} label={label} />}
      items={[
        entry.kind === 'file' && {
          label: text('download'),
          icon: IconDownload,
          onSelect: () => globalThis.location.assign(href),
        },
        { label: text('rename'), icon: IconPencil, onSelect: onRename },
        { label: text('delete'), icon: IconTrash, danger: true, onSelect: onDelete },
      ]}
    />
  );
}
