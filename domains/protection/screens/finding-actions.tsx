import { IconArrowBackUp, IconEyeOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { useToast } from '#web/ui/toast.tsx';
import type { FindingDetail } from './protection-view.ts';

type Verb = 'restore' | 'ignore';
const DONE = { restore: 'restored', ignore: 'ignored' } as const;

/** `waiting`, `waitingFor`: left for a server that calls us. */
type Answer = { waiting?: boolean; waitingFor?: FindingDetail['waitingFor'] };
type Props = {
  finding: Pick<FindingDetail, 'can' | 'waitingFor'>;
  act: (verb: Verb) => Promise<Answer>;
};

/** Put it back, or leave it alone: either wants a second look. */
export function FindingActions({ finding: { can, waitingFor }, act }: Props) {
  const text = useTranslations('protection.finding');
  const queries = useQueryClient();
  const say = useToast();
  const [asking, setAsking] = useState<Verb | null>(null);
  async function carryOut(verb: Verb) {
    const answer = await act(verb);
    const isLeft = answer.waiting ?? (answer.waitingFor ?? null) !== null;
    say(text(isLeft ? 'leftForServer' : DONE[verb]), isLeft ? 'info' : 'good');
    await queries.invalidateQueries({ queryKey: apiQuery.protection.key() });
  }
  if (waitingFor !== null) {
    return <StatusBadge tone="wait">{text(`waitingFor.${waitingFor}`)}</StatusBadge>;
  }
  return (
    <>
      {can.restore && (
        <Button icon={IconArrowBackUp} onClick={() => setAsking('restore')}>
          {text('restore')}
        </Button>
      )}
      {can.ignore && (
        <Button icon={IconEyeOff} onClick={() => setAsking('ignore')}>
          {text('ignore')}
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          open
          onClose={() => setAsking(null)}
          title={text(`${asking}Title`)}
          confirm={text(asking)}
          final={asking === 'restore'}
          onConfirm={() => carryOut(asking)}
        >
          {text(`${asking}Help`)}
        </ConfirmDialog>
      )}
    </>
  );
}
