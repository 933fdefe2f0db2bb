import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { ApiClient } from '#web/api.ts';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { allowed, useSession } from '#web/panel/session.tsx';
import { usePathParams } from '#web/panel/use-path-params.ts';
import { adminPaths } from '#web/paths.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { FailureCallout } from '#web/ui/failure-callout.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { PageSkeleton } from '#web/ui/skeleton.tsx';
import { Tabs, useCurrentTab } from '#web/ui/tabs.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { MessageBadge } from './message-badge.tsx';
import './message-page.css';

type Mail = Awaited<ReturnType<ApiClient['messages']['get']>>;

/** One mail as its reader got it, and as text; with another try for what did not go out. */
export function MessagePage() {
  const { messageId } = usePathParams(adminPaths.message);
  const query = useQuery(apiQuery.messages.get.queryOptions({ input: { id: messageId } }));
  if (query.data) return <MailScreen mail={query.data} />;
  if (query.error) return <FailureCallout error={query.error} onRetry={query.refetch} />;
  return <PageSkeleton />;
}

function MailScreen({ mail }: { mail: Mail }) {
  const text = useTranslations('messages');
  const mayWrite = allowed(useSession(), 'messages.write');
  const stuck = mail.state === 'failed' || (mail.state === 'queued' && mail.lastError !== null);
  const tabs = [
    { id: 'html', label: text('page.asHtml') },
    { id: 'text', label: text('page.asText') },
  ];
  const shown = useCurrentTab(tabs);
  return (
    <>
      <PageHeader
        title={mail.subject}
        crumbs={[{ label: text('list.title'), href: adminPaths.mail() }]}
        status={<MessageBadge state={mail.state} />}
        actions={mayWrite && stuck && <Retry id={mail.id} />}
      />
      <Columns main>
        <Stack>
          <Tabs tabs={tabs} />
          {shown === 'html' ? (
            <iframe
              className="messages-frame"
              title={text('page.frame', { subject: mail.subject })}
              src={`/v1/admin/messages/${mail.id}/html`}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
            />
          ) : (
            <Card>
              <pre className="messages-text">{mail.text}</pre>
            </Card>
          )}
        </Stack>
        <Facts mail={mail} />
      </Columns>
    </>
  );
}

function Retry({ id }: { id: string }) {
  const text = useTranslations('messages.page');
  const say = useToast();
  const failureText = useFailureText();
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: () => api.messages.retry({ id }),
    onSuccess: async () => {
      say(text('retried'));
      await queries.invalidateQueries({ queryKey: apiQuery.messages.key() });
    },
    onError: (error) => say(failureText(error), 'bad'),
  });
  return (
    <Button tone="primary" busy={retry.isPending} onClick={() => retry.mutate()}>
      {text('retry')}
    </Button>
  );
}

function Facts({ mail }: { mail: Mail }) {
  const text = useTranslations('messages');
  const { clientId, language } = mail;
  const languageKey = `page.languages.${language}`;
  return (
    <Card title={text('page.facts')}>
      <KeyValue
        facts={[
          { label: text('fields.to'), value: mail.to },
          clientId !== null && {
            label: text('fields.client'),
            value: <Link href={adminPaths.client({ clientId })}>{text('page.toClient')}</Link>,
          },
          { label: text('fields.template'), value: <code>{mail.template}</code> },
          {
            label: text('fields.language'),
            value: text.has(languageKey) ? text(languageKey) : language,
          },
          { label: text('fields.createdAt'), value: <DateText at={mail.createdAt} time /> },
          mail.sentAt !== null && {
            label: text('fields.sentAt'),
            value: <DateText at={mail.sentAt} time />,
          },
          mail.attempts > 1 && { label: text('fields.attempts'), value: mail.attempts },
          mail.lastError !== null && { label: text('fields.lastError'), value: mail.lastError },
          {
            label: text('fields.id'),
            value: <CopyField label={text('fields.id')} value={mail.id} />,
          },
        ]}
      />
    </Card>
  );
}
