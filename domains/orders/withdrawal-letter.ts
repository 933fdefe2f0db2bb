import type { Quote } from '#domains/billing/index.ts';
import type { Edition } from '#domains/catalog/index.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import type { Letter, Writer } from './mail-client.ts';
import { packagePath } from './mail-client.ts';

type Facts = { edition: Edition; subscription: LiveSubscription; quote: Quote | null };

/** A change that was announced will not come; what the next renewal costs now. */
export function withdrawalLetter(writer: Writer, { edition, subscription, quote }: Facts): Letter {
  const { t, date, sum, domain } = writer;
  const values = {
    domain,
    date: date(edition.existingOn ?? edition.effectiveOn),
    until: date(subscription.period.end),
    total: quote ? sum(quote.totalMinor, quote.currency) : '',
  };
  return {
    template: 'orders.change-withdrawn',
    subject: t('mail.withdrawn.subject', values),
    blocks: [
      { kind: 'heading', text: t('mail.withdrawn.heading', values) },
      { kind: 'text', text: t('mail.withdrawn.what', values) },
      ...(quote
        ? [{ kind: 'text' as const, text: t('mail.withdrawn.next', values) }, writer.lines(quote)]
        : []),
      writer.button(t('mail.open'), packagePath(subscription.id)),
    ],
  };
}
