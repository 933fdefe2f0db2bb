import { checkPayments } from './read-again.ts';

export { bankTransfer } from './bank-transfer.ts';
export { BANK_TRANSFER, gatewayKind } from './connect-gateway.ts';
export { confirmTransfer } from './confirm-transfer.ts';
export { paymentsContract } from './contract.ts';
export { paymentFailed, paymentSucceeded } from './events.ts';
export { saveGatewaySetting } from './gateway-store.ts';
export type { GatewaySetting } from './gateway-store.ts';
export type { Payment, PaymentState } from './payment.ts';
export { paymentsRoutes } from './routes.ts';
export { selectPayments as paymentsOf } from './store.ts';
export { startPayment } from './start-payment.ts';
export { gatewayHooks } from './webhook-routes.ts';
export { verifyPayments } from './verify.ts';

export const paymentsAgenda = [checkPayments];
