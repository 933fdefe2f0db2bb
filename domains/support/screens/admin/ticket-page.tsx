import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Callout } from '#web/ui/callout.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Tabs, useCurrentTab } from '#web/ui/tabs.tsx';
import type { StaffTicket } from '../support-view.ts';
import { Talk } from '../talk.tsx';
import { TicketBadge } from '../ticket-badges.tsx';
import { NoteForm } from './note-form.tsx';
import { ReplyForm } from './reply-form.tsx';
import { TicketFacts } from './ticket-facts.tsx';

/** Short enough to see that a colleague is quicker. */
const LOOK_AGAIN_MS = 5000;

export function StaffTicketPage() {
  const { ticketId } = usePathParams(adminPaths.ticket);
  const query = useQuery({
    ...apiQuery.support.admin.get.queryOptions({ input: { id: ticketId } }),
    refetchInterval: LOOK_AGAIN_MS,
  });
  if (query.data) return <TicketScreen key={ticketId} ticket={query.data} />;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  return <PageSkeleton />;
}

function TicketScreen({ ticket }: { ticket: StaffTicket }) {
  const text = useTranslations('support.staff');
  const mayWrite = allowed(useSession(), 'support.write');
  const tabs = [
    { id: 'answer', label: text('answer') },
    { id: 'note', label: text('noteTab') },
  ];
  const shown = useCurrentTab(tabs);
  return (
    <>
      <PageHeader
        title={ticket.subject}
        status={<TicketBadge state={ticket.state} />}
        crumbs={[{ label: text('title'), href: adminPaths.tickets() }]}
      />
      <Columns main>
        <Stack>
          {ticket.openedBy === 'policy' && <Callout tone="info">{text('byPolicy')}</Callout>}
          <Talk messages={ticket.messages} reader="staff" />
          {mayWrite && (
            <>
              <Tabs tabs={tabs} />
              {/* Both stay, so that turning to a note loses no half-written answer. */}
              <div hidden={shown !== 'answer'}>
                <ReplyForm ticket={ticket} />
              </div>
              <div hidden={shown !== 'note'}>
                <NoteForm id={ticket.id} />
              </div>
            </>
          )}
        </Stack>
        <TicketFacts ticket={ticket} mayWrite={mayWrite} />
      </Columns>
    </>
  );
}
