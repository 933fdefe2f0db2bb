import { IconKey, IconSend, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { useNavigation } from '#web/ui/navigation.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import { MadeSecret } from './made-secret.tsx';
import { type EndpointView, useWebhooks } from './webhooks-api.ts';

/** Try it, change its secret, remove it. */
export function EndpointActions({ endpoint: { id, url, isOn } }: { endpoint: EndpointView }) {
  const text = useTranslations('webhooks.page');
  const form = useTranslations('webhooks.form');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const navigation = useNavigation();
  const { api, query, listHref } = useWebhooks();
  const [asking, setAsking] = useState<'rotate' | 'remove' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const reload = () => queries.invalidateQueries({ queryKey: query.key() });
  const test = useMutation({
    mutationFn: () => api.test({ id }),
    onSuccess: async () => {
      say(text('tested'));
      await reload();
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  async function rotate() {
    const made = await api.rotate({ id });
    setSecret(made.secret);
    await reload();
  }
  async function remove() {
    await api.remove({ id });
    navigation.go(listHref);
    await queries.invalidateQueries({ queryKey: query.list.key() });
  }
  return (
    <>
      <Button tone="quiet" icon={IconTrash} onClick={() => setAsking('remove')}>
        {text('remove')}
      </Button>
      <Button icon={IconKey} onClick={() => setAsking('rotate')}>
        {text('rotate')}
      </Button>
      {isOn && (
        <Button tone="primary" icon={IconSend} busy={test.isPending} onClick={() => test.mutate()}>
          {text('test')}
        </Button>
      )}
      <ConfirmDialog
        open={asking === 'rotate'}
        onClose={() => setAsking(null)}
        title={text('rotateTitle')}
        confirm={text('rotate')}
        final={false}
        onConfirm={rotate}
      >
        {text('rotateWhat')}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'remove'}
        onClose={() => setAsking(null)}
        title={text('removeTitle')}
        confirm={text('remove')}
        typed={new URL(url).host}
        onConfirm={remove}
      >
        {text('removeWhat')}
      </ConfirmDialog>
      <Dialog open={secret !== null} onClose={() => setSecret(null)} title={form('secret')}>
        {secret !== null && <MadeSecret secret={secret} onKept={() => setSecret(null)} />}
      </Dialog>
    </>
  );
}
