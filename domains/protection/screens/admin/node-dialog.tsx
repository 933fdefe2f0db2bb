import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Form } from '#web/ui/form.tsx';
import { Select } from '#web/ui/select.tsx';
import { CardSkeleton } from '#web/ui/skeleton.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';
import type { Option } from '#web/ui/select.tsx';
import { MODES } from '../../contract.ts';
import type { GuardedNode } from './guarded-nodes-page.tsx';

type Props = { node: GuardedNode; onClose: () => void };

/** Which engine guards a server, and its mode. */
export function NodeDialog({ node, onClose }: Props) {
  const text = useTranslations('protection.nodes');
  const words = useWords();
  const engines = useQuery(apiQuery.protection.admin.nodes.engines.queryOptions({ input: {} }));
  const options = engines.data?.items.map(({ engineId, title }) => ({
    value: engineId,
    label: words(title),
  }));
  return (
    <Dialog open onClose={onClose} title={text('setUpOf', { name: node.name })}>
      {engines.error && <FailureCallout error={engines.error} onRetry={engines.refetch} />}
      {options ? <NodeForm node={node} onClose={onClose} options={options} /> : <CardSkeleton />}
    </Dialog>
  );
}

function NodeForm({ node, onClose, options }: Props & { options: readonly Option[] }) {
  const text = useTranslations('protection');
  const say = useToast();
  const queries = useQueryClient();
  const form = useForm<{
    engineId: string;
    mode: (typeof MODES)[number] | '';
    outsideActs: boolean;
  }>({
    initial: {
      engineId: node.engineId ?? options[0]?.value ?? '',
      mode: node.mode ?? '',
      outsideActs: node.outsideActs,
    },
    submit: ({ engineId, mode, outsideActs }) =>
      api.protection.admin.nodes.change({
        id: node.nodeId,
        engineId,
        mode: mode === '' ? null : mode,
        outsideActs,
      }),
    onDone: () => {
      say(text('nodes.saved'));
      void queries.invalidateQueries({ queryKey: apiQuery.protection.key() });
      onClose();
    },
  });
  return (
    <Form form={form} submit={text('nodes.save')} wide>
      <Select label={text('nodes.engine')} options={options} {...form.field('engineId')} />
      <Select
        label={text('nodes.mode')}
        placeholder={text('nodes.asDefault')}
        options={MODES.map((value) => ({ value, label: text(`modes.${value}`) }))}
        {...form.field('mode')}
      />
      {(node.sources.length > 0 || node.outsideActs) && (
        <Checkbox label={text('nodes.outsideActsToo')} {...form.tick('outsideActs')} />
      )}
    </Form>
  );
}
