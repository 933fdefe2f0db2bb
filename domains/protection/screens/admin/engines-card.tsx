import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import type { ApiClient } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { settingsDraft, settingsValues } from '#web/ui/settings-draft.ts';
import { SettingsFields } from '#web/ui/settings-fields.tsx';
import { Table } from '#web/ui/table.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';

type Engine = Awaited<
  ReturnType<ApiClient['protection']['admin']['nodes']['engines']>
>['items'][number];

/** The engines that are installed and our accounts with their vendors; the operator's alone. */
export function EnginesCard() {
  const text = useTranslations('protection.engines');
  const words = useWords();
  const mayWrite = allowed(useSession(), 'protection.write');
  const [open, setOpen] = useState<Engine | null>(null);
  const engines = useQuery({
    ...apiQuery.protection.admin.nodes.engines.queryOptions({ input: {} }),
    retry: false,
  });
  // A reseller's staff have none of their own.
  if (!engines.data) return null;
  const stateOf = ({ saved, form }: Engine) =>
    form.fields.length === 0 ? 'own' : saved ? 'ready' : 'fresh';
  return (
    <Card title={text('title')} flush>
      <Table
        label={text('title')}
        rows={engines.data.items}
        rowKey={({ engineId }) => engineId}
        columns={[
          { id: 'engine', header: text('engine'), cell: ({ title }) => words(title) },
          {
            id: 'state',
            header: text('state'),
            cell: (engine) => (
              <StatusBadge tone={stateOf(engine) === 'fresh' ? 'wait' : 'good'}>
                {text(stateOf(engine))}
              </StatusBadge>
            ),
          },
          {
            id: 'actions',
            header: '',
            align: 'end',
            cell: (engine) =>
              mayWrite &&
              engine.form.fields.length > 0 && (
                <Button
                  size="small"
                  aria-label={text('setUpOf', { name: words(engine.title) })}
                  onClick={() => setOpen(engine)}
                >
                  {text('setUp')}
                </Button>
              ),
          },
        ]}
      />
      {open && (
        <Dialog open onClose={() => setOpen(null)} title={words(open.title)}>
          <EngineForm engine={open} onClose={() => setOpen(null)} />
        </Dialog>
      )}
    </Card>
  );
}

/** Our account with the vendor, drawn from the engine's own settings. */
function EngineForm({ engine, onClose }: { engine: Engine; onClose: () => void }) {
  const text = useTranslations('protection.engines');
  const say = useToast();
  const queries = useQueryClient();
  const form = useForm({
    initial: settingsDraft(engine.form),
    submit: (draft) =>
      api.protection.admin.nodes.saveEngine({
        engineId: engine.engineId,
        values: settingsValues(engine.form, draft),
      }),
    onDone: () => {
      say(text('saved'));
      void queries.invalidateQueries({ queryKey: apiQuery.protection.key() });
      onClose();
    },
  });
  return (
    <Form form={form} submit={text('save')} wide>
      <SettingsFields settings={engine.form} form={form} />
    </Form>
  );
}
