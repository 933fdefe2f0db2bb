import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { Card } from '#web/ui/card.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Row } from '#web/ui/layout.tsx';
import { Link } from '#web/ui/link.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { Timeline } from '#web/ui/timeline.tsx';
import type { TimelineEvent } from '#web/ui/timeline.tsx';
import type { Tone } from '#web/ui/tone.ts';
import type { HistoryView, SubscriptionDetailView } from '../contract.ts';
import { useWords } from '#web/ui/use-words.ts';

type Item = HistoryView['items'][number];

type Props = {
  subscription: SubscriptionDetailView;
  items: readonly Item[];
  invoiceHref: (invoiceId: string) => string;
};

const TONE: Readonly<Record<string, Tone>> = {
  'subscription.activated': 'good',
  'subscription.extended': 'good',
  'subscription.resumed': 'good',
  'subscription.suspended': 'bad',
  'subscription.deleted': 'bad',
  'order.locked': 'wait',
  'order.placed': 'info',
  'order.revised': 'info',
  'order.done': 'good',
  'renewal.refused': 'bad',
};

/** What happened to the package and what will, the newest first, each with its document. */
export function HistoryCard({ subscription, items, invoiceHref }: Props) {
  const text = useTranslations('subscriptions.screen');
  const sayItem = useItemWords(subscription);
  const events = items.toReversed().flatMap((item): TimelineEvent[] => {
    const title = sayItem(item);
    if (title === null) return [];
    const documents = documentsOf(item);
    return [
      {
        id: item.id,
        title,
        when: <DateText at={item.at} time />,
        tone: TONE[item.name] ?? 'idle',
        detail: documents.length > 0 && (
          <Row gap={3}>
            {documents.map((id) => (
              <Link key={id} href={invoiceHref(id)}>
                {text(id.startsWith('crn_') ? 'history.note' : 'history.document')}
              </Link>
            ))}
          </Row>
        ),
      },
    ];
  });
  return (
    <Card title={text('history.title')}>
      <Timeline events={[...aheadOf(subscription, text), ...events]} />
    </Card>
  );
}

/** The invoice behind a fact, and the credit notes that came with it. */
function documentsOf({ details: { invoiceId, noteIds } }: Item): string[] {
  const all = [invoiceId, ...(Array.isArray(noteIds) ? noteIds : [])];
  return all.filter((id) => typeof id === 'string');
}

type Text = ReturnType<typeof useTranslations>;

function aheadOf(subscription: SubscriptionDetailView, text: Text): TimelineEvent[] {
  const { state, autoRenewOn, deletionOn, periodEnd } = subscription;
  const ahead = (id: string, on: string): TimelineEvent => ({
    id,
    title: text(`history.ahead.${id}`),
    when: <DateText on={on} />,
    ahead: true,
  });
  if (state === 'suspended' && deletionOn) return [ahead('deletion', deletionOn)];
  if (state !== 'active' || !periodEnd) return [];
  return [
    ahead(autoRenewOn ? 'boundary' : 'end', periodEnd),
    ...(autoRenewOn ? [ahead('autoRenew', autoRenewOn)] : []),
  ];
}

/** Words for a fact, with the names, dates and amounts it carries; null for what is no news. */
function useItemWords(subscription: SubscriptionDetailView): (item: Item) => string | null {
  const text = useTranslations('subscriptions.screen.history');
  const locale = useLocale();
  const words = useWords();
  const moneyText = useMoneyText();
  const names = new Map(subscription.components.map((one) => [one.id, words(one.name)]));
  return ({ name, details }) => {
    const key = `facts.${name}`;
    if (!text.has(key)) return null;
    const { title, entitlementId, currency } = details;
    const date = (value: unknown): string =>
      typeof value === 'string' ? formatDate(value, locale) : '';
    const amount = (value: unknown): string =>
      typeof value === 'number' && typeof currency === 'string' ? moneyText(value, currency) : '';
    return text(key, {
      title: isWords(title) ? words(title) : '',
      component: names.get(String(entitlementId)) ?? '',
      kind: plain(details.kind),
      origin: plain(details.origin),
      // ICU's selectors are identifiers, which have no hyphens.
      cause: plain(details.cause).replaceAll('-', '_'),
      renews: plain(details.renews),
      total: amount(details.totalMinor),
      before: amount(details.beforeMinor),
      after: amount(details.afterMinor),
      ends: String(details.afterMinor === null),
      start: date(details.periodStart),
      end: date(details.periodEnd),
      on: date(details.autoRenewOn ?? details.boundaryOn ?? details.on),
    });
  };
}

/** A fact's own word, for the texts to choose by. */
function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
}

function isWords(value: unknown): value is { ru: string; en: string } {
  return typeof value === 'object' && value !== null && 'ru' in value && 'en' in value;
}
