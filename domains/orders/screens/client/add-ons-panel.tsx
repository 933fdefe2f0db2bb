import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { apiQuery } from '#web/api-query.ts';
import type { PackageView } from '#web/client/package-panels.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { Money } from '#web/ui/money.tsx';
import { Table } from '#web/ui/table.tsx';
import type { AddOnOfferView } from '../../contract.ts';
import { useWords } from '#web/ui/use-words.ts';
import { ComingPrice } from './coming-price.tsx';
import { BuyAddOnDialog } from './buy-add-on-dialog.tsx';

/** What may be bought to the package, with a button each. */
export function AddOnsPanel({ subscription }: { subscription: PackageView }) {
  const text = useTranslations('orders.screen.addOns');
  const words = useWords();
  const [chosen, setChosen] = useState<AddOnOfferView | null>(null);
  const query = useQuery(
    apiQuery.orders.addOns.queryOptions({
      input: { subscriptionId: subscription.id },
      enabled: subscription.state === 'active',
    }),
  );
  const offers = (query.data?.items ?? []).filter((offer) => offer.held < offer.quantityMax);
  if (subscription.state !== 'active' || offers.length === 0) return null;
  return (
    <Card title={text('title')} flush>
      <Table
        label={text('title')}
        rows={offers}
        rowKey={(offer) => offer.componentId}
        columns={[
          {
            id: 'name',
            header: text('name'),
            cell: (offer) => (
              <>
                <strong>{words(offer.name)}</strong>
                <br />
                <span className="ui-muted">{words(offer.description)}</span>
              </>
            ),
          },
          {
            id: 'price',
            header: text('price'),
            align: 'end',
            cell: (offer) => (
              <>
                <span className="ui-nowrap">
                  {text.rich('perMonth', {
                    price: () => <Money minor={offer.monthlyMinor} currency={offer.currency} />,
                  })}
                </span>
                {offer.coming && <br />}
                <ComingPrice offer={offer} />
              </>
            ),
          },
          {
            id: 'buy',
            header: '',
            align: 'end',
            cell: (offer) => (
              <Button size="small" className="ui-nowrap" onClick={() => setChosen(offer)}>
                {text(`buy.${offer.kind}`)}
              </Button>
            ),
          },
        ]}
      />
      {chosen && (
        <BuyAddOnDialog
          subscription={subscription}
          offer={chosen}
          onClose={() => setChosen(null)}
        />
      )}
    </Card>
  );
}
