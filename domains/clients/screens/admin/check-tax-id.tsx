import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { useToast } from '#web/ui/toast.tsx';
import { TaxIdCheckCard } from '../tax-id-check.tsx';
import type { ClientDetail } from './client-facts.tsx';

/** The register's word on a client's tax number, which staff may have asked for again. */
export function CheckTaxId({ client, onAsked }: { client: ClientDetail; onAsked: () => void }) {
  const text = useTranslations('clients.taxIdCheck');
  const say = useToast();
  const failureText = useFailureText();
  const mayWrite = allowed(useSession(), 'clients.write');
  const ask = useMutation({
    mutationFn: () => api.clients.clients.checkTaxId({ id: client.id }),
    onSuccess: () => {
      say(text('asked'));
      onAsked();
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <TaxIdCheckCard
      client={client}
      actions={
        mayWrite && (
          <div>
            <Button size="small" busy={ask.isPending} onClick={() => ask.mutate()}>
              {text('askAgain')}
            </Button>
          </div>
        )
      }
    />
  );
}
