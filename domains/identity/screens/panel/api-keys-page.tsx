import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { CreateApiKey } from './create-api-key.tsx';
import { ApiKeyTable } from './api-key-table.tsx';
import type { ApiKeyRow } from './api-key-table.tsx';

/** The keys of the client or seller the person acts for. */
export function ApiKeysPage() {
  const text = useTranslations('identity.apiKeys');
  const queries = useQueryClient();
  const keys = useQuery(apiQuery.identity.apiKeys.list.queryOptions({ input: {} }));
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKeyRow | null>(null);
  const reload = () => queries.invalidateQueries({ queryKey: apiQuery.identity.apiKeys.key() });
  async function revoke() {
    if (revoking) await api.identity.apiKeys.revoke({ id: revoking.id });
    await reload();
  }
  const create = (
    <Button tone="primary" icon={IconPlus} onClick={() => setCreating(true)}>
      {text('create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={text('title')} lead={text('lead')} actions={create} />
      {keys.error && <FailureCallout error={keys.error} onRetry={keys.refetch} />}
      {keys.isPending && <CardSkeleton />}
      {keys.data && (
        <Card flush>
          {keys.data.items.length === 0 ? (
            <EmptyState icon={IconKey} title={text('empty')}>
              {text('emptyHelp')}
            </EmptyState>
          ) : (
            <ApiKeyTable rows={keys.data.items} onRevoke={setRevoking} />
          )}
        </Card>
      )}
      <CreateApiKey
        open={creating}
        scopes={keys.data?.scopes ?? []}
        onClose={() => setCreating(false)}
        onMade={() => void reload()}
      />
      <ConfirmDialog
        open={revoking !== null}
        onClose={() => setRevoking(null)}
        title={text('revokeTitle', { name: revoking?.name ?? '' })}
        confirm={text('revoke')}
        onConfirm={revoke}
      >
        {text('revokeWhat')}
      </ConfirmDialog>
    </>
  );
}
