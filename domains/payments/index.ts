import { checkPayments } from './read-again.ts';
import { forgetMethods } from './forget-methods.ts';
import { sendRefunds } from './send-refund.ts';

export { bankTransfer } from './bank-transfer.ts';
export { BANK_TRANSFER, gatewayKind } from './connect-gateway.ts';
export { sendCharge } from './charge-method.ts';
export {
  methodChosen,
  paymentFailed,
  paymentSucceeded,
  refundDone,
  refundFailed,
} from './events.ts';
export { confirmTransfer } from './confirm-transfer.ts';
export { saveGatewaySetting, selectGatewaySettings as gatewaySettingsOf } from './gateway-store.ts';
export { openCharge, paidByOthersUntil } from './open-charge.ts';
export { isAutomatic } from './payment.ts';
export type { Payment } from './payment.ts';
export { failureWords } from './failure-words.ts';
export { cardTitle, failureKind } from './saved-method.ts';
export type { SavedMethod } from './saved-method.ts';
export { selectPayment as findPayment } from './store.ts';
export { usableDefaults } from './saved-method-store.ts';

export { paymentsRoutes } from './routes.ts';
export { startPayment } from './start-payment.ts';
export { gatewayHooks } from './webhook-routes.ts';
export { verifyPayments } from './verify.ts';

export const paymentsAgenda = [checkPayments, sendRefunds, forgetMethods];
