import { useTranslations } from 'use-intl';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Card } from '#web/ui/card.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import type { ClientDetail } from './client-facts.tsx';

/** Who may act for the client, and how well their way in is guarded. */
export function ClientPeople({ people }: { people: ClientDetail['people'] }) {
  const text = useTranslations('clients.page');
  return (
    <Card title={text('people')}>
      <Stack>
        {people.map((person) => (
          <div key={person.id}>
            <p>{person.name}</p>
            <p className="ui-muted ui-small">{person.email}</p>
            <Row gap={2}>
              <StatusBadge tone={person.emailVerified ? 'good' : 'wait'}>
                {text(person.emailVerified ? 'verified' : 'unverified')}
              </StatusBadge>
              <StatusBadge tone={person.secondFactor ? 'good' : 'idle'}>
                {text(person.secondFactor ? 'factorOn' : 'factorOff')}
              </StatusBadge>
            </Row>
          </div>
        ))}
      </Stack>
    </Card>
  );
}
