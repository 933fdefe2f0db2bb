import type { PaymentGateway } from './gateway.ts';
import { BANK_TRANSFER } from './connect-gateway.ts';
import { z } from 'zod';

/**
 * Transfers to the seller's account: nothing to connect to. The payer takes the details from the
 * invoice, staff confirm what has arrived.
 */
export const bankTransfer: PaymentGateway = {
  id: BANK_TRANSFER,
  title: { ru: 'Банковский перевод', en: 'Bank transfer' },
  capabilities: {
    hostedPage: false,
    savedMethods: false,
    refunds: false,
    partialRefunds: false,
    webhooks: 'none',
    threeDSecure: false,
  },
  settings: z.object({}),
  connect: () => ({
    kind: 'settings-refused',
    field: '',
    message: 'a bank transfer has no page to send the payer to',
  }),
};
