import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { componentActions } from '#web/client/package-panels.ts';
import type { PackageComponent, PackageView } from '#web/client/package-panels.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { Row } from '#web/ui/layout.tsx';
import { Table } from '#web/ui/table.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import { ComponentState } from '../component-state.tsx';
import { useWords } from '#web/ui/use-words.ts';

const ACTIONS = componentActions.map(({ kind, action }) => ({
  kind,
  Action: lazy(async () => ({ default: await action() })),
}));

type Props = { subscription: PackageView };

/** What is on the package: included, kept for free and bought, and what becomes of each. */
export function ComponentsCard({ subscription }: Props) {
  const text = useTranslations('subscriptions.screen');
  const words = useWords();
  const { components } = subscription;
  if (components.length === 0) return null;
  return (
    <Card title={text('components.title')} flush>
      <Table
        label={text('components.title')}
        rows={components}
        rowKey={(one) => one.id}
        columns={[
          {
            id: 'name',
            header: text('components.name'),
            cell: (one) =>
              one.quantity > 1 ? `${words(one.name)} × ${one.quantity}` : words(one.name),
          },
          {
            id: 'state',
            header: text('state'),
            cell: (one) => <ComponentState component={one} subscription={subscription} />,
          },
          {
            id: 'actions',
            header: '',
            align: 'end',
            cell: (one) => <Actions component={one} subscription={subscription} />,
          },
        ]}
      />
    </Card>
  );
}

function Actions({ component, subscription }: Props & { component: PackageComponent }) {
  const isLive = subscription.state === 'active' || subscription.state === 'suspended';
  if (component.state === 'deleted' || !isLive) return null;
  return (
    <Row gap={2} className="ui-row-end">
      {component.endsOn === null && component.state !== 'included' && (
        <RenewalChoice component={component} subscription={subscription} />
      )}
      {ACTIONS.filter(({ kind }) => kind === component.kind).map(({ kind, Action }) => (
        <Suspense key={kind} fallback={null}>
          <Action subscription={subscription} component={component} />
        </Suspense>
      ))}
    </Row>
  );
}

/** Works until the paid end either way; what changes is the next renewal. */
function RenewalChoice({ component, subscription }: Props & { component: PackageComponent }) {
  const text = useTranslations('subscriptions.screen.components');
  const queries = useQueryClient();
  const say = useToast();
  const failureText = useFailureText();
  const change = useMutation({
    mutationFn: () =>
      api.subscriptions.setComponentRenewal({
        id: subscription.id,
        componentId: component.id,
        renews: !component.renews,
      }),
    onSuccess: () => queries.invalidateQueries(),
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <Button size="small" tone="quiet" busy={change.isPending} onClick={() => change.mutate()}>
      {text(component.renews ? 'stopRenewal' : 'keepRenewal')}
    </Button>
  );
}
