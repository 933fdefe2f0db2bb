import { checkPayments } from './read-again.ts';
import { sendRefunds } from './send-refund.ts';

export { bankTransfer } from './bank-transfer.ts';
export { BANK_TRANSFER, gatewayKind } from './connect-gateway.ts';
export { paymentFailed, paymentSucceeded, refundDone, refundFailed } from './events.ts';
export { confirmTransfer } from './confirm-transfer.ts';
export { saveGatewaySetting, selectGatewaySettings as gatewaySettingsOf } from './gateway-store.ts';
export { paymentsRoutes } from './routes.ts';
export { startPayment } from './start-payment.ts';
export { gatewayHooks } from './webhook-routes.ts';
export { verifyPayments } from './verify.ts';

export const paymentsAgenda = [checkPayments, sendRefunds];
