import { useTranslations } from 'use-intl';
import { DateText } from '#web/ui/date-text.tsx';
import { Money } from '#web/ui/money.tsx';
import type { Column } from '#web/ui/table.tsx';
import type { OrderView } from '../contract.ts';
import { OrderBadge } from './order-badge.tsx';
import { useWords } from '#web/ui/use-words.ts';

/** The columns of a list of orders, the same for clients and staff. */
export function useOrderColumns(): Column<OrderView>[] {
  const text = useTranslations('orders.screen');
  const words = useWords();
  return [
    {
      id: 'what',
      header: text('what'),
      cell: (order) => text(`kinds.${order.kind}`, { title: words(order.title) }),
    },
    { id: 'domain', header: text('domain'), cell: (order) => order.domainTitle },
    {
      id: 'placed',
      header: text('placed'),
      cell: (order) => <DateText at={order.placedAt} time />,
    },
    { id: 'state', header: text('state'), cell: (order) => <OrderBadge state={order.state} /> },
    {
      id: 'total',
      header: text('total'),
      align: 'end',
      cell: (order) => <Money minor={order.totalMinor} currency={order.currency} />,
    },
  ];
}

export const STATES = ['awaiting-payment', 'locked', 'delivering', 'done', 'cancelled'] as const;

/** A state out of the address; anything else filters nothing. */
export function asState(text: string | undefined): OrderView['state'] | undefined {
  return STATES.find((state) => state === text);
}
