import { path } from './path.ts';

/** Every address of every shell. Screens link through these, never through strings. */
export const storePaths = {
  home: path('/$locale'),
  plans: path('/$locale/plans'),
  product: path('/$locale/plans/$productId'),
  faq: path('/$locale/faq'),
  terms: path('/$locale/terms'),
  contact: path('/$locale/contact'),
  cart: path('/$locale/cart/$productId/$planId/$termMonths'),
  signIn: path('/$locale/sign-in'),
  signUp: path('/$locale/sign-up'),
  forgotPassword: path('/$locale/forgot-password'),
  resetPassword: path('/$locale/reset-password'),
  verifyEmail: path('/$locale/verify-email'),
};

export const clientPaths = {
  home: path('/account'),
  packages: path('/account/packages'),
  package: path('/account/packages/$subscriptionId'),
  files: path('/account/packages/$subscriptionId/files/$accountId'),
  orders: path('/account/orders'),
  invoices: path('/account/invoices'),
  invoice: path('/account/invoices/$invoiceId'),
  balance: path('/account/balance'),
  payments: path('/account/payments'),
  payment: path('/account/payments/$paymentId'),
  profile: path('/account/profile'),
  security: path('/account/security'),
  apiKeys: path('/account/api-keys'),
};

export const sellerPaths = {
  home: path('/seller'),
};

export const adminPaths = {
  home: path('/admin'),
  catalogue: path('/admin/catalogue'),
  changes: path('/admin/changes'),
  newChange: path('/admin/changes/new'),
  change: path('/admin/changes/$editionId'),
  editChange: path('/admin/changes/$editionId/edit'),
  promos: path('/admin/promos'),
  orders: path('/admin/orders'),
  order: path('/admin/orders/$orderId'),
  packages: path('/admin/packages'),
  package: path('/admin/packages/$subscriptionId'),
  deliveries: path('/admin/deliveries'),
  delivery: path('/admin/deliveries/$deliveryId'),
  nodes: path('/admin/nodes'),
  newNode: path('/admin/nodes/new'),
  node: path('/admin/nodes/$nodeId'),
  invoices: path('/admin/invoices'),
  invoice: path('/admin/invoices/$invoiceId'),
  payments: path('/admin/payments'),
  payment: path('/admin/payments/$paymentId'),
  gateways: path('/admin/gateways'),
  clients: path('/admin/clients'),
  client: path('/admin/clients/$clientId'),
  staff: path('/admin/staff'),
  security: path('/admin/security'),
  apiKeys: path('/admin/api-keys'),
};
