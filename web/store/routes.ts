import { storePaths } from '../paths.ts';
import type { StoreRoute } from './store-page.ts';

/** Every page of the store. A new page is one line here and its path in `web/paths.ts`. */
export const storeRoutes: readonly StoreRoute[] = [
  {
    path: storePaths.home,
    texts: ['catalog.store.common', 'catalog.store.home', 'catalog.store.plans.rackAlt'],
    page: () => import('#domains/catalog/screens/store/home-page.tsx').then((m) => m.homePage),
  },
  {
    path: storePaths.plans,
    texts: [],
    page: () => import('#domains/catalog/screens/store/product-page.tsx').then((m) => m.plansPage),
  },
  {
    path: storePaths.product,
    texts: ['catalog.store.common', 'catalog.store.plans'],
    page: () =>
      import('#domains/catalog/screens/store/product-page.tsx').then((m) => m.productPage),
  },
  {
    path: storePaths.faq,
    texts: ['catalog.store.faq'],
    page: () => import('#domains/catalog/screens/store/faq-page.tsx').then((m) => m.faqPage),
  },
  {
    path: storePaths.terms,
    texts: ['catalog.store.common', 'catalog.store.faq.items.refundExcept', 'catalog.store.terms'],
    page: () => import('#domains/catalog/screens/store/terms-page.tsx').then((m) => m.termsPage),
  },
  {
    path: storePaths.contact,
    texts: ['catalog.store.contact'],
    page: () =>
      import('#domains/catalog/screens/store/contact-page.tsx').then((m) => m.contactPage),
  },
  {
    path: storePaths.cart,
    texts: ['orders.cart', 'orders.quote', 'payments.pay', 'identity.door', 'refusals'],
    shared: false,
    page: () => import('#domains/orders/screens/store/cart-page.tsx').then((m) => m.cartPage),
  },
  {
    path: storePaths.signIn,
    texts: ['identity.door', 'refusals'],
    shared: false,
    page: () =>
      import('#domains/identity/screens/store/sign-in-page.tsx').then((m) => m.signInPage),
  },
  {
    path: storePaths.signUp,
    texts: ['identity.door', 'refusals'],
    shared: false,
    page: () =>
      import('#domains/identity/screens/store/sign-up-page.tsx').then((m) => m.signUpPage),
  },
  {
    path: storePaths.forgotPassword,
    texts: ['identity.door', 'refusals'],
    shared: false,
    page: () =>
      import('#domains/identity/screens/store/forgot-password-page.tsx').then(
        (m) => m.forgotPasswordPage,
      ),
  },
  {
    path: storePaths.resetPassword,
    texts: ['identity.door', 'refusals'],
    shared: false,
    page: () =>
      import('#domains/identity/screens/store/reset-password-page.tsx').then(
        (m) => m.resetPasswordPage,
      ),
  },
  {
    path: storePaths.verifyEmail,
    texts: ['identity.door', 'refusals'],
    shared: false,
    page: () =>
      import('#domains/identity/screens/store/verify-email-page.tsx').then(
        (m) => m.verifyEmailPage,
      ),
  },
];
