import { formatDate } from '#kit/format-date.ts';
import { formatMoney } from '#kit/format-money.ts';
import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import type { Texts } from '#platform/texts.ts';
import type { Quote, QuoteLine } from '#domains/billing/index.ts';
import { brandUrl, findBrand } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { findClient } from '#domains/clients/index.ts';
import { sendMail } from '#domains/messages/index.ts';
import type { Block, Mail } from '#domains/messages/index.ts';
import { domainTitle } from '#domains/subscriptions/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';

/** What a mail about a package is written with: the client's language, and how it says things. */
export type Writer = {
  t: Texts;
  client: Client;
  /** The package's domain as its owner writes it. */
  domain: string;
  date(on: Temporal.PlainDate): string;
  sum(minor: bigint, currency: string): string;
  /** The lines of a quote as a table, with the state of those that cost nothing. */
  lines(quote: Quote): Block;
  /** A button to one of the client's pages. */
  button(label: string, path: `/${string}`): Block;
};

export type Letter = { template: string; subject: string; blocks: Block[] };

/** The client's own page of a package. */
export function packagePath(subscriptionId: string): `/${string}` {
  return `/account/packages/${subscriptionId}`;
}

/** Writes to the client of a package in their language. Returns the message's id. */
export async function mailClient(
  ctx: Ctx,
  subscription: Subscription,
  write: (writer: Writer) => Letter,
): Promise<string> {
  const client = await findClient(ctx, subscription.clientId);
  const brand = await findBrand(ctx, subscription.brandId);
  if (!client || !brand) throw new Error(`nobody to write to about ${subscription.id}`);
  return sendMail(ctx, mailTo({ client, brand, subscription }, write));
}

/** The letter as a mail to the client of a package. */
export function mailTo(
  {
    client,
    brand,
    subscription,
  }: { client: Client; brand: Brand; subscription: Pick<Subscription, 'domainName'> },
  write: (writer: Writer) => Letter,
): Mail {
  const { language } = client;
  const t = textsFor('orders', language);
  const letter = write({
    t,
    client,
    domain: domainTitle(subscription.domainName),
    date: (on) => formatDate(on.toString(), language),
    sum: (minor, currency) => formatMoney(minor, currency, language),
    lines: (quote) => linesTable(quote, t, language),
    button: (label, path) => ({ kind: 'button', label, url: brandUrl(brand, path) }),
  });
  return {
    brandId: brand.id,
    branch: client.branch,
    clientId: client.id,
    to: client.email,
    language,
    ...letter,
  };
}

function linesTable(quote: Quote, t: Texts, language: 'ru' | 'en'): Block {
  const price = (minor: bigint) => formatMoney(minor, quote.currency, language);
  const row = (line: QuoteLine): string[] => [
    line.quantity > 1
      ? `${line.description[language]} × ${line.quantity}`
      : line.description[language],
    line.state === 'bought' ? price(line.totalMinor) : t(`mail.lineStates.${line.state}`),
  ];
  return {
    kind: 'table',
    head: [t('mail.what'), t('mail.price')],
    rows: [...quote.lines.map(row), [t('mail.total'), price(quote.totalMinor)]],
    alignRight: [1],
  };
}
