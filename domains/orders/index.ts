export type { Order } from './order.ts';
export type { CancelCause, OrderKind, OrderOrigin, OrderState } from './order-words.ts';
export {
  changeNoticed,
  orderCancelled,
  orderDone,
  orderLocked,
  orderPaid,
  orderPlaced,
  orderRevised,
  renewalNoticed,
  renewalRefused,
  renewalReminded,
} from './events.ts';
export { placeOrder } from './place-order.ts';
export { readCart } from './read-cart.ts';
export { quoteCart } from './read-cart.ts';
export type { Cart, CartInput } from './read-cart.ts';
export { buyAddOn, offerAddOn } from './buy-add-on.ts';
export type { AddOnInput, AddOnOffer } from './buy-add-on.ts';
export { offerRenewal } from './offer-renewal.ts';
export type { RenewalChoice, RenewalOffer } from './offer-renewal.ts';
export { previewRenewal, renewSubscription } from './renew-subscription.ts';
export { executeOrder } from './execute-order.ts';
export { finishOrder } from './finish-order.ts';
export { cancelOrder } from './cancel-order.ts';
export { selectOrder as findOrder, selectOrders as ordersOf } from './store.ts';
export { ownOrder, staffOrder } from './whose-order.ts';
export { ordersContract } from './contract.ts';
export { ordersRoutes } from './routes.ts';
export { ordersSubscribers } from './subscribers.ts';
export { ordersJobs } from './jobs.ts';
export { ordersAgenda } from './agenda.ts';
export { verifyOrders } from './verify.ts';
