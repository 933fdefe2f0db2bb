import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Textarea } from '#web/ui/textarea.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { linesOf } from './lines-of.ts';
import type { Reputation } from './reputation-page.tsx';

type Node = Reputation['nodes'][number];

/** The addresses of each node: those written down here, and those of packages. */
export function AddressesCard({
  reputation,
  mayWrite,
}: {
  reputation: Reputation;
  mayWrite: boolean;
}) {
  const text = useTranslations('protection.reputation');
  const [editing, setEditing] = useState<Node | null>(null);
  const { nodes, addresses } = reputation;
  const ownOf = (node: Node) =>
    addresses.filter((one) => one.nodeId === node.nodeId && one.domainName === null);
  return (
    <Card title={text('addresses')}>
      <Stack>
        {nodes.map((node) => {
          const its = addresses.filter(({ nodeId }) => nodeId === node.nodeId);
          return (
            <Stack key={node.nodeId} gap={2}>
              <div className="ui-row ui-row-between ui-gap-2">
                <strong>{node.name}</strong>
                {mayWrite && (
                  <Button
                    size="small"
                    aria-label={text('editOf', { name: node.name })}
                    onClick={() => setEditing(node)}
                  >
                    {text('edit')}
                  </Button>
                )}
              </div>
              {its.length === 0 && <p className="ui-muted ui-small">{text('noAddresses')}</p>}
              {its.map(({ address, domainName, isPublic }) => (
                <div key={address}>
                  <code>{address}</code>
                  <p className="ui-muted ui-small">
                    {domainName === null
                      ? text('ofNode')
                      : text('ofPackage', { domain: domainName })}
                    {!isPublic && `, ${text('private')}`}
                  </p>
                </div>
              ))}
            </Stack>
          );
        })}
      </Stack>
      {editing && (
        <Dialog open onClose={() => setEditing(null)} title={editing.name}>
          <AddressesForm
            node={editing}
            start={ownOf(editing).map(({ address }) => address)}
            onClose={() => setEditing(null)}
          />
        </Dialog>
      )}
    </Card>
  );
}

type FormProps = { node: Node; start: readonly string[]; onClose: () => void };

function AddressesForm({ node, start, onClose }: FormProps) {
  const text = useTranslations('protection.reputation');
  const say = useToast();
  const queries = useQueryClient();
  const form = useForm({
    initial: { addresses: start.join('\n') },
    submit: ({ addresses }) =>
      api.protection.admin.reputation.setAddresses({
        id: node.nodeId,
        addresses: linesOf(addresses),
      }),
    onDone: () => {
      say(text('saved'));
      void queries.invalidateQueries({ queryKey: apiQuery.protection.admin.reputation.key() });
      onClose();
    },
  });
  return (
    <Form form={form} submit={text('save')} wide>
      <Textarea
        label={text('addresses')}
        help={text('addressesHelp')}
        mono
        rows={6}
        {...form.field('addresses')}
      />
    </Form>
  );
}
