import { path } from './path.ts';

/** Every address of every shell. Screens link through these, never through strings. */
export const storePaths = {
  home: path('/$locale'),
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
