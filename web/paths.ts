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
};

export const clientPaths = {
  home: path('/account'),
};

export const sellerPaths = {
  home: path('/seller'),
};

export const adminPaths = {
  home: path('/admin'),
};
