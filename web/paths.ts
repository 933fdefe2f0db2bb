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
  invoices: path('/account/invoices'),
  invoice: path('/account/invoices/$invoiceId'),
  profile: path('/account/profile'),
  security: path('/account/security'),
  apiKeys: path('/account/api-keys'),
};

export const sellerPaths = {
  home: path('/seller'),
};

export const adminPaths = {
  home: path('/admin'),
  invoices: path('/admin/invoices'),
  invoice: path('/admin/invoices/$invoiceId'),
  clients: path('/admin/clients'),
  client: path('/admin/clients/$clientId'),
  staff: path('/admin/staff'),
  security: path('/admin/security'),
  apiKeys: path('/admin/api-keys'),
};
