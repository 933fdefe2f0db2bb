import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { DateInput } from '#web/ui/date-input.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';

type Target = Parameters<typeof api.operations.moveClock>[0];

const STEPS: readonly { word: string; target: Target }[] = [
  { word: 'next', target: { toNextEvent: true } },
  { word: 'day', target: { days: 1 } },
  { word: 'week', target: { days: 7 } },
  { word: 'month', target: { days: 30 } },
];

/** When working days begin: what is due "on a date" has happened by then. */
const MORNING = 'T10:00:00';

/** The ways to move time forward; one move at a time. */
export function MoveClock({ now, moving }: { now: string; moving: boolean }) {
  const text = useTranslations('operations.clock');
  const failureText = useFailureText();
  const queries = useQueryClient();
  const [on, setOn] = useState('');
  const move = useMutation({
    mutationFn: (target: Target) => api.operations.moveClock(target),
    onSuccess: (state) => {
      queries.setQueryData(apiQuery.operations.clock.queryKey({ input: {} }), state);
    },
  });
  const busy = moving || move.isPending;
  return (
    <Card title={text('moveTitle')}>
      <Stack>
        <Stack gap={2}>
          {STEPS.map(({ word, target }) => (
            <Button key={word} wide disabled={busy} onClick={() => move.mutate(target)}>
              {text(word)}
            </Button>
          ))}
        </Stack>
        <form
          className="ui-stack ui-gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (on) move.mutate({ to: new Date(on + MORNING).toISOString() });
          }}
        >
          <DateInput label={text('to')} value={on} onChange={setOn} min={now.slice(0, 10)} />
          <Button type="submit" wide tone="primary" disabled={busy || on === ''}>
            {text('move')}
          </Button>
        </form>
        {move.error && (
          <Callout tone="bad" announce>
            {failureText(move.error)}
          </Callout>
        )}
      </Stack>
    </Card>
  );
}
