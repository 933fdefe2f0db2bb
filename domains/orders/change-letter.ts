import type { Quote } from '#domains/billing/index.ts';
import type { Block } from '#domains/messages/index.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import type { ChangeAhead } from './change-ahead.ts';
import { couldStay, sameLine } from './change-ahead.ts';
import type { Letter, Writer } from './mail-client.ts';
import { packagePath } from './mail-client.ts';

type Reached = ChangeAhead & { after: Quote };

/** What changes, from which boundary, what it will cost, and how to drop it. */
export function changeLetter(
  writer: Writer,
  subscription: LiveSubscription,
  change: ChangeAhead,
): Letter {
  const { after } = change;
  return after
    ? pricesLetter(writer, subscription, { ...change, after })
    : endLetter(writer, subscription, change);
}

function pricesLetter(writer: Writer, subscription: LiveSubscription, change: Reached): Letter {
  const { t, date, sum, domain } = writer;
  const { before, after, boundaryOn } = change;
  const price = (minor: bigint): string => sum(minor, after.currency);
  const values = {
    domain,
    date: date(boundaryOn),
    total: price(after.totalMinor),
    months: subscription.termMonths,
  };
  return {
    template: 'orders.change-notice',
    subject: t('mail.change.subject', values),
    blocks: [
      { kind: 'heading', text: t('mail.change.heading', values) },
      { kind: 'text', text: t('mail.change.what', values) },
      {
        kind: 'table',
        head: [t('mail.what'), t('mail.change.now'), t('mail.change.then', values)],
        rows: [
          ...changedRows(writer, change),
          [t('mail.change.renewal'), price(before.totalMinor), price(after.totalMinor)],
        ],
        alignRight: [1, 2],
      },
      ...planText(writer, change, values.date),
      ...stayText(writer, change, values.date),
      { kind: 'text', text: t('mail.change.howToDrop', values) },
      writer.button(t('mail.open'), packagePath(subscription.id)),
    ],
  };
}

/** The plan is not sold any more, and the package goes on with another. */
function planText({ t, client }: Writer, { before, after }: Reached, on: string): Block[] {
  const [from, to] = [before, after].map(({ lines }) =>
    lines.find(({ kind }) => kind === 'package'),
  );
  if (!from || !to || from.itemId === to.itemId) return [];
  const names = { from: from.description[client.language], to: to.description[client.language] };
  return [{ kind: 'text', text: t('mail.change.plan', { ...names, date: on }) }];
}

/** What goes unless its holder says that it is to stay, and what it costs then. */
function stayText({ t, sum, client }: Writer, change: Reached, on: string): Block[] {
  const { after, ifKept } = change;
  return couldStay(after, ifKept ?? after).map((line) => ({
    kind: 'text',
    text: t('mail.change.stay', {
      item: line.description[client.language],
      price: sum(line.totalMinor, after.currency),
      date: on,
    }),
  }));
}

function changedRows({ t, sum, client }: Writer, { before, after }: Reached): string[][] {
  const price = (minor: bigint): string => sum(minor, after.currency);
  const changed = after.lines.filter(
    (line) => sameLine(before, line)?.totalMinor !== line.totalMinor || line.state === 'ended',
  );
  return changed.map((line) => {
    const now = sameLine(before, line)?.totalMinor ?? 0n;
    return [
      line.description[client.language],
      now === 0n ? t('mail.change.free') : price(now),
      line.state === 'ended' ? t('mail.lineStates.ended') : price(line.totalMinor),
    ];
  });
}

/** The plan is not sold for this term any more: the last period is the one that is paid. */
function endLetter(
  writer: Writer,
  subscription: LiveSubscription,
  { boundaryOn }: ChangeAhead,
): Letter {
  const { t, date, domain } = writer;
  const values = { domain, date: date(boundaryOn), months: subscription.termMonths };
  return {
    template: 'orders.change-notice',
    subject: t('mail.change.endSubject', values),
    blocks: [
      { kind: 'heading', text: t('mail.change.heading', values) },
      { kind: 'text', text: t('mail.change.end', values) },
      writer.button(t('mail.open'), packagePath(subscription.id)),
    ],
  };
}
