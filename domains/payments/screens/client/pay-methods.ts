import type { ApiClient } from '#web/api.ts';

/** The client's balance and the ways to pay that their shop has switched on. */
export type PayMethods = Awaited<ReturnType<ApiClient['payments']['methods']>>;
